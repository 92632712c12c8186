/** Linked definitions exchange ports, lose names and networks and have their sources restarted while server and engine are killed. */

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { demux } from '../../../src/engine/docker/transport/streams.js';
import type { ContainerView } from '../../../src/service/containers/views.js';
import { unique } from '../declaring.js';
import { killed, type Server, type Servers, send, view } from '../servers.js';
import { eventually } from '../support.js';
import type { OwnEngine } from './own-engine.js';

export interface LinkedOutcome {
  readonly cycles: number;
  readonly killedServers: number;
  readonly killedEngines: number;
  readonly acknowledged: number;
  readonly cut: number;
  /** What outsiders and clients did besides, by kind. */
  readonly restarts: number;
  readonly renames: number;
  readonly removedNetworks: number;
  /** Faults of the engine itself after a kill: it did not start with the networks that it had stored, or refused a free port. */
  readonly unreadableNetworks: number;
  readonly leakedPorts: number;
  /** Aliases compared with the source's address, in the `/etc/hosts` of a recipient that was ready. */
  readonly aliasesRead: number;
}

/** Definitions that are always written together. */
interface Group {
  readonly names: readonly string[];
  /** The network that they are on; null for the default bridge. */
  readonly network: string | null;
  readonly firstPort: number | null;
  /** The version that was acknowledged last, and those of writes that were cut. */
  known: number;
  readonly possible: Set<number>;
}

type Counts = { -readonly [K in keyof LinkedOutcome]: number };

/** The members of a group in one of its versions: each linked to the one before it, the ports a step further each time. */
const members = ({ names, network, firstPort }: Group, version: number): readonly object[] =>
  names.map((name, n) => ({
    ...{ name, image: 'training/webapp', stopTimeoutSeconds: 1, env: { VERSION: String(version) } },
    ...(network !== null && { network }),
    ...(firstPort !== null && { ports: [`${firstPort + ((n + version) % names.length)}:5000`] }),
    ...(n > 0 && { links: [{ container: names[n - 1], alias: 'other', env: 'none' }] }),
  }));

/** Writes one version after the other until it is told to stop. */
async function writer(group: Group, url: string, isOver: () => boolean, counts: Counts): Promise<void> {
  for (let version = Math.max(group.known, ...group.possible) + 1; !isOver(); version++) {
    group.possible.add(version);
    const answer = await send('POST', `${url}/v1/apply`, { containers: members(group, version) }).catch(
      () => undefined,
    );
    if (answer === undefined) {
      counts.cut++;
      return;
    }
    expect(answer.status, await answer.text()).toBe(200);
    group.known = version;
    group.possible.clear();
    counts.acknowledged++;
    await pause(300);
  }
}

/** Does what goes on beside the writes, one thing after the other. */
async function meddler(
  groups: readonly Group[],
  engine: OwnEngine,
  url: string,
  random: () => number,
  isOver: () => boolean,
  counts: Counts,
): Promise<void> {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  while (!isOver()) {
    const { names, network } = pick(groups);
    const [first = '', second = ''] = names;
    const kind = random();
    if (kind < 0.4) {
      const answer = await send('POST', `${url}/v1/containers/${first}/restart`).catch(() => undefined);
      if (answer !== undefined && answer.status < 300) counts.restarts++;
    } else if (kind < 0.7) {
      if (await isDone(swapNames(engine, first, second))) counts.renames++;
    } else if (network !== null && (await isDone(removeNetwork(engine, network)))) counts.removedNetworks++;
    await pause(random() * 400);
  }
}

/** True unless the engine refused, or was killed meanwhile. */
const isDone = (deed: Promise<void>): Promise<boolean> =>
  deed.then(
    () => true,
    () => false,
  );

async function swapNames({ docker }: OwnEngine, one: string, other: string): Promise<void> {
  await docker.getContainer(one).rename({ name: `${one}-aside` });
  await docker.getContainer(other).rename({ name: one });
  await docker.getContainer(`${one}-aside`).rename({ name: other });
}

async function removeNetwork({ docker }: OwnEngine, name: string): Promise<void> {
  const network = docker.getNetwork(name);
  const { Containers = {} } = (await network.inspect()) as { Containers?: Record<string, unknown> };
  for (const id of Object.keys(Containers)) await network.disconnect({ Container: id, Force: true });
  await network.remove();
}

/** What is stored of each group has to be one version, acknowledged or cut, whole. */
async function checkStored(groups: readonly Group[], server: Server): Promise<void> {
  for (const group of groups) {
    const stored = await Promise.all(group.names.map((name) => view(server, name)));
    const versions = new Set(stored.map(({ env }) => Number(env?.['VERSION'])));
    expect(versions.size, `${group.names} have ${[...versions]}`).toBe(1);
    const [version = Number.NaN] = versions;
    expect([group.known, ...group.possible], `${group.names}`).toContain(version);
    group.known = version;
    group.possible.clear();
  }
}

