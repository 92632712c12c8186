/** One run of a script: what the clients were told is compared with what is there, after every step and at the end. */

import type { Definition } from '../../src/domain/definition/definition.js';
import { specHash } from '../../src/domain/definition/hash.js';
import { collide } from '../../src/domain/ports/conflicts.js';
import { Problem } from '../../src/domain/problems/problem.js';
import { canonicalJson } from '../../src/lib/canonical-json.js';
import type { ContainerView } from '../../src/service/containers/views.js';
import type { Backups } from '../../src/store/backup/backups.js';
import { HOLD } from '../../src/store/state/settings.js';
import { createDisk, type DiskState } from './disk.js';
import { createSimEngine, IMAGES, LATEST_EFFECT_MS, type SimContainer } from './engine.js';
import { BRIEF_MS, type Incident, isQuiet, lineOf, NAMES, type RestoreManner, SCRIPT_MS } from './script.js';
import { INSTANCE, type Mutation, openServer, RELIST_MS, type Server } from './server.js';
import { createLife, createWorld, type Life } from './world.js';

/** An invariant that does not hold. */
export interface Violation {
  /** By the letters of docs/faults.md. */
  readonly invariant: string;
  readonly message: string;
  readonly at: number;
}

export interface RunResult {
  readonly violation: Violation | undefined;
  /** What happened, in order: the same seed gives the same lines. */
  readonly trace: readonly string[];
}

/** When everything has to be as it is wanted, after the last fault. */
const CONVERGED_MS = SCRIPT_MS + LATEST_EFFECT_MS + 35_000;

/** How long nothing may be written then. */
const IDLE_MS = 40_000;

/** More containers than this for one generation of one definition are a loop. */
const MOST_CREATIONS = 25;

/** More starts of one container than this, by one life of the server, are a loop. */
const MOST_STARTS = 30;

/** More calls than this within 10 s, questions included, are a spin: while things happen, and once everything has come to rest. */
const MOST_CALLS = { atWork: 1_500, atRest: 300 } as const;

/** Time that the engine is not looked at as a whole where that is rare, in milliseconds. */
const RARELY_MS = 3_600_000;

/** Why a definition waits for others of this server. */
const WAITS: readonly string[] = ['SourceNotRunning', 'SourceChanging', 'HostPortChanging', 'NameChanging'];

/** Those whose containers run on once they are started. */
const GOOD_IMAGES: readonly string[] = ['good', 'other', 'healthy', 'remote'];

const isUp = ({ state }: SimContainer): boolean => state === 'running' || state === 'paused' || state === 'restarting';

class Violated extends Error {
  readonly invariant: string;
  constructor(invariant: string, message: string) {
    super(message);
    this.invariant = invariant;
  }
}

/** What a client was told of a definition: as it is stored, or that it is being removed. */
type Told = { readonly uid: string; readonly generation: number; readonly spec: string } | 'deleted';

function declaredPart(view: ContainerView): string {
  const { name, uid, generation, createdAt, updatedAt, deletionRequestedAt, set, status, plan, ...spec } = view;
  return canonicalJson(spec);
}

/** The host ports that connections take for a moment, and nothing else for longer. */
function portsLostBriefly(script: readonly Incident[]): ReadonlySet<number> {
  const isTaken = (port: number) =>
    script.some(
      (one) =>
        one.kind === 'steal' ||
        ((one.kind === 'hold' || one.kind === 'foreign') && one.port === port) ||
        (one.kind === 'lose-port' && one.port === port && one.forMs > BRIEF_MS),
    );
  const lost = script.flatMap((one) => (one.kind === 'lose-port' ? [one.port] : []));
  return new Set(lost.filter((port) => !isTaken(port)));
}

