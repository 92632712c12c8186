import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.js';
import { createRetryState } from '../../../src/reconcile/loop/retry-state.js';
import { createObservedState } from '../../../src/reconcile/observe/observed-state.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { FurtherNetwork, PlanInput } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input } from './builders.js';

const BACK: FurtherNetwork = { name: 'back', aliases: [], addresses: [], state: 'present' };
const onFront = { front: { networkId: 'n1', ipAddress: '10.1.0.2', fixedAddresses: [], links: [] } };
const old = container({ networks: onFront, hash: '1:old' });
const retired = { ...old, id: '01d000000000', name: 'web.retired-01d000000000', state: 'exited' } as const;

const judged = (over: Partial<PlanInput>) => {
  const given = input({ definition: definition({ spec: { network: 'front' } }), further: [BACK], ...over });
  const connect = plan(given).actions.find(({ kind }) => kind === 'connect');
  if (connect === undefined) throw new Error('the plan connects nothing');
  const retries = createRetryState(createObservedState(new Date(0)), { monotonic: () => 0 });
  return retries.judgeStep(given, connect, new EngineError('invalid', 'no')).kind;
};

describe('a container that can’t be connected to one of its networks', () => {
  it.each([
    ['is new: the replacement is abandoned', { own: [old], lacks: { severalEndpoints: 'one network' } }, 'abandon'],
    [
      'was never started: the replacement is abandoned',
      { own: [retired, container({ networks: onFront, state: 'created', startedAt: null })] },
      'abandon',
    ],
    ['runs: it goes on', { own: [retired, container({ networks: onFront })] }, 'go-on'],
    ['is the first one: there is nothing to go back to', { lacks: { severalEndpoints: 'one network' } }, 'go-on'],
  ] as const)('%s', (_, over, verdict) => {
    expect(judged(over)).toBe(verdict);
  });
});
