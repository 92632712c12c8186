/**
 * What the tests of the transport share. The service here is a double: it stores nothing, checks nothing, and answers
 * what a test tells it to, so that streams, waits and faults can be had at will. What it is asked is kept, so that a
 * test sees what of a request reached it. The contract as a whole is tested on a real service, a folder above.
 */

import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import request from 'supertest';
import { DEFAULT_POLICY } from '../../../src/domain/access/policy.js';
import { buildApp } from '../../../src/http/app.js';
import { USAGE } from '../../../src/http/containers/live-examples.js';
import { NETWORK } from '../../../src/http/networks/examples.js';
import type { ConnectionLimits } from '../../../src/http/pipeline/connections.js';
import type { Pace } from '../../../src/http/protocol/streaming.js';
import { createMetrics } from '../../../src/observability/metrics.js';
import type { PolicyView } from '../../../src/service/access/policy.js';
import type { ContainerView } from '../../../src/service/containers/views.js';
import type { Outcome } from '../../../src/service/core/options.js';
import type { RegistryView } from '../../../src/service/registries/registries.js';
import type { SecretView } from '../../../src/service/secrets/secrets.js';
import type { Services } from '../../../src/service/services.js';
import type { WebhookView } from '../../../src/service/webhooks/webhooks.js';

/** The declared part of {@link VIEW}, as the service hands it to a patch. */
export const DECLARED = {
  name: 'web',
  image: 'training/webapp',
  env: { PROVIDER: 'Berth' },
  expose: [],
  publishAll: false,
  ports: [{ hostPort: 5000, containerPort: 5000, protocol: 'tcp' }],
  links: [{ container: 'db', alias: 'db', env: 'all' }],
  network: 'bridge',
  volumes: [],
  labels: {},
  restartPolicy: 'always',
  resources: { pids: 4096 },
  pullPolicy: 'missing',
  stopTimeoutSeconds: 10,
  onLinkChange: 'recreate',
  state: 'running',
} as const;

export const VIEW: ContainerView = {
  ...DECLARED,
  uid: '8c7e1f0a-6a0e-4c53-9a4e-0f1a7f3f5b11',
  generation: 3,
  createdAt: '2026-01-16T07:43:50.112Z',
  updatedAt: '2026-01-16T07:43:50.112Z',
  deletionRequestedAt: null,
  set: null,
  status: {
    observedGeneration: 3,
    ready: true,
    conditions: [],
    container: null,
    ports: [],
    reserved: [],
    addresses: [],
    links: [],
    linkedBy: [],
  },
};

export const outcome = (kind: Outcome['kind'], container: Partial<ContainerView> = {}): Outcome => ({
  kind,
  container: { ...VIEW, ...container },
});

