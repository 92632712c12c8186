import { expect, it, onTestFinished } from 'vitest';
import { createApply } from '../../../src/service/apply.js';
import type { Commit } from '../../../src/service/core/commit.js';
import { openStore } from '../../../src/store/store.js';
import type { StoreTransaction } from '../../../src/store/types.js';
import { optionsFor, tempDir } from '../store/support.js';

/** Applies definitions on a real store. @returns how often each reserved host ports, and which it has */
async function reservations(containers: readonly { readonly name: string; readonly ports: readonly string[] }[]) {
  const store = await openStore(optionsFor(tempDir()));
  onTestFinished(() => store.close());
  const calls: string[] = [];
  const commit = (async (_, work) => {
    const changes = await store.transact((tx) => {
      const counted: StoreTransaction = {
        ...tx,
        reserve(definition, options) {
          calls.push(definition.name);
          return tx.reserve(definition, options);
        },
      };
      return work(counted);
    });
    return { kind: 'committed', changes, outcome: undefined };
  }) as Commit;
  const settled = { afterDeletion: async () => 0 };
  const apply = createApply({ commit, settled, presenter: {}, planning: {}, kept: {} } as never);
  await apply.apply({ containers: containers.map((one) => ({ ...one, image: 'webapp' })) }, {
    waitSeconds: 0,
  } as never);
  const portsOf = (name: string) => store.reservationsOf(store.byName(name)?.uid ?? '').map(({ hostPort }) => hostPort);
  return { calls, ports: Object.fromEntries(containers.map(({ name }) => [name, portsOf(name)])) };
}

it('a definition that names all its host ports reserves them once', async () => {
  const { calls, ports } = await reservations([{ name: 'wide', ports: ['8000-8003:1-4'] }]);
  expect(calls).toEqual(['wide']);
  expect(ports).toEqual({ wide: [8000, 8001, 8002, 8003] });
});

it('host ports are picked once all are claimed that the definitions name', async () => {
  const picked = { name: 'picked', ports: ['7000-7001:80'] };
  const { calls, ports } = await reservations([picked, { name: 'fixed', ports: ['7000:80'] }]);
  expect(calls).toEqual(['picked', 'fixed', 'picked']);
  expect(ports).toEqual({ picked: [7001], fixed: [7000] });
});
