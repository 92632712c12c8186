/** A container that shares the network of another one: what is planned as that one restarts, is replaced, or is down. */

import { expect, it } from 'vitest';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { DependencyFinding } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input, lines } from './builders.js';

const SHORT = 'c0ffee000000';
const AT = { early: '2026-01-01T00:00:10.000Z', late: '2026-01-01T00:00:20.000Z' };
const owner = (over: object = {}) =>
  container({
    ...{ id: '0e0e0e000000', name: 'vpn', startedAt: AT.early },
    owner: { instance: 'i', uid: 'uid-vpn', name: 'vpn', generation: 1, hash: '1:vpn' },
    ...over,
  });
const sidecar = (over: object = {}) =>
  container({ networks: {}, networkOf: '0e0e0e000000', startedAt: AT.late, ...over });
const finding = (kind: DependencyFinding['state']['kind']): DependencyFinding => ({
  dependency: { container: 'vpn', condition: 'started', required: true },
  state: kind === 'met' ? { kind } : { kind, message: `waiting for vpn (${kind})` },
});

const given = (over: object = {}) =>
  input({
    definition: definition({ spec: { network: 'container:vpn' } }),
    ...{ networkOwner: owner(), dependencies: [finding('met')], own: [sidecar()] },
    ...over,
  });

it.each<[string, object, readonly string[]]>([
  ['it runs in the present network: leave it alone', {}, []],
  [
    'its owner was restarted: restart it, since its network ended with the earlier run',
    { networkOwner: owner({ startedAt: AT.late }), own: [sidecar({ startedAt: AT.early })] },
    [`restart web (${SHORT})`],
  ],
  [
    'a restart did not help: wait before the next one, and say so',
    { networkOwner: owner({ startedAt: AT.late }), own: [sidecar({ startedAt: AT.early })], isRepairDeferred: true },
    ['! Ready NetworkLost'],
  ],
  ['its owner is down: leave it, and start nothing', { networkOwner: null, dependencies: [finding('waiting')] }, []],
  [
    'both are down: wait for the owner',
    { networkOwner: null, dependencies: [finding('waiting')], own: [sidecar({ state: 'exited' })] },
    ['! Ready WaitingForDependency'],
  ],
  [
    'it is down, and its owner runs: start it',
    { own: [sidecar({ state: 'exited', exitCode: 137 })] },
    [`start web (${SHORT})`],
  ],
  [
    'its owner was replaced: replace it',
    { networkOwner: owner({ id: '0e1e1e000000' }) },
    [
      `stop web (${SHORT})`,
      `rename web (${SHORT}) → web.retired-${SHORT}`,
      'create web',
      'start web (new)',
      `remove web (${SHORT})`,
    ],
  ],
  [
    'its owner is being replaced: wait, and leave it',
    { networkOwner: owner({ id: '0e1e1e000000' }), dependencies: [finding('changing')] },
    ['! Ready WaitingForDependency'],
  ],
  [
    'its owner is gone, and it is down: make another one once there is an owner',
    { networkOwner: owner({ id: '0e1e1e000000' }), own: [sidecar({ state: 'exited' })] },
    [`rename web (${SHORT}) → web.retired-${SHORT}`, 'create web', 'start web (new)', `remove web (${SHORT})`],
  ],
  ['there is none yet: make it', { own: [] }, ['create web', 'start web (new)']],
])('%s', (_, over, expected) => {
  expect(lines(plan(given(over)))).toEqual(expected);
});
