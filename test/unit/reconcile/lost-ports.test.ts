import { expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.js';
import { isLostPort } from '../../../src/reconcile/loop/lost-ports.js';
import { createObservedState, type OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { container } from './builders.js';

const START = { kind: 'start', target: { kind: 'new' }, reason: '' } as const;
const BOUND = [{ hostIp: '0.0.0.0', hostPort: 7001, containerPort: 80, protocol: 'tcp' }] as const;
const OTHERS = { instance: 'i', uid: 'uid-db', name: 'db', generation: 1, hash: '1:other' };

it.each<[string, boolean, Partial<OwnContainer>]>([
  ['is lost while the container that was stopped for the start still looks as if it had it', true, {}],
  ['is not lost while a container of another definition has it', false, { name: 'db', owner: OTHERS }],
])('a host port %s', (_, isLost, over) => {
  const observed = createObservedState(new Date(0));
  observed.putOwn(container({ bindings: BOUND, ...over }));
  const error = new EngineError('port-in-use', 'bind: address already in use', { port: { hostPort: 7001 } });
  expect(isLostPort({ uid: 'uid-web' }, START, error, observed)).toBe(isLost);
});
