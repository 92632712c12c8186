import { expect, it } from 'vitest';
import { plan } from '../../../src/reconcile/plan/plan.js';
import { definition } from '../../support/definition.js';
import { container, input, lines } from './builders.js';

const adopted = (over: object = {}) => container({ isAdopted: true, pids: 0, restartPolicy: 'always', ...over });
const changed = definition({ generation: 2 });

it.each([
  ['has no limit of processes and --restart always: it stays as it is', input({ own: [adopted()] }), []],
  ['says -1 for none: it stays as it is', input({ own: [adopted({ pids: -1 })] }), []],
  [
    'is limited otherwise from outside: put right',
    input({ own: [adopted({ pids: 9 })] }),
    ['update web (c0ffee000000)'],
  ],
  [
    'has another policy from outside: put right',
    input({ own: [adopted({ restartPolicy: 'no' })] }),
    ['update web (c0ffee000000)'],
  ],
  ['is changed: as every other', input({ definition: changed, own: [adopted()] }), ['update web (c0ffee000000)']],
  [
    'was not taken over: as every other',
    input({ own: [adopted({ isAdopted: false })] }),
    ['update web (c0ffee000000)'],
  ],
])('a container that was taken over %s', (_, given, expected) => {
  expect(lines(plan(given))).toEqual(expected);
});
