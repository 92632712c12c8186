/** One run of a script; every invariant is checked at its moments. */

import { inOneForm } from '../../src/domain/networks/attachments.js';
import { Problem } from '../../src/domain/problems/problem.js';
import { canonicalJson } from '../../src/lib/canonical-json.js';
import type { ContainerView } from '../../src/service/containers/views.js';
import type { Backups } from '../../src/store/backup/backups.js';
import { createDisk } from './disk.js';
import { createSimEngine, isUp } from './engine.js';
import { createHistory } from './history.js';
import { recordDependencies } from './invariants/dependencies.js';
import { CONVERGED_MS, canRun, definitionsOf, isOurs, lacksAlias } from './invariants/facts.js';
import { INVARIANTS } from './invariants/index.js';
import { type Moment, type Moments, type SimWorld, Violated } from './invariants/invariant.js';
import { type Incident, lineOf, type RestoreManner, SCRIPT_MS } from './script.js';
import { INSTANCE, type Mutation, openServer, RELIST_MS, type Server } from './server.js';
import { createLife, createWorld, type Life } from './world.js';

/** An invariant that does not hold. */
export interface Violation {
  /** Its name, or `throws` if the run itself fails. */
  readonly invariant: string;
  readonly message: string;
  readonly at: number;
}

export interface RunResult {
  readonly violation: Violation | undefined;
  /** What happened, in order: the same seed gives the same lines. */
  readonly trace: readonly string[];
}

/** Time after the end in which nothing may be written, in milliseconds. */
const IDLE_MS = 40_000;

/** Time between two lists of the whole engine where they are rare, in milliseconds. */
const RARELY_MS = 3_600_000;

function declaredPart(view: ContainerView): string {
  const { name, uid, generation, createdAt, updatedAt, deletionRequestedAt, set, status, plan, ...spec } = view;
  return canonicalJson(spec);
}

