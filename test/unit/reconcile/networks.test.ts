import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { EngineError } from '../../../src/engine/errors.js';
import { createNetworks } from '../../../src/reconcile/loop/networks.js';

/** An engine that makes as many networks of a name as it is asked for at once, as engines do. */
function careless(first: readonly (readonly [string, string])[] = []) {
  const all = first.map(([name, instance], index) => ({ id: `${index}`, name, instance }));
  const calls: string[] = [];
  const later = () => new Promise((resolve) => setImmediate(resolve));
  const engine = {
    async inspectNetwork(name: string) {
      const found = all.find((network) => network.name === name) ?? null;
      await later();
      return found;
    },
    async createNetwork(name: string, instance: string) {
      calls.push(`create ${name}`);
      await later();
      if (name === 'impossible') throw new EngineError('invalid', 'no');
      all.push({ id: `${all.length}`, name, instance });
    },
    async removeNetwork(id: string) {
      calls.push(`remove ${id}`);
      await later();
      if (all.find((network) => network.id === id)?.name === 'busy')
        throw new EngineError('conflict', 'has active endpoints');
      all.splice(
        all.findIndex((network) => network.id === id),
        1,
      );
    },
  } as unknown as Engine;
  return { engine, all, calls, names: () => all.map(({ name }) => name).sort() };
}

describe('networks', () => {
  it('are made once, however many definitions want them at the same time', async () => {
    const { engine, names } = careless();
    const networks = createNetworks(engine, () => 'us');
    await Promise.all(['a', 'a', 'b', 'a', 'b'].map((name) => networks.make(name)));
    expect(names()).toEqual(['a', 'b']);
  });

  it('of one name do not wait for those of another, nor fail with them', async () => {
    const { engine, names } = careless();
    const networks = createNetworks(engine, () => 'us');
    const done = await Promise.allSettled(['impossible', 'a', 'impossible'].map((name) => networks.make(name)));
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    expect(names()).toEqual(['a']);
  });

  it('that are made, removed and made again are there in the end', async () => {
    const { engine, names, calls } = careless();
    const networks = createNetworks(engine, () => 'us');
    await Promise.all([networks.make('a'), networks.removeUnused('a'), networks.make('a')]);
    expect([names(), calls.length]).toEqual([['a'], 3]);
  });

  it('that somebody else has made meanwhile are not taken for ours, and never removed', async () => {
    const { engine, names } = careless([['a', 'them']]);
    const networks = createNetworks(engine, () => 'us');
    await expect(networks.make('a')).rejects.toThrow('was just created outside this Berth');
    await networks.removeUnused('a');
    await networks.removeUnused('nothing');
    expect(names()).toEqual(['a']);
  });

  it('that something is on are kept', async () => {
    const { engine, names } = careless([['busy', 'us']]);
    await createNetworks(engine, () => 'us').removeUnused('busy');
    expect(names()).toEqual(['busy']);
  });
});