/** The address that a container's `/etc/hosts` has for the alias; undefined if there is no line. */
async function addressInHosts({ docker }: OwnEngine, id: string): Promise<string | undefined> {
  const exec = await docker.getContainer(id).exec({ Cmd: ['cat', '/etc/hosts'], AttachStdout: true });
  let text = '';
  for await (const frame of demux((await exec.start({ hijack: true, stdin: false })) as AsyncIterable<Buffer>)) {
    text += frame.data.toString();
  }
  const line = text.split('\n').find((one) => one.split(/\s+/).slice(1).includes('other'));
  return line?.split(/\s+/)[0];
}

const isSameRun = (one: ContainerView, other: ContainerView): boolean =>
  one.status.container?.id === other.status.container?.id &&
  one.status.container?.startedAt === other.status.container?.startedAt;

/**
 * Compares the `/etc/hosts` of a recipient with its source's address, where both were the same before and after.
 *
 * @returns false where one of them changed meanwhile
 */
async function checkAlias(engine: OwnEngine, server: Server, name: string, source: string): Promise<boolean> {
  const before = [await view(server, name), await view(server, source)] as const;
  const id = before[0].status.container?.id;
  if (id === undefined || !before.every(({ status }) => status.ready)) return false;
  const address = await addressInHosts(engine, id);
  const after = [await view(server, name), await view(server, source)] as const;
  const isSteady = after.every((one, n) => one.status.ready && isSameRun(one, before[n] as ContainerView));
  if (!isSteady) return false;
  expect(address, `${name} is ready: ${JSON.stringify(after)}`).toBe(after[1].status.container?.ipAddress);
  return true;
}

/** A line for each definition: its container and its condition Ready. */
async function readyOfAll(groups: readonly Group[], server: Server): Promise<string> {
  const views = await Promise.all(groups.flatMap(({ names }) => names).map((name) => view(server, name)));
  const lines = views.map(({ name, generation, status }) => {
    const ready = status.conditions.find(({ type }) => type === 'Ready');
    const container = `${status.container?.names[0]} ${status.container?.state}`;
    return `${name} generation ${generation}: ${container}; ${ready?.reason} ${ready?.message}`;
  });
  return `\n${lines.join('\n')}\n`;
}

/**
 * Starts an engine that was killed. One that was killed while it made a network may never start again with it (20.10: a
 * panic in libnetwork's `reservePools`).
 */
async function restart(engine: OwnEngine, counts: Counts): Promise<void> {
  try {
    await engine.start();
  } catch {
    engine.forgetNetworks();
    counts.unreadableNetworks++;
    await engine.start();
  }
}

/** Number of containers of the test's own that are refused a port before it counts as leaked: a start of Berth's takes less long. */
const LEAK_PROBES = 5;

const ALLOCATED = /Bind for \S+:(\d+) failed: port is already allocated/;

/** Returns true if the engine refuses a host port that no container has to a container of the test's own as well. */
async function isLeaked({ docker }: OwnEngine, port: string): Promise<boolean> {
  for (let probe = 0; probe < LEAK_PROBES; probe++) {
    const running = await docker.listContainers();
    if (running.some(({ Ports }) => Ports.some(({ PublicPort }) => String(PublicPort) === port))) return false;
    const container = await docker.createContainer({
      ...{ name: unique('probe'), Image: 'training/webapp' },
      HostConfig: { PortBindings: { '5000/tcp': [{ HostPort: port }] } },
    });
    const refusal = await container.start().then(
      () => '',
      (error: Error) => error.message,
    );
    await container.remove({ force: true });
    if (!ALLOCATED.test(refusal)) return false;
    await pause(500);
  }
  return true;
}

/**
 * Returns true if the engine refuses a definition a host port that no container has: one that was killed during a start may keep
 * the port of that start until it is started again (seen on 20.10).
 */
async function hasLeakedPort(engine: OwnEngine, groups: readonly Group[], server: Server): Promise<boolean> {
  const views = await Promise.all(groups.flatMap(({ names }) => names).map((name) => view(server, name)));
  const messages = views.flatMap(({ status }) => status.conditions.map(({ message }) => message));
  const refused = new Set(messages.flatMap((text) => ALLOCATED.exec(text)?.[1] ?? []));
  for (const port of refused) if (await isLeaked(engine, port)) return true;
  return false;
}

/** Time between two checks for leaked ports, in milliseconds: each holds a port for a moment, which Berth needs. */
const LEAK_CHECK_MS = 15_000;

/** The least time, in milliseconds, for converging: a leaked port takes a restart of the engine as well. */
const CONVERGENCE_MS = 300_000;