export async function run(seed: number, script: readonly Incident[], mutation: Mutation = {}): Promise<RunResult> {
  const world = createWorld(seed);
  const trace: string[] = [];
  let violation: Violation | undefined;
  let server: Server | undefined;
  let life: Life | undefined;
  let uids = 0;
  const history = createHistory(script);
  const { acknowledged, underWay, startedFor } = history;
  const copies = new Map<Incident, string>();
  /** The handling of containers without a definition that a person chooses at the release, once it may happen. */
  let mayRelease: RestoreManner['strays'] | undefined;
  let rareRelists = false;

  const note = (text: string): void => {
    trace.push(`${String(Math.round(world.now)).padStart(6)} ms  ${text}`);
  };

  const disk = createDisk(world, (before, after, isRestore) => {
    if (isRestore) recordRestore();
    check(isRestore ? 'restore' : 'commit', { before, after });
  });
  const engine = createSimEngine(
    world,
    () => INSTANCE,
    (container, operation) => {
      note(`engine: ${operation} ${container.name} (${container.id})`);
      const uid = container.owner?.uid ?? '';
      // A restart that repairs an alias is no second start for the same change.
      if (operation === 'restart' && lacksAlias(observed, container)) startedFor.delete(uid);
      // Nor is the start of a container that a client had stopped.
      if (operation === 'stop' && disk.state.definitions.get(uid)?.spec.state === 'stopped') startedFor.delete(uid);
      check('change', { operation, container });
    },
    (operation, container) => check('request', { operation, container }),
    (recipient, source) => check('overlap', { recipient, source }),
  );
  const observed: SimWorld = {
    ...{ disk, engine, history },
    get now() {
      return world.now;
    },
    get server() {
      return server;
    },
  };

  /** Returns the first invariant of a moment that doesn't hold. */
  function findViolation<M extends Moment>(when: M, moment: Moments[M]): Violation | undefined {
    for (const one of INVARIANTS) {
      if (!one.when.includes(when)) continue;
      try {
        one.check(observed, moment);
      } catch (error) {
        if (!(error instanceof Violated)) throw error;
        return { invariant: one.name, message: error.message, at: world.now };
      }
    }
    return undefined;
  }

  /** Checks the invariants of a moment, up to the first violation of the run. */
  function check<M extends Moment>(when: M, moment: Moments[M]): void {
    if (violation !== undefined) return;
    violation = findViolation(when, moment);
    if (violation !== undefined) note(`VIOLATED ${violation.invariant}: ${violation.message}`);
  }

  /** Records the containers that are new or up. @returns the new ones */
  function recordContainers() {
    const ours = [...engine.containers.values()].filter(isOurs);
    for (const one of ours) if (isUp(one)) history.served.add(one.owner?.uid ?? '');
    const created = ours.filter(({ id }) => !history.created.has(id));
    for (const { id, name, owner } of created) {
      history.created.add(id);
      note(`engine: create ${name} (${id}), generation ${owner?.generation}`);
    }
    return created;
  }

  function isConverged(): boolean {
    if (server === undefined) throw new Error('the server is not up at the end');
    return findViolation('end', {}) === undefined;
  }

  async function open(): Promise<void> {
    // A server forgets its attempts when it ends.
    history.starts.clear();
    life = createLife(world, (ms) => (rareRelists && ms === RELIST_MS ? RARELY_MS : ms));
    const mine = life;
    server = await openServer({
      ...{ world, life: mine, mutation, engine: engine.open(mine), storage: disk.open(mine), backups },
      newUid: () => `uid-${++uids}`,
    });
    check('start', { definitions: [...server.store.all()] });
  }

  /** Sends a write and remembers what came of it. Never comes back when the server dies meanwhile. */
  async function write(names: readonly string[], send: (server: Server) => Promise<readonly ContainerView[]>) {
    if (server === undefined || names.some((name) => underWay.has(name))) return;
    const before = history.restores;
    for (const name of names) underWay.add(name);
    try {
      for (const view of await send(server)) {
        if (history.restores !== before) continue;
        const spec = declaredPart(view);
        const isGoing = view.deletionRequestedAt !== null;
        acknowledged.set(view.name, isGoing ? 'deleted' : { uid: view.uid, generation: view.generation, spec });
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      note(`refused: ${error.message}`);
    }
    for (const name of names) underWay.delete(name);
    if (history.restores !== before) for (const name of names) acknowledgeStored(name);
  }

  /** Whatever a client was told: what is stored now is what it finds. */
  function acknowledgeStored(name: string): void {
    const stored = definitionsOf(observed).find((definition) => definition.name === name);
    if (stored === undefined || stored.deletionRequestedAt !== null) acknowledged.set(name, 'deleted');
    else
      acknowledged.set(name, {
        uid: stored.uid,
        generation: stored.generation,
        spec: canonicalJson(inOneForm(stored.spec)),
      });
  }

  /** A restore: what was acknowledged before is undone by a person's will. */
  function recordRestore(): void {
    history.restores++;
    history.served.clear();
    for (const name of acknowledged.keys()) acknowledgeStored(name);
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
        recordRestore();
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
    for (const name of underWay) acknowledgeStored(name);
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
      case 'bounce':
      case 'leave-task': {
        const container = outside.find(incident.name);
        if (container === undefined) return;
        startedFor.delete(container.owner?.uid ?? '');
        if (incident.kind === 'leave-task') outside.leaveTask(container);
        else if (incident.kind === 'kill') outside.kill(container);
        else if (incident.kind === 'halt') outside.stop(container);
        else if (incident.kind === 'pause') outside.pause(container);
        else if (incident.kind === 'bounce') {
          history.bounced.add(container.id);
          outside.restart(container);
          // Berth may start what came before it while the outsider's start is under way.
          history.lastTrouble = world.now;
        } else if (incident.kind === 'remove') {
          outside.remove(container);
          history.served.delete(container.owner?.uid ?? '');
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
      case 'detach': {
        const container = outside.find(incident.name);
        if (container !== undefined) outside.detach(container, incident.network);
        return;
      }
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
        history.lastTrouble = world.now;
        Object.assign(faults, { rate: 0, eventRate: 0 });
        return;
      case 'lose-port':
        outside.lose(incident.port, Math.min(incident.forMs, SCRIPT_MS - world.now));
        return;
      case 'full':
        faults.isFull = true;
        history.fullSince ??= world.now;
        await world.sleep(Math.min(incident.forMs, SCRIPT_MS - world.now));
        faults.isFull = false;
        history.fullSince = null;
        return;
      case 'down':
        faults.isDown = true;
        outside.cutEvents();
        await world.sleep(Math.min(incident.forMs, SCRIPT_MS - world.now));
        faults.isDown = false;
        return;
      case 'reboot':
        faults.isDown = true;
        outside.cutEvents();
        outside.shutDown();
        startedFor.clear();
        await world.sleep(incident.forMs);
        faults.isDown = false;
        history.lastTrouble = world.now;
        outside.boot();
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
    if (engine.faults.rate > 0 || engine.faults.eventRate > 0) history.lastTrouble = world.now;
    recordDependencies(observed);
    check('step', { created: recordContainers() });
  };

  try {
    await world.runUntil(CONVERGED_MS, afterEach);
    // A try that was put off may fall on just this moment.
    for (let n = 0; n < 10 && !isConverged(); n++) await world.runUntil(world.now + 1_000, afterEach);
    check('end', {});
    const before = { changes: engine.changes, commits: disk.commits };
    const isAtRest = definitionsOf(observed).every((one) => one.spec.state === 'stopped' || canRun(observed, one));
    await world.runUntil(world.now + IDLE_MS, afterEach);
    if (isAtRest) check('rest', { changes: engine.changes - before.changes, commits: disk.commits - before.commits });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violation ??= { invariant: 'throws', message, at: world.now };
  }
  life?.end();
  return { violation, trace };
}
