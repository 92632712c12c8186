/** The examples of backups and restores. */

import { BINDINGS, PLAN } from '../containers/examples.js';

const T0 = '2026-01-16T07:43:50.112Z';
const T1 = '2026-01-16T07:43:51.006Z';

export const RESTORED = {
  takenAt: T0,
  instance: '0d4bb0b5-7f2b-4f0a-8f3f-0c9f0f2f7d11',
  restored: 12,
  replaced: 14,
  unreadable: [],
  dryRun: false,
} as const;

export const HOLD = {
  held: true,
  reason: 'restored',
  since: T1,
  takenAt: T0,
  plan: PLAN,
  strays: [
    {
      id: '1f0c2a7b9d3e1f0c2a7b9d3e1f0c2a7b9d3e1f0c2a7b9d3e1f0c2a7b9d3e1f0c',
      name: 'cache',
      uid: '3b1d7a54-94b7-4a64-8a0b-6e7f3f2a9c01',
      generation: 1,
      state: 'running',
      ports: BINDINGS,
    },
  ],
  later: [],
  unverified: [],
} as const;

export const RELEASED = { held: false, strays: [] } as const;
