import type { RestartPolicy } from '../domain/definition/definition.js';

/** `always` is the engine's `unless-stopped`, so that the containers outlive Berth and come back with the engine. */
export const ENGINE_RESTART_POLICY: Readonly<Record<RestartPolicy, string>> = {
  always: 'unless-stopped',
  'on-failure': 'on-failure',
  no: 'no',
};
