/** An engine for many containers: it does at once what it is told. */

import { EventEmitter, on } from 'node:events';
import type { ContainerDetail, ContainerSummary, Engine, EngineEvent } from '../../src/engine/engine.js';
import { ENGINE_RESTART_POLICY } from '../../src/engine/restart-policy.js';

export interface StillEngine {
  readonly engine: Engine;
  /** Calls that changed something. */
  readonly changes: () => number;
  /** Lists of everything. */
  readonly relists: () => number;
  /** The container of this name, as from outside. */
  container(name: string): { kill(): void; runs(): boolean };
}

const unused = (): never => {
  throw new Error('nothing here needs this');
};

export function createStillEngine(): StillEngine {
  const containers = new Map<string, ContainerDetail>();
  const byUid = new Map<string, Set<string>>();
  let serial = 0;
  let changes = 0;
  let relists = 0;
  const told = new EventEmitter();

  const summary = ({ id, name, owner, state, health, bindings }: ContainerDetail): ContainerSummary => ({
    ...{ id, name, linkNames: [], owner, state, health, bindings },
    addresses: { bridge: '172.17.0.2' },
  });

  const summaries = (ids: Iterable<string>): readonly ContainerSummary[] =>
    [...ids].flatMap((id) => {
      const found = containers.get(id);
      return found === undefined ? [] : [summary(found)];
    });

  const change = (id: string, to: Partial<ContainerDetail>): void => {
    changes++;
    const found = containers.get(id);
    if (found !== undefined) containers.set(id, { ...found, ...to });
  };

  const engine: Engine = {
    address: 'unix:///still',
    connect: async () => ({
      kind: 'docker',
      version: '20.10.24',
      apiVersion: '1.41',
      linkEnvRules: 'classic',
      bridgeLinks: 'kept',
      lacks: {},
    }),
    async list(filter) {
      if (filter.kind === 'uid') return summaries(byUid.get(filter.uid) ?? []);
      if (filter.kind === 'ids') return summaries(filter.ids);
      relists++;
      return summaries(containers.keys());
    },
    inspect: async (id) => containers.get(id) ?? null,
    diskUsage: unused,
    inspectImage: async (reference) => ({ id: `sha256:${reference}`, env: [], exposed: [] }),
    async create({ name, image, env, owner, restartPolicy, restartMaxRetries = 0, resources }) {
      changes++;
      const id = `c${String(++serial).padStart(11, '0')}`;
      containers.set(id, {
        ...{ id, name, owner, state: 'created', health: 'none', error: '', exitCode: 0, startedAt: null },
        ...{ finishedAt: null, restartCount: 0, image, imageId: `sha256:${image}`, env, hostname: id, user: '' },
        ...{
          exposed: [],
          bindings: [],
          published: [],
          linkAliases: [],
          hostsLines: [],
          restartPolicy: ENGINE_RESTART_POLICY[restartPolicy],
          restartMaxRetries,
        },
        networks: { bridge: { networkId: 'n', ipAddress: '172.17.0.2', fixedAddresses: [], links: [] } },
        ...{
          memoryBytes: resources.memoryBytes ?? 0,
          nanoCpus: (resources.cpus ?? 0) * 1e9,
          pids: resources.pids ?? 0,
        },
      });
      byUid.set(owner.uid, new Set([...(byUid.get(owner.uid) ?? []), id]));
      return id;
    },
    start: async (id) => change(id, { state: 'running', startedAt: new Date().toISOString() }),
    stop: async (id) => change(id, { state: 'exited' }),
    restart: async (id) => change(id, { state: 'running' }),
    unpause: async (id) => change(id, { state: 'running' }),
    rename: async (id, name) => change(id, { name }),
    async remove(id) {
      changes++;
      containers.delete(id);
    },
    async events(signal) {
      const events = on(told, 'event', { close: ['end'] });
      signal.addEventListener('abort', () => told.emit('end'));
      return (async function* () {
        for await (const [event] of events) yield event as EngineEvent;
      })();
    },
    update: async (id, { resources, restartPolicy, restartMaxRetries = 0 }) =>
      change(id, {
        restartPolicy: ENGINE_RESTART_POLICY[restartPolicy],
        restartMaxRetries,
        memoryBytes: resources.memoryBytes ?? 0,
        nanoCpus: (resources.cpus ?? 0) * 1e9,
        pids: resources.pids ?? 0,
      }),
    ...{ pull: unused, inspectNetwork: unused, createNetwork: unused, removeNetwork: unused },
    ...{
      inspectVolumes: async (names) => new Map(names.map((name) => [name, { driver: 'local', driverOptions: {} }])),
      listNetworks: async () => [],
      containersOn: unused,
      connectTo: unused,
      disconnect: unused,
    },
    ...{ placeFiles: unused, inspectRaw: unused, derive: unused, readFile: unused, logs: unused, usage: unused },
    ...{ followUsage: unused, exec: unused, images: unused },
    ...{ probe: unused, probePorts: unused, tryRoom: unused, removeProbes: async () => undefined },
    close: () => undefined,
  };
  return {
    engine,
    changes: () => changes,
    relists: () => relists,
    container(name) {
      const [id] = [...containers.values()].flatMap((one) => (one.name === name ? [one.id] : []));
      if (id === undefined) throw new Error(`there is no ${name}`);
      return {
        kill() {
          containers.set(id, { ...(containers.get(id) as ContainerDetail), state: 'exited', exitCode: 137 });
          told.emit('event', { kind: 'container', action: 'die', id } satisfies EngineEvent);
        },
        runs: () => containers.get(id)?.state === 'running',
      };
    },
  };
}
