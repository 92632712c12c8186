/** Behaviour of an engine that the simulation relies on, tested on the simulated engine and on a real one. */

import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsOf } from '../../src/domain/networks/network.js';
import type { ContainerDetail, CreateRequest, Engine, EngineEvent, EngineVersion } from '../../src/engine/engine.js';
import { createRequest } from '../../src/reconcile/loop/executor.js';
import { input } from '../unit/reconcile/builders.js';
import { definition, legacyNetwork } from './definition.js';

export interface EngineUnderTest {
  readonly engine: Engine;
  /** An image on the engine whose containers run on once they are started. */
  readonly image: string;
  /** Lets the engine's time pass until a call has ended. */
  settled<T>(call: Promise<T>): Promise<T>;
  close(): void;
}

const INSTANCE = 'contract';
const STOP_SECONDS = 1;

interface Wanted {
  /** The host port on which 80/tcp is published. */
  readonly port?: number;
  readonly network?: string;
  readonly address?: string;
  readonly links?: CreateRequest['links'];
}

/** Describes an engine by what the reconciler relies on. */
export function describeEngine(what: string, open: () => Promise<EngineUnderTest>): void {
  let under: EngineUnderTest;
  /** Distinguishes the names and addresses of one test from all others on a real engine. */
  let run: string;
  let made: string[];
  let networks: string[];
  let version: EngineVersion;
  beforeEach(async () => {
    under = await open();
    run = `contract-${randomInt(1e9)}`;
    made = [];
    networks = [];
    version = await call(({ connect }) => connect());
  });
  afterEach(async () => {
    for (const id of made) await call(({ stop }) => stop(id, STOP_SECONDS)).catch(() => undefined);
    for (const id of made) await call(({ remove }) => remove(id));
    for (const name of networks) await dropNetwork(name);
    under.close();
  });

  const call = <T>(ask: (engine: Engine) => Promise<T>): Promise<T> => under.settled(ask(under.engine));
  const nameOf = (short: string): string => `${run}-${short}`;

  async function create(short: string, { port, network = 'bridge', address, links = [] }: Wanted = {}) {
    const name = nameOf(short);
    const wanted = definition({ uid: `uid-${name}`, name, spec: { image: under.image, network } });
    const bindings = port === undefined ? [] : [{ hostPort: port, containerPort: 80, protocol: 'tcp' as const }];
    const request = {
      ...createRequest(input({ definition: wanted, runsOn: network }), [], INSTANCE),
      ...{ bindings, links, addresses: address === undefined ? [] : [address] },
    };
    const id = await call((engine) => engine.create(request));
    made.push(id);
    return id;
  }

  async function createNetwork() {
    const [name, prefix] = [nameOf('net'), `10.${randomInt(100, 200)}.${randomInt(256)}`];
    const subnets = [{ subnet: `${prefix}.0/24`, gateway: `${prefix}.1` }];
    await call((engine) => engine.createNetwork(settingsOf(legacyNetwork(name, { subnets })), INSTANCE));
    networks.push(name);
    return { name, address: `${prefix}.9` };
  }

  async function dropNetwork(name: string): Promise<void> {
    const network = await call((engine) => engine.inspectNetwork(name));
    if (network !== null) await call((engine) => engine.removeNetwork(network.id));
  }

  const start = (id: string): Promise<void> => call((engine) => engine.start(id));
  const stop = (id: string): Promise<void> => call((engine) => engine.stop(id, STOP_SECONDS));

  async function inspect(id: string): Promise<ContainerDetail> {
    const found = await call((engine) => engine.inspect(id));
    if (found === null) throw new Error(`${id} is not there`);
    return found;
  }

  const hostPorts = (bindings: ContainerDetail['bindings']): readonly number[] => [
    ...new Set(bindings.map(({ hostPort }) => hostPort)),
  ];

  describe(what, () => {
    it('knows a container by its owner, and starts it once', async () => {
      const id = await create('a');
      expect(await inspect(id)).toMatchObject({ state: 'created', startedAt: null, name: nameOf('a'), bindings: [] });
      const uid = `uid-${nameOf('a')}`;
      const listed = await call((engine) => engine.list({ kind: 'uid', uid }));
      expect(listed).toMatchObject([{ id, name: nameOf('a'), owner: { instance: INSTANCE, uid }, state: 'created' }]);
      await start(id);
      const { state, startedAt, error } = await inspect(id);
      expect({ state, error, hasStarted: startedAt !== null }).toEqual({
        state: 'running',
        error: '',
        hasStarted: true,
      });
      await start(id);
      expect((await inspect(id)).startedAt).toBe(startedAt);
      await call((engine) => engine.restart(id, STOP_SECONDS));
      expect((await inspect(id)).startedAt).not.toBe(startedAt);
    });

    it('gives a name to one container at a time', async () => {
      const id = await create('a');
      await expect(create('a')).rejects.toMatchObject({ kind: 'name-in-use' });
      await call((engine) => engine.rename(id, nameOf('b')));
      expect((await inspect(await create('a'))).name).toBe(nameOf('a'));
      await expect(call((engine) => engine.rename(id, nameOf('a')))).rejects.toMatchObject({ kind: 'name-in-use' });
    });

    it('gives a host port to one container at a time, from its start to its stop', async () => {
      const port = randomInt(20_000, 30_000);
      const [a, b] = [await create('a', { port }), await create('b', { port })];
      expect(hostPorts((await inspect(b)).published)).toEqual([port]);
      await start(a);
      expect(hostPorts((await inspect(a)).bindings)).toEqual([port]);
      await expect(start(b)).rejects.toMatchObject({ kind: 'port-in-use', port: { hostPort: port } });
      expect(await inspect(b)).toMatchObject({
        state: 'created',
        startedAt: null,
        error: expect.stringContaining(`${port}`),
      });
      await stop(a);
      expect(await inspect(a)).toMatchObject({ state: 'exited', bindings: [] });
      await start(b);
      expect(hostPorts((await inspect(b)).bindings)).toEqual([port]);
      await expect(start(a)).rejects.toMatchObject({ kind: 'port-in-use' });
    });

    it('gives a fixed address to one container at a time, from its start to its stop', async ({ skip }) => {
      skip(version.lacks.addresses !== undefined, version.lacks.addresses);
      const { name: network, address } = await createNetwork();
      const [a, b] = [await create('a', { network, address }), await create('b', { network, address })];
      await start(a);
      const endpoint = async (id: string) => (await inspect(id)).networks[network];
      expect(await endpoint(a)).toMatchObject({ ipAddress: address, fixedAddresses: [address] });
      await expect(start(b)).rejects.toMatchObject({ kind: 'address-in-use' });
      expect((await endpoint(b))?.ipAddress ?? '').toBe('');
      await stop(a);
      expect(await endpoint(a)).toMatchObject({ ipAddress: '', fixedAddresses: [address] });
      await start(b);
      expect(await endpoint(b)).toMatchObject({ ipAddress: address });
      await expect(start(a)).rejects.toMatchObject({ kind: 'address-in-use' });
    });

    it('starts a linked container only while its source runs, and writes its alias', async ({ skip }) => {
      skip(version.bridgeLinks !== 'kept', 'the engine has no links on the default bridge');
      const source = await create('source');
      const links = [{ sourceId: source, sourceName: nameOf('source'), alias: 'db' }];
      const recipient = await create('recipient', { links });
      expect((await inspect(recipient)).linkAliases).toEqual(['db']);
      await expect(start(recipient)).rejects.toMatchObject({ kind: 'link-source-not-running' });
      await start(source);
      await start(recipient);
      const [listed] = await call((engine) => engine.list({ kind: 'ids', ids: [source] }));
      expect(listed?.linkNames).toEqual([`${nameOf('recipient')}/db`]);
      const hosts = await call((engine) => engine.readFile(recipient, '/etc/hosts'));
      const { ipAddress = '?' } = (await inspect(source)).networks['bridge'] ?? {};
      const line = new TextDecoder()
        .decode(hosts ?? new Uint8Array())
        .split('\n')
        .find((one) => /\bdb\b/.test(one));
      expect(line).toMatch(new RegExp(`^${ipAddress}\\s`));
    });

    it('starts no container whose network is gone', async () => {
      const { name: network, address } = await createNetwork();
      const id = await create('a', { network, address });
      await dropNetwork(network);
      await expect(start(id)).rejects.toMatchObject({ kind: 'network-absent' });
    });

    it('knows nothing of a container that was removed', async () => {
      const id = await create('a');
      await call((engine) => engine.remove(id));
      expect(await call((engine) => engine.inspect(id))).toBeNull();
      await expect(start(id)).rejects.toMatchObject({ kind: 'not-found' });
      await call((engine) => engine.remove(id));
    });

    it('reports starts, signals and ends as events', async () => {
      const id = await create('a');
      const ended = new AbortController();
      const events = await call((engine) => engine.events(ended.signal));
      const seen: EngineEvent[] = [];
      const reading = (async () => {
        for await (const event of events) if (event.id === id) seen.push(event);
      })();
      await start(id);
      await stop(id);
      const actions = async () => {
        // Lets time pass on a simulated engine.
        await inspect(id);
        const actions = seen.map(({ action }) => action).filter((action) => ['start', 'kill', 'die'].includes(action));
        // A program that ignores the first signal gets another one.
        return [...new Set(actions)];
      };
      // The signal is known before the end that it causes.
      await expect.poll(actions).toEqual(['start', 'kill', 'die']);
      ended.abort();
      await under.settled(reading);
    });
  });
}
