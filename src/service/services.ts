import { randomUUID } from 'node:crypto';
import type { Definition } from '../domain/definition/definition.js';
import type { Breathe } from '../reconcile/plan/dry-run/dry-run.js';
import type { Reconciler } from '../reconcile/reconciler.js';
import type { Backups } from '../store/backup/backups.js';
import type { Store } from '../store/types.js';
import { type Audit, createAudit } from './access/audit.js';
import { createPolicyService, type Policies, type PolicyService } from './access/policy.js';
import { createTokens, type TokenService } from './access/tokens.js';
import { type ApplyService, createApply } from './apply.js';
import { type BackupService, createBackup } from './backup/backup.js';
import { type AdoptService, createAdopt } from './containers/adopt.js';
import { createJobs, type JobService } from './containers/jobs.js';
import { createPresenter } from './containers/presenter.js';
import { type ContainerReads, createReads } from './containers/read.js';
import { createRuntime, type RuntimeService } from './containers/runtime.js';
import { type ContainerWrites, createWrites } from './containers/write.js';
import { createCommit, createKept } from './core/commit.js';
import { createPlanning } from './core/dry-run.js';
import { type AnswerService, createAnswers } from './core/kept-answer.js';
import { createLookup } from './core/lookup.js';
import { createWaitUntilReady } from './core/wait-until-ready.js';
import { createDisk, type DiskService } from './disk.js';
import { createEngineService, type EngineService } from './engine.js';
import { createEvents, type EventService } from './events.js';
import { createImages, type ImageService } from './images.js';
import { createExportCompose, type ExportCompose } from './import-export/export-compose.js';
import { createImportCompose, type ImportCompose } from './import-export/import-compose.js';
import { createImportDockerRun, type ImportDockerRun } from './import-export/import-docker-run.js';
import { createInlineReader, type ImportReader } from './import-export/reader.js';
import { createLinks, type LinkService } from './links.js';
import { createMigrateLinks, type MigrateLinks } from './migrate-links.js';
import { type AddressQuery, type AddressView, addressLedger } from './networks/address-ledger.js';
import { createNetworkService, type NetworkService } from './networks/networks.js';
import { type CheckPorts, createCheckPorts } from './ports/check.js';
import { createPorts, type PortService } from './ports/ports.js';
import type { DockerConfigFile } from './registries/docker-config.js';
import { createRegistries, type RegistryService } from './registries/registries.js';
import { createSecrets, type SecretService } from './secrets/secrets.js';
import type { SecretsKeyService, Vault } from './secrets/vault.js';
import { createTopology, type TopologyService } from './topology.js';
import type { Dispatcher } from './webhooks/dispatcher.js';
import type { Sender } from './webhooks/sender.js';
import { createWebhooks, type WebhookService } from './webhooks/webhooks.js';

/** The use cases behind the HTTP API, one service for each resource. */
export interface Services {
  readonly containers: ContainerWrites & ContainerReads & AdoptService;
  readonly jobs: JobService;
  readonly runtime: RuntimeService;
  readonly apply: ApplyService;
  readonly importExport: ImportDockerRun & ImportCompose & ExportCompose;
  readonly links: LinkService & MigrateLinks;
  readonly ports: PortService;
  readonly networks: NetworkService & { listAddresses(query: AddressQuery): readonly AddressView[] };
  readonly images: ImageService & DiskService;
  readonly registries: RegistryService;
  readonly secrets: SecretService;
  readonly webhooks: WebhookService;
  readonly topology: TopologyService;
  readonly events: EventService;
  readonly backup: BackupService;
  readonly access: {
    readonly tokens: TokenService;
    readonly policy: PolicyService;
    readonly audit: Audit;
    readonly keys: SecretsKeyService;
  };
  readonly engine: EngineService;
  readonly answers: AnswerService;
}