/** All are ready in their newest version, each in one container, and each recipient has its source's address. */
async function converge(
  groups: readonly Group[],
  engine: OwnEngine,
  servers: Servers,
  server: Server,
  counts: Counts,
): Promise<void> {
  let checkAt = performance.now() + LEAK_CHECK_MS;
  await eventually(async () => {
    if (performance.now() >= checkAt) {
      if (await hasLeakedPort(engine, groups, server)) {
        counts.leakedPorts++;
        await engine.kill();
        await restart(engine, counts);
      }
      checkAt = performance.now() + LEAK_CHECK_MS;
    }
    const expected: string[] = [];
    for (const { names } of groups) {
      for (const name of names) {
        const current = await view(server, name);
        expect(current.status.ready, await readyOfAll(groups, server)).toBe(true);
        expect(current.status.observedGeneration).toBe(current.generation);
        expected.push(`${name} ${current.uid}`);
      }
    }
    const filters = { label: [`io.berth.instance=${servers.instance}`] };
    const own = await engine.docker.listContainers({ all: true, filters });
    const nameOf = ({ Names }: { Names: string[] }) => Names.find((one) => !one.slice(1).includes('/'))?.slice(1);
    expect(own.map((one) => `${nameOf(one)} ${one.Labels['io.berth.uid']}`).sort()).toEqual(expected.sort());
  }, CONVERGENCE_MS);
  for (const { names, network } of groups) {
    if (network !== null) continue;
    for (const [n, name] of names.slice(1).entries()) {
      await eventually(async () => expect(await checkAlias(engine, server, name, names[n] as string)).toBe(true));
      counts.aliasesRead++;
    }
  }
}

/** Reads `/etc/hosts` in every recipient that is ready while everything goes on, as far as it stands still for a moment. */
async function reader(
  groups: readonly Group[],
  engine: OwnEngine,
  server: Server,
  isOver: () => boolean,
  counts: Counts,
): Promise<void> {
  const pairs = groups
    .filter(({ network }) => network === null)
    .flatMap(({ names }) => names.slice(1).map((name, n) => [name, names[n] as string] as const));
  for (let turn = 0; !isOver(); turn++) {
    const [name, source] = pairs[turn % pairs.length] as readonly [string, string];
    const isRead = await checkAlias(engine, server, name, source).catch((error: unknown) => {
      // Whatever was asked died meanwhile, or the container did.
      if (error instanceof Error && error.name === 'AssertionError') throw error;
      return false;
    });
    if (isRead) counts.aliasesRead++;
    await pause(50);
  }
}

/** The processes that a cycle kills, in turn. */
const VICTIMS = [['server'], ['engine'], ['server', 'engine'], ['server']] as const;

/** Kills so many times; after every second kill all have to be as they are wanted, and after the others it goes on at once. */
export async function linkedKills(
  servers: Servers,
  engine: OwnEngine,
  { cycles, random }: { readonly cycles: number; readonly random: () => number },
): Promise<LinkedOutcome> {
  const counts: Counts = {
    ...{ cycles: 0, killedServers: 0, killedEngines: 0, acknowledged: 0, cut: 0 },
    ...{ restarts: 0, renames: 0, removedNetworks: 0, unreadableNetworks: 0, leakedPorts: 0, aliasesRead: 0 },
  };
  const group = (names: readonly string[], firstPort: number | null, network: string | null = null): Group => ({
    ...{ names: names.map(unique), firstPort, network, known: 0, possible: new Set() },
  });
  const groups = [
    group(['src', 'rec'], 23_000),
    group(['first', 'second', 'third'], 23_100),
    group(['db', 'web'], null),
    group(['lan-db', 'lan-web'], 23_200, unique('lan')),
  ];
  const options = { engine: engine.host };
  let server = await servers.start(options);
  for (const one of groups) {
    const made = await send('POST', `${server.url}/v1/apply`, { containers: members(one, 0) });
    expect(made.status, await made.text()).toBe(200);
  }
  await converge(groups, engine, servers, server, counts);
  for (let cycle = 0; cycle < cycles; cycle++) {
    let isOver = false;
    const over = () => isOver;
    const going = [
      ...groups.map((one) => writer(one, server.url, over, counts)),
      meddler(groups, engine, server.url, random, over, counts),
      reader(groups, engine, server, over, counts),
    ];
    const before = counts.acknowledged;
    await pause(500 + random() * 3_000);
    // A busy machine has answered little by then: a kill before there is anything to lose shows nothing.
    await eventually(() => expect(counts.acknowledged - before).toBeGreaterThanOrEqual(groups.length));
    const victims: readonly string[] = VICTIMS[cycle % VICTIMS.length] ?? [];
    isOver = true;
    await Promise.all([
      victims.includes('server') && killed(server.child).then(() => counts.killedServers++),
      victims.includes('engine') && engine.kill().then(() => counts.killedEngines++),
    ]);
    await Promise.all(going);
    if (victims.includes('server')) server = await servers.start(options);
    await checkStored(groups, server);
    if (victims.includes('engine')) await restart(engine, counts);
    if (cycle % 2 === 1 || cycle === cycles - 1) await converge(groups, engine, servers, server, counts);
    counts.cycles++;
  }
  return counts;
}
