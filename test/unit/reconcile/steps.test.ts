import { expect, it } from 'vitest';
import { createRunGuard } from '../../../src/reconcile/loop/run-guard.js';
import { createSteps, type Progress, type Steps } from '../../../src/reconcile/loop/steps/perform.js';
import type { Action } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input, source } from './builders.js';

const nothing = () => undefined;
const web = definition();
const db = source();

/** Has steps done on a recipient that runs, beside its source. @param parts what a test needs of it in another way */
async function perform(parts: object, steps: readonly Action[], lookedAt: number): Promise<void> {
  const options = {
    store: { byUid: () => web, reservationsOf: () => [], instance: () => 'i' },
    observed: { own: () => db, ownOf: () => [container({ linkAliases: ['db'] })] },
    ...{ sourceIds: () => [db.id], retryState: { updating: nothing, restarted: nothing }, disk: { written: nothing } },
    ...{
      pulls: { pulled: nothing, resolved: nothing },
      log: { info: nothing },
      record: nothing,
      note: nothing,
      watch: () => nothing,
    },
    ...parts,
  } as unknown as Parameters<typeof createSteps>[0];
  const context = {
    signal: new AbortController().signal,
    outside: async <T>(work: () => Promise<T>) => work(),
  } as Parameters<Steps['perform']>[2];
  const doing: Progress = {
    ...{ step: undefined, started: new Set(), definition: web, vanished: 0, lookedAt, removed: undefined },
  };
  await createSteps(options).perform(input({ definition: web }), steps, context, doing);
}

it('a pull watches whether its definition is served, and no longer than the pull lasts', async () => {
  const listeners = new Set<() => void>();
  const during: number[] = [];
  const watch = (_: string, listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const pull = async () => {
    during.push(listeners.size);
    return { digest: null };
  };
  const step: Action = { kind: 'pull-image', image: 'training/webapp', reason: 'it is not on the engine' };
  await perform({ watch, engine: { pull } }, [step], 0);
  expect({ during, after: listeners.size }).toEqual({ during: [1], after: 0 });
});

it.each([
  ['is not done after a restart of a source since its plan was made', true, 0],
  ['is done where no source was restarted since its plan was made', false, 1],
])('a restart of a recipient %s', async (_, isSourceRestarted, restarts) => {
  const guard = createRunGuard();
  const planned = guard.mark();
  if (isSourceRestarted) (await guard.enter('uid-db', []))();
  let done = 0;
  const restart = async () => void done++;
  const target = { kind: 'existing', id: 'c0ffee000000', name: 'web' } as const;
  const step: Action = { kind: 'restart', target, reason: 'it was requested' };
  await perform({ guard, engine: { restart } }, [step], planned);
  expect(done).toBe(restarts);
});