interface ServiceOptions {
  readonly store: Store;
  readonly backups: Backups;
  readonly reconciler: Reconciler;
  readonly policies: Policies;
  readonly vault: Vault & SecretsKeyService;
  /** The docker CLI's `config.json`, as a further source of credentials; by default none. */
  readonly dockerConfig?: DockerConfigFile | undefined;
  /** Delivers events to webhooks. */
  readonly deliveries: { readonly dispatcher: Pick<Dispatcher, 'progressOf' | 'wake'>; readonly send: Sender['send'] };
  readonly random: () => number;
  readonly now: () => Date;
  /** The secret of the server's own token; by default it has none. */
  readonly admin?: string | undefined;
  /** Notified of audit entries that could not be recorded. */
  readonly auditFailed?: Parameters<typeof createAudit>[0]['failed'];
  /** Notified of a host port that leads nowhere, with the name of its host. */
  readonly portUnreachable?: (host: string) => void;
  /** Cuts one long piece of work into slices; by default nothing is cut. */
  readonly slices?: () => Breathe;
  /** Reads Compose files and docker run lines; by default in this thread. */
  readonly reader?: ImportReader;
}

/** Creates the services over a store and a reconciler, and the port checks that they share with the port watch. */
export function createServices(options: ServiceOptions): Services & { readonly portChecks: CheckPorts } {
  const { store, backups, reconciler, policies, vault, random, now, admin, slices, dockerConfig } = options;
  const { reader = createInlineReader(), auditFailed = ignored, portUnreachable = ignored } = options;
  const { hosts, status } = reconciler;
  const { instance } = store;

  const lookup = createLookup({ store, reconciler });
  const presenter = createPresenter(store, status);
  const commit = createCommit({ store, reconciler, policies, slices });
  const kept = createKept(store);
  const planning = createPlanning(reconciler);
  const settled = createWaitUntilReady({ store, reconciler });
  const stored = {
    ...{ host: hosts.local, needsEngine: lookup.needsEngine, definitions: store.all },
    imageIdOf: (definition: Definition) => status.of(definition).container?.imageId,
  };
  const portChecks = createCheckPorts({
    find: lookup.find,
    needsEngine: lookup.needsEngine,
    statusOf: status.of,
    hosts,
    instance,
    foundUnreachable: portUnreachable,
  });
  const writes = createWrites({ store, reconciler, commit, kept, planning, settled, random, presenter });
  const apply = createApply({
    ...{ commit, kept, planning, settled, presenter, slices },
    networkChanged: hosts.local.networkChanged,
  });

  return {
    portChecks,
    apply,
    containers: {
      ...writes,
      ...createReads(store, lookup, presenter),
      ...createAdopt({ commit, host: hosts.local, policies, instance, preview: presenter.preview }),
    },
    jobs: createJobs({ store, reconciler, find: lookup.find, now, newId: () => randomUUID().slice(0, 13) }),
    runtime: createRuntime(lookup.inside),
    importExport: {
      ...createImportDockerRun(writes, reader, policies),
      ...createImportCompose(apply, store, reader, policies),
      ...createExportCompose(store, reader),
    },
    links: { ...createLinks({ store, reconciler, lookup }), ...createMigrateLinks({ store, reconciler, planning }) },
    ports: createPorts({ store, reconciler, lookup, portChecks }),
    networks: {
      ...createNetworkService({ store, reconciler, planning }),
      listAddresses: (query) => addressLedger(store, reconciler.hosts.local.observed, query),
    },
    images: { ...createImages({ ...stored, policies }), ...createDisk(stored) },
    registries: createRegistries({ store, vault, now, dockerConfig, changed: reconciler.credentialsChanged }),
    webhooks: createWebhooks({ store, vault, policies, now, ...options.deliveries }),
    secrets: createSecrets({ store, vault, reconciler, planning, policies }),
    topology: createTopology({ store, hosts, statusOf: status.of, slices }),
    events: createEvents(store.events),
    backup: createBackup({ store, backups, reconciler, planning, now, refusal: policies.refusal, vault }),
    access: {
      tokens: createTokens({ store, admin, now }),
      policy: createPolicyService({ policies, store, reconciler, slices: slices ?? (() => async () => undefined) }),
      audit: createAudit({ store, now, failed: auditFailed }),
      keys: vault,
    },
    engine: createEngineService({ store, host: hosts.local }),
    answers: createAnswers(store),
  };
}

const ignored = (): void => undefined;
