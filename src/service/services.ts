import type { Definition } from '../domain/definition/definition.js';
import { Problem } from '../domain/problems/problem.js';
import type { Engine } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import type { OwnContainer } from '../reconcile/observe/observed-state.js';
import type { Breathe } from '../reconcile/plan/dry-run.js';
import type { Reconciler } from '../reconcile/reconciler.js';
import type { Backups } from '../store/backup/backups.js';
import type { StateReads } from '../store/state/memory.js';
import type { Store } from '../store/types.js';
import { createAudit } from './access/audit.js';
import type { Policies } from './access/policy.js';
import { createTokens } from './access/tokens.js';
import { createApply } from './apply.js';
import { createBackup } from './backup.js';
import { createCheckLink } from './check-link.js';
import { createAdopt } from './containers/adopt.js';
import { environmentInside, hostsInside } from './containers/env-and-hosts.js';
import { page } from './containers/list.js';
import { containerResource, linksView } from './containers/present.js';
import { createRuntime } from './containers/runtime.js';
import { createViewCache } from './containers/view-cache.js';
import { createWrites } from './containers/write.js';
import { createCommit, createKept } from './core/commit.js';
import { createPlanning } from './core/dry-run.js';
import { asProblem, engineUnavailable } from './core/engine-errors.js';
import type { ContainerView, EngineView } from './core/views.js';
import { createWaitUntilReady } from './core/wait-until-ready.js';
import { noSuchContainer } from './core/write-checks.js';
import { createEvents } from './events.js';
import { createImages } from './images.js';
import { createExportCompose } from './import-export/export-compose.js';
import { createImportCompose } from './import-export/import-compose.js';
import { createImportDockerRun } from './import-export/import-docker-run.js';
import { createInlineReader, type ImportReader } from './import-export/reader.js';
import { type CheckPorts, createCheckPorts } from './ports/check.js';
import { ledger } from './ports/ledger.js';
import type { Service } from './service.js';
import { topology } from './topology.js';