/** These, one after the other. */
export async function* signals<T>(...all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

const TOKEN = { id: 't', name: 'ci', role: 'viewer', createdAt: null, expiresAt: null, origin: 'api' } as const;
const SECRET: SecretView = {
  ...{ name: 'shop-db-password', version: 1, usedBy: [], conditions: [] },
  ...{ createdAt: '2026-01-16T07:43:50.112Z', updatedAt: '2026-01-16T07:43:50.112Z' },
};
const WEBHOOK: WebhookView = {
  ...{ name: 'alerts', format: 'slack', origin: 'https://hooks.example.com', hasSecret: false },
  ...{ events: null, containers: null, version: 1, cursor: 0, deliveredAt: null, conditions: [] },
  ...{ createdAt: '2026-01-16T07:43:50.112Z', updatedAt: '2026-01-16T07:43:50.112Z' },
};
const KEYS = { current: 'ab', keys: [], unreadable: [] };
const REGISTRY: RegistryView = {
  ...{ host: 'registry.example.com', username: 'ci', version: 1, usedBy: [] },
  ...{ createdAt: '2026-01-16T07:43:50.112Z', updatedAt: '2026-01-16T07:43:50.112Z', conditions: [] },
};
const POLICY: PolicyView = {
  ...{ file: null, readAt: '2026-01-16T07:43:50.112Z', policy: DEFAULT_POLICY, violations: [] },
};

/** The methods of every service: their names differ. */
export type Answers = Services['containers'] &
  Services['jobs'] &
  Services['runtime'] &
  Services['apply'] &
  Services['importExport'] &
  Services['links'] &
  Services['ports'] &
  Services['networks'] &
  Services['images'] &
  Services['registries'] &
  Services['secrets'] &
  Services['webhooks'] &
  Services['topology'] &
  Services['events'] &
  Services['backup'] &
  Services['access']['tokens'] &
  Services['access']['policy'] &
  Services['access']['audit'] &
  Services['access']['keys'] &
  Services['engine'] &
  Services['answers'];

const RUN: ReturnType<Services['jobs']['runs']>['items'][number] = {
  id: 'r1',
  trigger: 'request',
  state: 'pending',
  attempt: 1,
  dueAt: '2026-12-01T01:30:00.000Z',
  startedAt: null,
  finishedAt: null,
  exitCode: null,
  message: '',
  container: 'web.r1.1',
  log: null,
};

const ANSWERS: Answers = {
  listRegistries: () => [REGISTRY],
  dockerConfig: () => null,
  getRegistry: () => REGISTRY,
  putRegistry: async () => ({ kind: 'created', registry: REGISTRY }),
  deleteRegistry: async () => undefined,
  listSecrets: () => [SECRET],
  getSecret: () => SECRET,
  putSecret: async () => ({ kind: 'created', secret: SECRET }),
  deleteSecret: async () => undefined,
  listWebhooks: () => [WEBHOOK],
  getWebhook: () => WEBHOOK,
  putWebhook: async () => ({ kind: 'created', webhook: WEBHOOK }),
  deleteWebhook: async () => undefined,
  listDeliveries: async () => ({ items: [], next: null }),
  resendDeliveries: async () => ({ pending: 0 }),
  testWebhook: async () => ({ delivered: true, status: 204, error: null }),
  secretsKeys: () => KEYS,
  rotateSecretsKeys: async () => ({ ...KEYS, resealed: 0 }),
  runs: () => ({ items: [] }),
  run: async () => RUN,
  diskUsage: async () => ({ images: [], volumes: [], containers: [], logs: [] }),
  listNetworks: () => [NETWORK],
  getNetwork: () => NETWORK,
  putNetwork: async () => ({ kind: 'updated', network: NETWORK }),
  deleteNetwork: async () => ({ kind: 'updated', network: NETWORK }),
  listAddresses: () => [],
  create: async () => outcome('created'),
  put: async () => outcome('updated'),
  async patch(_, change) {
    change(DECLARED);
    return outcome('updated');
  },
  remove: async () => outcome('accepted'),
  start: async () => outcome('updated'),
  stop: async () => outcome('updated'),
  restart: async () => outcome('updated'),
  apply: async () => ({ kind: 'applied', applied: { set: null, results: [] } }),
  plan: async () => ({ actions: [], interrupted: [], obstacles: [], changes: [] }),
  adopt: async () => ({ kind: 'adopted', container: VIEW, lost: [], changed: [] }),
  importDockerRun: async () => ({ kind: 'read', imported: { set: null, containers: [DECLARED], left: [] } }),
  importCompose: async () => ({ kind: 'read', imported: { set: 'shop', containers: [DECLARED], left: [] } }),
  exportComposeJson: () => ['{"services":{}}'],
  exportComposeText: async () => 'services: {}\n',
  readEvents: async () => ({ items: [], next: 0 }),
  async *followEvents() {},
  watchers: () => 0,
  migrateLinks: async () => ({ dryRun: false, network: 'berth-links', containers: [], plan: null }),
  answerTo: async () => null,
  takeBackup: async () => ({ takenAt: new Date(0), bytes: 4, read: () => Readable.from(['copy']) }),
  receiveBackup: async () => ({ file: '/none', bytes: 4, sha256: 'ab' }),
  discardBackup: () => undefined,
  restore: async () => ({ kind: 'restored', takenAt: null, instance: 'i', restored: 0, replaced: 0, unreadable: [] }),
  currentPolicy: async () => POLICY,
  reloadPolicy: async () => undefined,
  hold: async () => ({
    held: false,
    reason: null,
    since: null,
    takenAt: null,
    plan: null,
    strays: [],
    later: [],
    unverified: [],
  }),
  release: async () => ({ released: true, strays: [] }),
  keepAnswer: async () => undefined,
  authenticate: () => undefined,
  listTokens: () => [],
  createToken: async ({ name, role }) => ({ ...TOKEN, name, role, token: 'berth_secret' }),
  revokeToken: async () => undefined,
  audit: () => undefined,
  audited: async () => undefined,
  get: () => VIEW,
  list: () => ({ items: [VIEW], nextCursor: null }),
  bindings: () => [],
  links: () => ({ outgoing: [], incoming: [] }),
  ledger: () => ({ items: [] }),
  graph: async () => ({ nodes: [], edges: [] }),
  describeEngine: () => ({
    kind: 'docker',
    version: '28.5.2',
    apiVersion: '1.51',
    address: 'unix:///var/run/docker.sock',
    reachable: true,
    since: '2026-01-16T07:43:50.112Z',
    message: null,
    diskFull: null,
  }),
  readiness: async () => ({ ready: true, storage: 'ok', engine: 'ok' }),
  env: async () => ({ env: { PATH: '/bin', DB_PORT: 'tcp://172.17.0.2:3306' }, fromLinks: ['DB_PORT'] }),
  hosts: async () => ({ text: '127.0.0.1\tlocalhost\n', entries: [{ address: '127.0.0.1', names: ['localhost'] }] }),
  checkLink: async () => ({
    ...{ container: 'web', alias: 'db', source: 'db', state: 'resolved', address: '172.17.0.2' },
    resolved: { addresses: ['172.17.0.2'], milliseconds: 0.4 },
    ...{ reachable: null, message: '', ports: [] },
  }),
  checkPorts: async () => ({ container: 'web', reachable: null, message: '', ports: [] }),
  inspect: async () => ({ Id: '8ea7', Name: '/web' }),
  async logs() {
    return (async function* () {})();
  },
  usage: async () => USAGE,
  async followUsage() {
    return (async function* () {})();
  },
  exec: async () => signals({ kind: 'exit', exitCode: 0, timedOut: false, stillRunning: false }),
  listImages: async () => [],
  pull: async (image) => signals({ kind: 'done', image, imageId: 'sha256:6fae', digest: null }),
};

export interface Call {
  readonly method: keyof Answers;
  readonly args: readonly unknown[];
}

export interface DoubleApp {
  readonly app: FastifyInstance;
  readonly http: ReturnType<typeof request>;
  /** What the service was asked, in order. */
  readonly calls: readonly Call[];
  /** The log, one parsed line each. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Begins anew: nothing asked, nothing logged, and these answers instead of the usual ones. */
  given(answers?: Partial<Answers>): void;
  /** Listens on a free port of loopback, and says where. */
  listen(): Promise<{ readonly port: number; readonly url: string }>;
  close(): Promise<void>;
}

const servicesOf = (double: Answers): Services => ({
  containers: double,
  jobs: double,
  runtime: double,
  apply: double,
  importExport: double,
  links: double,
  ports: double,
  networks: double,
  images: double,
  registries: double,
  secrets: double,
  webhooks: double,
  topology: double,
  events: double,
  backup: double,
  access: { tokens: double, policy: double, audit: double, keys: double },
  engine: double,
  answers: double,
});

/** An app over the double, with other answers where a test gives some. */
export async function doubleApp(
  answers: Partial<Answers> = {},
  pace?: Pace,
  connections?: Partial<ConnectionLimits>,
): Promise<DoubleApp> {
  const calls: Call[] = [];
  const logged: Record<string, unknown>[] = [];
  let all: Answers = { ...ANSWERS, ...answers };
  const double = new Proxy(ANSWERS, {
    get:
      (_, method: keyof Answers) =>
      (...args: readonly unknown[]) => {
        // What is told of a request afterwards is nothing that it asked for.
        if (method !== 'audit') calls.push({ method, args });
        return (all[method] as (...args: readonly unknown[]) => unknown)(...args);
      },
  });
  const logger = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const app: FastifyInstance = await buildApp({
    ...{ services: servicesOf(double), metrics: createMetrics('0.0.0'), logger, connections },
    ...(pace && { pace }),
  });
  await app.ready();
  return {
    app,
    http: request(app.server),
    calls,
    logged,
    given(other = {}) {
      calls.length = 0;
      logged.length = 0;
      all = { ...ANSWERS, ...other };
    },
    async listen() {
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as AddressInfo;
      return { port, url: `http://127.0.0.1:${port}` };
    },
    close: () => app.close(),
  };
}

/** Something that will have happened: `when` is fulfilled by `happens`. */
export function moment(): { readonly when: Promise<void>; readonly happens: () => void } {
  let fulfil = () => {};
  const when = new Promise<void>((resolve) => {
    fulfil = resolve;
  });
  return { when, happens: () => fulfil() };
}

/** Has a creation go on until it is let go: `asked` is fulfilled once it has begun. */
export function pendingCreation(t: DoubleApp): { readonly asked: Promise<void>; readonly answer: () => void } {
  const asked = moment();
  const answered = moment();
  t.given({
    async create() {
      asked.happens();
      await answered.when;
      return outcome('created');
    },
  });
  return { asked: asked.when, answer: answered.happens };
}
