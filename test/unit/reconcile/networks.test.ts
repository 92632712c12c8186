import { describe, expect, it } from 'vitest';
import type { Network, NetworkSettings } from '../../../src/domain/networks/network.js';
import type { Engine } from '../../../src/engine/engine.js';
import { EngineError } from '../../../src/engine/errors.js';
import { createNetworks } from '../../../src/reconcile/loop/networks/networks.js';

/** An engine that makes as many networks of a name as it is asked for at once, as engines do. */
function careless(first: readonly (readonly [string, string])[] = []) {
  const made = (id: number, name: string, instance: string, settings?: NetworkSettings) => ({
    ...{ id: `${id}`, name, instance, hash: settings?.hash ?? null, subnets: settings?.subnets ?? [] },
  });
  const all = first.map(([name, instance], index) => made(index, name, instance));
  const calls: string[] = [];
  const attached: { readonly id: string; readonly name: string }[] = [];
  const overlapping = new Set<string>();
  const later = () => new Promise((resolve) => setImmediate(resolve));
  const engine = {
    async inspectNetwork(name: string) {
      const found = all.find((network) => network.name === name) ?? null;
      await later();
      return found;
    },
    listNetworks: async () => all,
    containersOn: async () => attached,
    async disconnect(_: string, id: string) {
      calls.push(`disconnect ${id}`);
    },
    async createNetwork(settings: NetworkSettings, instance: string) {
      const { name, subnets } = settings;
      calls.push(`create ${name}`);
      await later();
      if (name === 'impossible') throw new EngineError('invalid', 'no');
      if (subnets.some(({ subnet }) => overlapping.has(subnet))) throw new EngineError('subnet-overlaps', 'overlap');
      all.push(made(all.length, name, instance, settings));
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
  return { engine, all, calls, attached, overlapping, names: () => all.map(({ name }) => name).sort() };
}

const network = (over: Partial<Network> = {}): Network => ({
  ...{ name: 'a', host: 'local', uid: 'n-a', generation: 1, spec: {}, isDeclared: true, confirmed: false },
  subnets: [{ subnet: '10.208.0.0/21', gateway: '10.208.0.1' }],
  ...{ createdAt: new Date(0), updatedAt: new Date(0), deletionRequestedAt: null },
  ...over,
});

/** The work on networks, of which one is stored. */
function networksOf(engine: Engine, stored?: Network) {
  let now = stored;
  const store = {
    instance: () => 'us',
    network: (name: string) => (now?.name === name ? now : undefined),
    async confirmNetwork() {
      if (now !== undefined) now = { ...now, confirmed: true };
    },
    async moveNetwork() {
      if (now === undefined || now.confirmed) return null;
      now = { ...now, subnets: [{ subnet: '10.208.8.0/21', gateway: '10.208.8.1' }] };
      return now;
    },
  };
  const isOwn = (id: string): boolean => id.startsWith('own');
  return { ...createNetworks({ engine, store, lacks: () => ({}), isOwn }), stored: () => now };
}

describe('networks', () => {
  it('are made once, however many definitions want them at the same time', async () => {
    const { engine, names } = careless();
    const networks = networksOf(engine);
    await Promise.all(['a', 'a', 'b', 'a', 'b'].map((name) => networks.make(name)));
    expect(names()).toEqual(['a', 'b']);
  });

  it('of one name do not wait for those of another, nor fail with them', async () => {
    const { engine, names } = careless();
    const networks = networksOf(engine);
    const done = await Promise.allSettled(['impossible', 'a', 'impossible'].map((name) => networks.make(name)));
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    expect(names()).toEqual(['a']);
  });

  it('that are made, removed and made again are there in the end', async () => {
    const { engine, names, calls } = careless();
    const networks = networksOf(engine);
    await Promise.all([networks.make('a'), networks.removeUnused('a'), networks.make('a')]);
    expect([names(), calls.length]).toEqual([['a'], 3]);
  });

  it('that somebody else has made meanwhile are not taken for ours, and never removed', async () => {
    const { engine, names } = careless([['a', 'them']]);
    const networks = networksOf(engine);
    await expect(networks.make('a')).rejects.toThrow('is not managed by this Berth');
    await networks.removeUnused('a');
    await networks.removeUnused('nothing');
    expect(names()).toEqual(['a']);
  });

  it('take the next subnet if the engine has one that overlaps, and keep it once the engine has had it', async () => {
    const { engine, all, overlapping } = careless();
    overlapping.add('10.208.0.0/21');
    const networks = networksOf(engine, network());
    expect(await networks.make('a')).toBe('created');
    expect([all[0]?.subnets[0]?.subnet, networks.stored()?.confirmed]).toEqual(['10.208.8.0/21', true]);
    all.length = 0;
    overlapping.add('10.208.8.0/21');
    await expect(networks.make('a')).rejects.toMatchObject({ kind: 'subnet-overlaps' });
  });

  it('whose settings have changed are recreated without their containers, unless a stranger is attached', async () => {
    const { engine, all, attached, calls } = careless([['a', 'us']]);
    attached.push({ id: 'own1', name: 'web' }, { id: 'other', name: 'stranger' });
    const networks = networksOf(engine, network());
    await expect(networks.make('a')).rejects.toThrow('stranger');
    expect(calls).toEqual([]);
    attached.pop();
    expect(await networks.make('a')).toBe('recreated');
    expect(calls).toEqual(['disconnect own1', 'remove 0', 'create a']);
    expect([all.length, await networks.make('a')]).toEqual([1, 'none']);
  });

  it('that something is on are kept', async () => {
    const { engine, names } = careless([['busy', 'us']]);
    await networksOf(engine).removeUnused('busy');
    expect(names()).toEqual(['busy']);
  });
});