export async function run(seed: number, script: readonly Incident[], mutation: Mutation = {}): Promise<RunResult> {
  const world = createWorld(seed);
  const trace: string[] = [];
  let violation: Violation | undefined;
  let server: Server | undefined;
  let life: Life | undefined;
  let uids = 0;
  let lastTrouble = 0;
  const told = new Map<string, Told>();
  const underWay = new Set<string>();
  const creations = new Map<string, number>();

  const note = (text: string): void => {
    trace.push(`${String(Math.round(world.now)).padStart(6)} ms  ${text}`);
  };
  const check = (holds: () => void): void => {
    if (violation !== undefined) return;
    try {
      holds();
    } catch (error) {
      if (!(error instanceof Violated)) throw error;
      violation = { invariant: error.invariant, message: error.message, at: world.now };
      note(`VIOLATED ${error.invariant}: ${error.message}`);
    }
  };

  const disk = createDisk(world, (before, after, isRestore) => {
    if (isRestore) begunAnew();
    check(() => checkRows(before, after));
    check(() => (isRestore ? checkClaims(after) : checkCommit(before, after)));
  });
  const engine = createSimEngine(
    world,
    () => INSTANCE,
    (container, operation) => {
      note(`engine: ${operation} ${container.name} (${container.id})`);
      check(() => {
        if (container.owner?.instance !== INSTANCE) {
          throw new Violated('C', `${operation} of ${container.name}, which is not ours`);
        }
        const begun = (starts.get(container.id) ?? 0) + Number(operation === 'start');
        starts.set(container.id, begun);
        const uid = container.owner?.uid ?? '';
        // A restart that brings back an alias is no second start for the same change.
        if (operation === 'restart' && lacksAlias(container)) startedFor.delete(uid);
        // Nor is the start of what a client had stopped.
        if (operation === 'stop' && disk.state.definitions.get(uid)?.spec.state === 'stopped') startedFor.delete(uid);
        if (begun > MOST_STARTS) throw new Violated('loop', `${container.name} is started over and over`);
      });
    },
    (operation, container) => check(() => checkAsked(operation, container)),
    (recipient, source) =>
      check(() => {
        throw new Violated('apart', `${recipient.name} is being started while ${source.name} is started or stopped`);
      }),
  );
  /** Rises with every restore: who was told something before then may have been told of what is no more. */
  let restores = 0;
  const copies = new Map<Incident, string>();
  /** What a person wants done with containers without a definition, once they may release. */
  let mayRelease: RestoreManner['strays'] | undefined;
  const known = new Set<string>();
  /** Of these a container has run, and no outsider has removed one since. */
  const served = new Set<string>();
  const starts = new Map<string, number>();
  /** The last start of each container by the server, and for which wish and sources each recipient has been started. */
  const startedAt = new Map<string, string | null>();
  const startedFor = new Map<string, string>();
  /** Containers that an outsider is restarting: that start is not Berth's. */
  const bounced = new Set<string>();
  const isAllQuiet = isQuiet(script);
  /** Ports that nothing but a container and a short connection has in this script. */
  const brieflyLost = portsLostBriefly(script);
  let rareRelists = false;
  let calls = { since: 0, before: 0 };

  const definitionsNow = (): readonly Definition[] => [...disk.state.definitions.values()];
  const reservationsNow = (uid: string) => disk.state.reservations.get(uid) ?? [];
  const isHeld = (): boolean =>
    disk.state.settings.has(HOLD) || definitionsNow().some(({ uid, generation }) => latestOf(uid) > generation);
  const latestOf = (uid: string): number => Math.max(0, ...ownOf(uid).map(({ owner }) => owner?.generation ?? 0));
  const ownOf = (uid: string): readonly SimContainer[] =>
    [...engine.containers.values()].filter(({ owner }) => owner?.instance === INSTANCE && owner.uid === uid);

  /** What a database would refuse. */
  function checkRows(before: DiskState, { definitions, reservations, events }: DiskState): void {
    const all = [...definitions.values()];
    for (const what of ['name', 'seq'] as const) {
      const isOnce = new Set(all.map((one) => one[what])).size === all.length;
      if (!isOnce) throw new Violated('rows', `two definitions have one ${what}`);
    }
    const last = before.events.at(-1)?.id ?? 0;
    const added = events.slice(events.findIndex(({ id }) => id === last) + 1).map(({ id }) => id);
    const isRising = added.every((id, index) => id > (added[index - 1] ?? last));
    if (!isRising) throw new Violated('rows', `events have the numbers ${added} after ${last}`);
    const homeless = [...reservations].find(([uid, claims]) => claims.length > 0 && !definitions.has(uid));
    if (homeless !== undefined) throw new Violated('rows', `host ports are of no definition (${homeless[0]})`);
  }

  /** Nothing is asked for that a person has not let happen. */
  function checkAsked(operation: string, container: SimContainer | undefined): void {
    const what = `${operation} ${container?.name ?? ''}`;
    if (disk.state.settings.has(HOLD)) throw new Violated('held', `${what}, though all is held after a restore`);
    if (container?.owner?.instance !== INSTANCE) return;
    const { uid, generation: made } = container.owner;
    const definition = disk.state.definitions.get(uid);
    if (definition === undefined && !disk.removed.has(uid)) {
      throw new Violated('kept', `${what}, which no definition knows, and nobody wanted removed`);
    }
    if (definition === undefined || made <= definition.generation) return;
    throw new Violated('held', `${what}, made from generation ${made}, for generation ${definition.generation}`);
  }

  function checkClaims({ reservations }: DiskState): void {
    const claims = [...reservations.values()].flat();
    for (const [index, claim] of claims.entries()) {
      const other = claims.slice(index + 1).find((one) => one.uid !== claim.uid && collide(one, claim));
      if (other !== undefined) throw new Violated('H', `${claim.hostPort} has two owners: ${claim.uid}, ${other.uid}`);
    }
  }

  function checkCommit(before: DiskState, after: DiskState): void {
    checkClaims(after);
    for (const [uid, held] of before.reservations) {
      for (const claim of held.filter(({ origin, confirmed }) => origin !== 'fixed' && confirmed)) {
        const next = after.reservations
          .get(uid)
          ?.find((one) => one.containerPort === claim.containerPort && one.origin === claim.origin);
        if (next !== undefined && next.hostPort !== claim.hostPort) {
          throw new Violated('H', `the port of ${uid} changed by itself from ${claim.hostPort} to ${next.hostPort}`);
        }
      }
    }
    for (const [uid, { name }] of before.definitions) {
      // One that was made this moment may be the late doing of a call that was given up.
      const left = after.definitions.has(uid)
        ? []
        : ownOf(uid).filter(({ madeAt }) => world.now - madeAt > LATEST_EFFECT_MS);
      if (left.length > 0) throw new Violated('gone', `${name} was forgotten while its container was there`);
    }
    checkAcknowledged(definitionsNow());
  }

  /** @param all as they are on the disk, or as the server has read them */
  function checkAcknowledged(all: readonly Definition[]): void {
    for (const [name, last] of told) {
      if (underWay.has(name)) continue;
      const stored = all.find((definition) => definition.name === name);
      if (last === 'deleted') {
        if (stored !== undefined && stored.deletionRequestedAt === null) {
          throw new Violated('A', `${name} is there, though its removal was acknowledged`);
        }
        continue;
      }
      // A release lifts the generation above that of the container, and leaves the spec.
      const isGeneration =
        stored?.generation === last.generation || (restores > 0 && (stored?.generation ?? 0) > last.generation);
      const isThere = stored?.uid === last.uid && isGeneration && canonicalJson(stored.spec) === last.spec;
      if (!isThere)
        throw new Violated('A', `${name} generation ${last.generation} was acknowledged, and is not stored`);
    }
  }

  /** Nothing is asked over and over: in a long while, since what is written at once is also done at once. */
  function checkCalls(): void {
    if (world.now - calls.since > 10_000) calls = { since: world.now, before: engine.calls };
    const count = engine.calls - calls.before;
    if (count > (calls.since > CONVERGED_MS ? MOST_CALLS.atRest : MOST_CALLS.atWork))
      throw new Violated('calls', `the engine was asked ${count} times within 10 s`);
  }

  /** Where nothing fails, a recipient is started once for what it is and what its sources are. */
  function checkStarts(container: SimContainer): void {
    const before = startedAt.get(container.id);
    if (before === container.startedAt) return;
    startedAt.set(container.id, container.startedAt);
    if (bounced.delete(container.id)) return;
    const definition = disk.state.definitions.get(container.owner?.uid ?? '');
    if (container.startedAt === null || definition === undefined || container.restartCount > 0) return;
    const { uid, name, restartOf, spec } = definition;
    if (spec.links.length === 0 || !GOOD_IMAGES.includes(spec.image)) return;
    const sources = spec.links.map((link) => engine.outside.find(link.container));
    // What it was made for: meanwhile the definition may be another.
    const cause = JSON.stringify([
      container.owner?.generation,
      restartOf,
      sources.map((one) => [one?.id, one?.startedAt]),
    ]);
    if (startedFor.get(uid) === cause) throw new Violated('once', `${name} is started twice for one change: ${cause}`);
    startedFor.set(uid, cause);
  }

  /** What a connection had for a moment is no reason to go back to what served before. */
  function checkLostPorts(): void {
    if (brieflyLost.size === 0 || isHeld() || world.now - lastTrouble < LATEST_EFFECT_MS) return;
    for (const { name, spec } of definitionsNow()) {
      const ports = spec.ports.flatMap(({ hostPort }) => (typeof hostPort === 'number' ? [hostPort] : []));
      if (!ports.some((port) => brieflyLost.has(port))) continue;
      const definition = server?.store.byName(name);
      const says = definition === undefined ? undefined : conditionOf(definition, 'Ready');
      const port = /:(\d+) failed: address .*in use/.exec(says?.message ?? '')?.[1];
      if (says?.reason !== 'RolledBack' || port === undefined || !brieflyLost.has(Number(port))) continue;
      throw new Violated('lost-port', `${name} was rolled back for a port that was lost for a moment: ${says.message}`);
    }
  }

  function checkStep(): void {
    checkCalls();
    checkAliases();
    checkLostPorts();
    for (const container of engine.containers.values()) {
      if (container.owner?.instance === INSTANCE && isUp(container)) served.add(container.owner.uid);
      if (isAllQuiet && container.owner?.instance === INSTANCE) checkStarts(container);
      if (known.has(container.id) || container.owner?.instance !== INSTANCE) continue;
      known.add(container.id);
      note(`engine: create ${container.name} (${container.id}), generation ${container.owner.generation}`);
      const key = `${container.owner.uid} generation ${container.owner.generation}`;
      creations.set(key, (creations.get(key) ?? 0) + 1);
      if ((creations.get(key) ?? 0) > MOST_CREATIONS) throw new Violated('loop', `${key} is made over and over`);
    }
    if (world.now - lastTrouble < LATEST_EFFECT_MS || isHeld()) return;
    for (const { uid, name } of definitionsNow()) {
      const up = ownOf(uid).filter(isUp);
      if (up.length > 1) throw new Violated('B', `${up.length} containers of ${name} run at once`);
    }
  }

  /** True if nothing that is not Berth's keeps a definition from running. */
  function canRun(definition: Definition, seen: ReadonlySet<string> = new Set()): boolean {
    const { name, uid, spec } = definition;
    if (definition.deletionRequestedAt !== null || spec.state === 'stopped' || seen.has(uid)) return false;
    if (!GOOD_IMAGES.includes(spec.image)) return false;
    if (spec.image === 'remote' && conditionOf(definition, 'ImageAvailable')?.reason === 'PullFailed') return false;
    // Tried again later each time, since each try interrupts what serves: a limit of D that docs/faults.md names.
    const says = conditionOf(definition, 'Ready');
    if (says?.reason === 'RolledBack' && /Bind for .* failed/.test(says.message)) return false;
    if (isByAnother(engine.outside.find(name))) return false;
    const ownContainers = ownOf(uid);
    if (spec.restartPolicy !== 'always' && ownContainers.some(({ state }) => state === 'exited')) return false;
    const isHeld = reservationsNow(uid).some(
      (claim) =>
        engine.outside.isHeld(claim.hostPort) ||
        [...engine.containers.values()].some(
          (other) =>
            other.owner?.uid !== uid &&
            isUp(other) &&
            other.request.bindings.some((one) => one.hostPort === claim.hostPort),
        ),
    );
    if (isHeld) return false;
    return spec.links.every((link) => {
      const source = definitionsNow().find((one) => one.name === link.container);
      return source !== undefined && canRun(source, new Set(seen).add(uid));
    });
  }

  /** True if a container is no definition's, so that nothing moves it. */
  const isByAnother = (container: SimContainer | undefined): boolean =>
    container !== undefined &&
    (container.owner?.instance !== INSTANCE || !disk.state.definitions.has(container.owner.uid));

  const conditionOf = (definition: Definition, type: string) =>
    server?.reconciler.status.of(definition).conditions.find((one) => one.type === type);

  function checkConverged(): void {
    if (server === undefined) throw new Error('the server is not up at the end');
    checkAcknowledged(definitionsNow());
    for (const definition of definitionsNow()) {
      const { name, uid, spec } = definition;
      const own = ownOf(uid);
      const says = JSON.stringify(conditionOf(definition, 'Ready'));
      const has = own.map((one) => `${one.name} ${one.state} g${one.owner?.generation}`).join(', ');
      const state = `${name}: ${says}; has ${has || 'nothing'}`;
      if (definition.deletionRequestedAt !== null) throw new Violated('D', `was to be removed: ${state}`);
      if (own.length > 1 && !(own.length === 2 && !canRun(definition))) throw new Violated('B', `several: ${state}`);
      const { ready } = server.reconciler.status.of(definition);
      const servingId = server.reconciler.status.of(definition).container?.id;
      const container = own.find(({ id }) => id === servingId) ?? own[0];
      const hash = specHash(spec, { bindings: reservationsNow(uid) });
      if (ready && (container?.state !== 'running' || container.owner?.hash !== hash)) {
        throw new Violated('E', `ready, and is not as wanted: ${state}`);
      }
      const { health = 'none' } = (IMAGES[spec.image as keyof typeof IMAGES] ?? {}) as { health?: string };
      if (ready && health !== 'none' && container?.health !== 'healthy')
        throw new Violated('E', `ready, and unhealthy: ${state}`);
      if (spec.state === 'stopped' && own.some(isUp)) throw new Violated('D', `was to be stopped: ${state}`);
      if (spec.state !== 'stopped' && served.has(uid)) checkServes(definition, state);
      if (!canRun(definition)) continue;
      if (!ready) throw new Violated('D', `could run, and is not ready: ${state}`);
      if (container !== undefined && spec.onLinkChange !== 'ignore') checkLinks(definition, container);
    }
    for (const definition of definitionsNow()) checkWait(definition);
    for (const container of engine.containers.values()) {
      if (container.owner?.instance !== INSTANCE) continue;
      if (disk.removed.has(container.owner.uid)) {
        throw new Violated('D', `${container.name} (${container.id}) is left over`);
      }
    }
  }

  const readyOf = (definition: Definition) => conditionOf(definition, 'Ready');

  const isWaiting = (definition: Definition): boolean => WAITS.includes(readyOf(definition)?.reason ?? '');

  /** The definitions that one waits for, as the engine shows it. */
  function awaited(definition: Definition): readonly Definition[] {
    const { uid, spec } = definition;
    const sources = spec.links.flatMap(({ container }) => definitionsNow().filter(({ name }) => name === container));
    switch (readyOf(definition)?.reason) {
      case 'SourceNotRunning':
        // One that ends over and over is up in between, without an address.
        return sources.filter(
          (source) => !ownOf(source.uid).some(({ state }) => state === 'running' || state === 'paused'),
        );
      case 'SourceChanging':
        return sources.filter((source) => readyOf(source)?.status !== 'True');
      case 'HostPortChanging':
        return definitionsNow().filter(
          (other) =>
            other.uid !== uid &&
            ownOf(other.uid).some(
              (one) =>
                isUp(one) &&
                one.request.bindings.some(({ hostPort }) =>
                  reservationsNow(uid).some((claim) => claim.hostPort === hostPort),
                ),
            ),
        );
      default:
        return [];
    }
  }

  /** No wait outlives its cause: whoever waits for other definitions does so, in the end, for one that can't go on itself. */
  function checkWait(definition: Definition): void {
    if (definition.deletionRequestedAt !== null || !isWaiting(definition)) return;
    const seen = new Set<string>();
    const hasCause = (one: Definition): boolean => {
      if (seen.has(one.uid)) return false;
      seen.add(one.uid);
      return isWaiting(one) ? awaited(one).some(hasCause) : readyOf(one)?.status !== 'True';
    };
    if (!hasCause(definition)) {
      const { reason, message } = readyOf(definition) ?? {};
      throw new Violated('waits', `${definition.name} waits without a cause: ${reason}, ${message}`);
    }
  }

  function isConverged(): boolean {
    try {
      checkConverged();
      return true;
    } catch (error) {
      if (error instanceof Violated) return false;
      throw error;
    }
  }

  /** What has served goes on, whatever becomes of what is to replace it. */
  function checkServes(definition: Definition, state: string): void {
    const { name, uid, spec } = definition;
    const waitsFor = conditionOf(definition, 'Ready')?.reason ?? '';
    if (latestOf(uid) > definition.generation) return;
    const own = ownOf(uid).filter(({ startedAt }) => startedAt !== null);
    const serving = own.find(isUp);
    const namesake = engine.outside.find(name);
    const isNameFree = namesake === undefined || namesake.owner?.uid === uid;
    if (serving !== undefined) {
      if (isNameFree && serving.name !== name && waitsFor !== 'HostPortInUse')
        throw new Violated('serves', `runs under another name: ${state}`);
      return;
    }
    if (own.length === 0) throw new Violated('serves', `nothing is left that could serve: ${state}`);
    const hasDone = ({ exitCode, restartPolicy }: SimContainer): boolean =>
      [spec.restartPolicy, restartPolicy].some((one) => one === 'no' || (one === 'on-failure' && exitCode === 0));
    // The engine would start it beside a source that ends over and over, and without that one's address.
    const hasEndingSource = ({ links }: SimContainer): boolean =>
      [...links.values()].some((id) => engine.containers.get(id)?.state === 'restarting');
    const couldServe = own.some((one) => !hasDone(one) && !hasEndingSource(one) && engine.outside.canStart(one));
    if (couldServe) throw new Violated('serves', `could be started, and is down: ${state}`);
  }

  /** A definition is ready only with its aliases in the hosts file, and a link resolved only with the source's address there. */
  function checkAliases(): void {
    if (server === undefined) return;
    for (const definition of server.store.all()) {
      if (definition.spec.links.length === 0 || definition.spec.network !== 'bridge') continue;
      const { ready, container: seen, links, conditions } = server.reconciler.status.of(definition);
      const container = engine.containers.get(seen?.id ?? '');
      const isSeenRun = container?.startedAt === seen?.startedAt && container?.starting === null && isUp(container);
      if (!isSeenRun) continue;
      const isResolved = conditions.some(({ type, status }) => type === 'LinksResolved' && status === 'True');
      for (const { link, source } of links) {
        const address = container.hosts?.get(link.alias);
        if (ready && address === undefined && container.links.has(link.alias)) {
          throw new Violated('hosts', `${definition.name} is ready, and has no line for ${link.alias}`);
        }
        if (!isResolved || source.kind !== 'running') continue;
        const present = engine.containers.get(source.container.id);
        const isSeen = present?.startedAt === source.container.startedAt && present.starting === null;
        if (isSeen && present.address !== '' && present.address !== address) {
          const message = `${definition.name} resolves ${link.alias} as ${address}, and it is at ${present.address}`;
          throw new Violated('hosts', message);
        }
      }
    }
  }

  const lacksAlias = ({ links, hosts }: SimContainer): boolean =>
    [...links].some(([alias, id]) => hosts?.get(alias) !== engine.containers.get(id)?.address);

  function checkLinks({ name, spec }: Definition, container: SimContainer): void {
    const addresses = spec.links.map(({ container: sourceName, alias }) => {
      const source = engine.outside.find(sourceName);
      if (spec.network === 'bridge' && container.links.get(alias) !== source?.id) {
        throw new Violated('links', `${name} is not linked to the present container of ${sourceName}`);
      }
      const address = engine.addressOf(container, alias);
      if (address !== source?.address) {
        throw new Violated('hosts', `${name} has ${address} for ${alias}, and ${sourceName} is at ${source?.address}`);
      }
      return source?.address;
    });
    for (const entry of container.request.env) {
      const address = /^[A-Z]+_PORT_\d+_TCP_ADDR=(.*)$/.exec(entry)?.[1];
      if (address !== undefined && !addresses.includes(address)) {
        throw new Violated('links', `${name} has ${entry}, and its sources are at ${addresses.join(', ')}`);
      }
    }
  }

  async function open(): Promise<void> {
    // What a server remembers of its tries dies with it.
    starts.clear();
    life = createLife(world, (ms) => (rareRelists && ms === RELIST_MS ? RARELY_MS : ms));
    const mine = life;
    server = await openServer({
      ...{ world, life: mine, mutation, engine: engine.open(mine), storage: disk.open(mine), backups },
      newUid: () => `uid-${++uids}`,
    });
    check(() => checkAcknowledged([...(server?.store.all() ?? [])]));
  }

  /** Sends a write and remembers what came of it. Never comes back when the server dies meanwhile. */
  async function write(names: readonly string[], send: (server: Server) => Promise<readonly ContainerView[]>) {
    if (server === undefined || names.some((name) => underWay.has(name))) return;
    const before = restores;
    for (const name of names) underWay.add(name);
    try {
      for (const view of await send(server)) {
        if (restores !== before) continue;
        const spec = declaredPart(view);
        const isGoing = view.deletionRequestedAt !== null;
        told.set(view.name, isGoing ? 'deleted' : { uid: view.uid, generation: view.generation, spec });
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      note(`refused: ${error.message}`);
    }
    for (const name of names) underWay.delete(name);
    if (restores !== before) for (const name of names) toldAsStored(name);
  }

  /** Whatever a client was told: what is stored now is what it finds. */
  function toldAsStored(name: string): void {
    const stored = definitionsNow().find((definition) => definition.name === name);
    if (stored === undefined || stored.deletionRequestedAt !== null) told.set(name, 'deleted');
    else told.set(name, { uid: stored.uid, generation: stored.generation, spec: canonicalJson(stored.spec) });
  }

  /** A restore: what was acknowledged before is undone by a person's will. */
  function begunAnew(): void {
    restores++;
    served.clear();
    for (const name of NAMES) toldAsStored(name);
  }

  const backups: Backups = {
    check: async ({ file }) => disk.backup(file),
    discard: () => undefined,
    take: () => Promise.reject(new Error('not simulated')),
    receive: () => Promise.reject(new Error('not simulated')),
  };

  async function restore(file: string, { by, releasedAfterMs, strays }: RestoreManner): Promise<void> {
    if (server === undefined) return;
    if (by === 'api') {
      // The answer never comes where the server dies over it, which may be when all is done.
      await Promise.race([server.services.backup.restore({ file, bytes: 0, sha256: '' }, {}), world.sleep(5_000)]);
    } else {
      await crash(world.between(0, 1_000), () => {
        disk.replaceBy(file, by === 'file');
        begunAnew();
      });
    }
    await world.sleep(releasedAfterMs);
    mayRelease = strays;
  }

  /** A person looks from time to time, and lets be done what is held. */
  async function lookAfterIt(): Promise<void> {
    await world.sleep(1_000);
    if (world.now < CONVERGED_MS - 30_000) guard(lookAfterIt());
    if (mayRelease === undefined || server === undefined) return;
    try {
      const { backup } = server.services;
      if (!(await backup.hold()).held) return;
      await backup.release({ strays: mayRelease }, {});
      note(`released, what no definition knows: ${mayRelease}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      note(`refused: ${error.message}`);
    }
  }

  async function crash(forMs: number, meanwhile: () => void = () => undefined): Promise<void> {
    life?.end();
    server = undefined;
    life = undefined;
    await world.sleep(forMs);
    for (const name of underWay) toldAsStored(name);
    underWay.clear();
    meanwhile();
    await open();
  }

  async function happen(incident: Incident): Promise<void> {
    note(lineOf(incident).slice(11));
    const { outside, faults } = engine;
    switch (incident.kind) {
      case 'put':
        return write([incident.name], async ({ services }) => [
          (await services.containers.put(incident.name, incident.input, {})).container,
        ]);
      case 'apply':
        return write(
          incident.inputs.map(({ name = '' }) => name),
          async ({ services }) =>
            (await services.apply.apply({ containers: incident.inputs }, {})).applied.results.map(
              ({ container }) => container,
            ),
        );
      case 'delete':
        return write([incident.name], async ({ services }) => [
          (await services.containers.remove(incident.name, { force: true })).container,
        ]);
      case 'start':
      case 'stop':
      case 'restart':
        return write([incident.name], async ({ services }) => [
          (await services.containers[incident.kind as 'start' | 'stop' | 'restart'](incident.name, {})).container,
        ]);
      case 'kill':
      case 'halt':
      case 'pause':
      case 'remove':
      case 'rename':
      case 'bounce': {
        const container = outside.find(incident.name);
        if (container === undefined) return;
        startedFor.delete(container.owner?.uid ?? '');
        if (incident.kind === 'kill') outside.kill(container);
        else if (incident.kind === 'halt') outside.stop(container);
        else if (incident.kind === 'pause') outside.pause(container);
        else if (incident.kind === 'bounce') {
          bounced.add(container.id);
          outside.restart(container);
          // Berth may start what came before it while the outsider's start is under way.
          lastTrouble = world.now;
        } else if (incident.kind === 'remove') {
          outside.remove(container);
          served.delete(container.owner?.uid ?? '');
        } else outside.rename(container, `${container.name}-elsewhere-${Math.round(world.now)}`);
        return;
      }
      case 'rotate-names': {
        const there = incident.names.flatMap((name) => outside.find(name) ?? []);
        const names = there.map(({ name }) => name);
        for (const one of there) startedFor.delete(one.owner?.uid ?? '');
        for (const one of there) outside.rename(one, `${one.name}-aside`);
        for (const [n, one] of there.entries()) outside.rename(one, names[(n + 1) % names.length] as string);
        const [first] = names;
        if (!incident.stranger || first === undefined) return;
        const moved = outside.find(first);
        if (moved !== undefined) outside.rename(moved, `${first}-elsewhere-${Math.round(world.now)}`);
        outside.add(first, []);
        return;
      }
      case 'prune':
        outside.prune(incident.before);
        return;
      case 'remove-image':
        outside.removeImage(incident.image, incident.before);
        return;
      case 'foreign': {
        const { name, port, labelled } = incident;
        const owner = { instance: 'another', uid: `other-${name}`, name, generation: 1, hash: '1:other' };
        outside.add(name, [port], labelled ? owner : undefined);
        return;
      }
      case 'hold':
        outside.hold(incident.port);
        return;
      case 'release':
        outside.release(incident.port);
        return;
      case 'steal': {
        const container = outside.find(incident.name);
        if (container === undefined) return;
        const ports = outside.steal(container);
        await world.sleep(Math.min(incident.forMs, SCRIPT_MS - world.now));
        for (const port of ports) outside.release(port);
        return;
      }
      case 'jump':
        world.wallOffsetMs += incident.ms;
        return;
      case 'cut':
        outside.cutEvents();
        return;
      case 'trouble':
        Object.assign(faults, { rate: incident.rate, eventRate: incident.eventRate });
        await world.sleep(Math.min(incident.forMs, SCRIPT_MS - world.now));
        lastTrouble = world.now;
        Object.assign(faults, { rate: 0, eventRate: 0 });
        return;
      case 'lose-port':
        outside.lose(incident.port, Math.min(incident.forMs, SCRIPT_MS - world.now));
        return;
      case 'full':
        faults.isFull = true;
        await world.sleep(Math.min(incident.forMs, SCRIPT_MS - world.now));
        faults.isFull = false;
        return;
      case 'down':
        faults.isDown = true;
        outside.cutEvents();
        await world.sleep(Math.min(incident.forMs, SCRIPT_MS - world.now));
        faults.isDown = false;
        return;
      case 'restore': {
        const file = copies.get(incident);
        if (file !== undefined) await restore(file, incident);
        return;
      }
      case 'crash': {
        const takeBack = life?.endAtWait(incident.atWait, () => guard(crash(incident.forMs)));
        if (takeBack !== undefined) world.after(SCRIPT_MS - world.now, takeBack);
        return;
      }
      case 'rare-relists':
        rareRelists = true;
        return;
    }
  }

  let failure: unknown;
  const guard = (promise: Promise<unknown>): void => {
    promise.catch((error: unknown) => {
      failure ??= error;
    });
  };
  guard(open());
  for (const incident of script) {
    world.after(incident.at, () => guard(happen(incident)));
    if (incident.kind === 'restore') world.after(incident.takenAt, () => copies.set(incident, disk.copy()));
  }
  if (script.some(({ kind }) => kind === 'restore')) guard(lookAfterIt());
  const afterEach = (): void => {
    if (failure !== undefined) throw failure;
    if (engine.faults.rate > 0 || engine.faults.eventRate > 0) lastTrouble = world.now;
    check(checkStep);
  };

  try {
    await world.runUntil(CONVERGED_MS, afterEach);
    // A try that was put off may fall on just this moment.
    for (let n = 0; n < 10 && !isConverged(); n++) await world.runUntil(world.now + 1_000, afterEach);
    check(checkConverged);
    const before = { changes: engine.changes, commits: disk.commits };
    const isAtRest = definitionsNow().every((one) => one.spec.state === 'stopped' || canRun(one));
    await world.runUntil(world.now + IDLE_MS, afterEach);
    check(() => {
      if (!isAtRest) return;
      if (engine.changes !== before.changes) throw new Violated('G', 'the engine was changed though all was as wanted');
      if (disk.commits !== before.commits) throw new Violated('G', 'the disk was written though all was as wanted');
    });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violation ??= { invariant: 'throws', message, at: world.now };
  }
  life?.end();
  return { violation, trace };
}