/** The service over a store, a reconciler and an engine. Reads of definitions come from memory; see {@link Service}. */
export function createService(options: {
  readonly store: Store;
  readonly backups: Backups;
  readonly reconciler: Reconciler;
  readonly engine: Engine;
  /** The secret of the server's own token; by default it has none. */
  readonly admin?: string | undefined;
  /** Hears of what could not be recorded. */
  readonly auditFailed?: Parameters<typeof createAudit>[0]['failed'];
  readonly policies: Policies;
  readonly random: () => number;
  readonly now: () => Date;
  /** By default its own. */
  readonly checkPorts?: CheckPorts;
  /** Cuts one long piece of work into slices; by default nothing is cut. */
  readonly slices?: () => Breathe;
  /** Reads Compose files and docker run lines; by default in this thread. */
  readonly reader?: ImportReader;
}): Service {
  const { reader = createInlineReader() } = options;
  const { store, backups, reconciler, engine, policies, random, now, admin, auditFailed = () => undefined } = options;
  const { observed, status } = reconciler;

  const find = (name: string): Definition => {
    const definition = store.byName(name);
    if (definition === undefined) throw noSuchContainer(name);
    return definition;
  };

  const remembered = createViewCache();
  const view = (definition: Definition): ContainerView =>
    remembered(definition, status.of(definition), store.recipientsOf(definition.name));

  const preview = (definition: Definition, state: StateReads): ContainerView =>
    containerResource(definition, status.preview(definition, state), state.recipientsOf(definition.name));

  const storedView = (definition: Definition): ContainerView | undefined =>
    store.byUid(definition.uid) === definition ? view(definition) : undefined;

  function needsEngine(): void {
    if (!observed.engine.reachable) throw engineUnavailable(observed.engine.message);
  }

  /** Asks the engine about a definition's container. */
  async function inside<T>(
    name: string,
    ask: (container: OwnContainer, definition: Definition) => Promise<T | null>,
  ): Promise<T> {
    const definition = find(name);
    needsEngine();
    const { container } = status.of(definition);
    if (container === undefined) {
      throw new Problem('not-found', `${name} has no container on the engine yet: see its conditions for the reason.`);
    }
    const answer = await ask(container, definition).catch((error: unknown) => {
      throw error instanceof EngineError ? asProblem(name, error) : error;
    });
    if (answer === null) throw new Problem('not-found', `The engine has no such thing for the container of ${name}.`);
    return answer;
  }

  const checkPorts = options.checkPorts ?? portChecks({ store, reconciler, engine });
  const checkLink = createCheckLink({
    ...{ find, needsEngine, byName: store.byName, statusOf: status.of, prober: engine, instance: store.instance },
  });
  const commit = createCommit({ store, reconciler, policies });
  const kept = createKept(store);
  const planning = createPlanning(reconciler);
  const settled = createWaitUntilReady({ store, reconciler });
  const viewNow = (uid: string, last: ContainerView): ContainerView => {
    const definition = store.byUid(uid);
    return definition === undefined ? last : view(definition);
  };

  const sets = createApply({
    ...{ commit, kept, planning, settled, storedView, viewNow, preview },
    slices: options.slices,
  });
  const writes = createWrites({
    store,
    reconciler,
    commit,
    kept,
    planning,
    settled,
    random,
    view,
    storedView,
    preview,
  });

  return {
    ...writes,
    ...createImportDockerRun(writes, reader),
    ...sets,
    ...createImportCompose(sets, store, reader),
    ...createExportCompose(store, reader),
    ...createAdopt({ commit, engine, policies, instance: store.instance, observed, preview }),
    ...createEvents(store.events),
    ...createRuntime({ engine, inside }),
    ...createImages({
      ...{ engine, reached: needsEngine, definitions: () => store.all(), policies },
      imageIdOf: (definition) => status.of(definition).container?.imageId,
    }),
    ...createBackup({ store, backups, reconciler, planning, now, refusal: policies.refusal }),
    ...createTokens({ store, admin, now }),
    ...createAudit({ store, now, failed: auditFailed }),
    policy: () => policies.view(store.all()),
    reloadPolicy() {
      policies.reload();
      // What the policy paused after a restore may go on, or has to say another reason.
      for (const uid of store.restored().undeclared) reconciler.changed(uid);
      return policies.view(store.all());
    },
    answerTo: store.responseTo,
    keepAnswer: (key, request, answer) => store.transact((tx) => tx.respond({ ...answer, key, request })),
    get: (name) => view(find(name)),
    list: (query) => page(store.all(), view, query),
    ports: (name) => status.of(find(name)).container?.bindings ?? [],
    links(name) {
      const definition = find(name);
      return linksView(definition, status.of(definition), store.recipientsOf(name));
    },
    ledger: (query) => ledger(store, observed, query),
    topology: (filter) => topology({ store, observed, statusOf: status.of }, filter),
    engine(): EngineView {
      const { version, reachable, since, message } = observed.engine;
      const full = reconciler.fullDisk();
      return {
        kind: version?.kind ?? null,
        version: version?.version ?? null,
        apiVersion: version?.apiVersion ?? null,
        address: engine.address,
        reachable,
        since: since.toISOString(),
        message: reachable ? null : message,
        diskFull: full === null ? null : { since: full.since.toISOString(), message: full.message },
      };
    },
    async readiness() {
      const fault = await store.check().then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const { reachable, message } = observed.engine;
      const full = reconciler.fullDisk();
      const engineFault = reachable ? full && `its disk is full: ${full.message}` : message;
      return { ready: fault === null, storage: fault ?? 'ok', engine: engineFault ?? 'ok' };
    },
    env: (name) =>
      inside(name, (container, { spec }) => environmentInside(engine, container, new Set(Object.keys(spec.env)))),
    hosts: (name) => inside(name, (container) => hostsInside(engine, container)),
    checkPorts: (name, signal) =>
      checkPorts.one(name, signal).catch((error: unknown) => {
        throw error instanceof EngineError ? asProblem(name, error) : error;
      }),
    checkLink: (name, alias, signal) =>
      checkLink(name, alias, signal).catch((error: unknown) => {
        throw error instanceof EngineError ? asProblem(name, error) : error;
      }),
    inspect: (name) => inside(name, (container) => engine.inspectRaw(container.id)),
  };
}

/** Checks of host ports, whoever asks for them. */
export function portChecks(parts: {
  readonly store: Pick<Store, 'byName' | 'instance'>;
  readonly reconciler: Reconciler;
  readonly engine: Engine;
  /** Hears that a host port leads nowhere. */
  readonly found?: () => void;
}): CheckPorts {
  const { store, reconciler, engine, found = () => undefined } = parts;
  return createCheckPorts({
    find(name) {
      const definition = store.byName(name);
      if (definition === undefined) throw noSuchContainer(name);
      return definition;
    },
    needsEngine() {
      const { reachable, message } = reconciler.observed.engine;
      if (!reachable) throw engineUnavailable(message);
    },
    ...{ statusOf: reconciler.status.of, prober: engine, instance: store.instance },
    checked(uid, container, unreachable) {
      reconciler.portsChecked(uid, container, unreachable);
      if (unreachable !== null) found();
    },
  });
}
