import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { adminToken } from './admin-token.js';
import { LOCAL_HOST } from './domain/host.js';
import type { NetworkPool } from './domain/networks/pool.js';
import type { Subnet } from './domain/networks/subnet.js';
import { credentialedEngine } from './engine/credentialed-engine.js';
import { type Deadlines, dockerEngine, type EngineAddress } from './engine/docker/index.js';
import type { EngineNetwork } from './engine/engine.js';
import { guardedEngine } from './engine/guarded-engine.js';
import { observedEngine } from './engine/instrumented-engine.js';
import { hostRoutes } from './host-routes.js';
import { buildApp } from './http/app.js';
import { createAhead } from './http/openapi/ahead.js';
import { limitsFor } from './http/pipeline/connections.js';
import { listenOnSocket } from './http/unix-socket.js';
import { type Clock, systemClock } from './lib/clock.js';
import { createMetrics } from './observability/metrics.js';
import { slices } from './observability/slices.js';
import type { Host } from './reconcile/hosts.js';
import { subnetsOf } from './reconcile/loop/networks/networks.js';
import { isAddressInUse } from './reconcile/observe/claims.js';
import type { ObservedState } from './reconcile/observe/observed-state.js';
import { createReconciler } from './reconcile/reconciler.js';
import { secretsKeys } from './secrets-key.js';
import { followLinks } from './service/access/follow-links.js';
import { openPolicies } from './service/access/policy.js';
import { reconcilerStore } from './service/core/reconciler-store.js';
import { createImportReader } from './service/import-export/reader.js';
import { createPortWatch, type PortWatch } from './service/ports/watch.js';
import { dockerConfigFile } from './service/registries/docker-config.js';
import { createPullCredentials } from './service/registries/pull-credentials.js';
import { createVault } from './service/secrets/vault.js';
import { createServices } from './service/services.js';
import { createImageUpdates, createTagChecks } from './service/updates/image-updates.js';
import { createCheckTag } from './service/updates/registry-client.js';
import { createDispatcher } from './service/webhooks/dispatcher.js';
import { createSender } from './service/webhooks/sender.js';
import { makeDataFolder } from './store/sqlite/data-folder.js';
import { openStore } from './store/store.js';
import { VERSION } from './version.js';

/** Definitions worked on at once: an engine on two cores does not get faster beyond. */
const PLACES = 8;

/**
 * Time for steps under way at a stop, in milliseconds; then their calls are cut and their outcome is determined later.
 */
const LAST_STEPS_MS = 5_000;

/** Time for answers under way at a stop, in milliseconds; then their connections are cut. */
const LAST_ANSWERS_MS = 4_000;

/** Interval for closing idle connections during a stop, in milliseconds. */
const IDLE_CHECK_MS = 50;

interface BerthOptions {
  /** The folder of the database. */
  readonly dataDir: string;
  readonly engine: EngineAddress;
  /** Deadlines of engine calls; the defaults suit a busy host. */
  readonly deadlines?: Deadlines;
  /** Range for random host ports, both ends included. */
  readonly portRange: { readonly from: number; readonly to: number };
  /** Pool for picked subnets; by default that of the configuration. */
  readonly networkPool?: NetworkPool;
  /** Authentication by token; `on` by default. */
  readonly auth?: 'on' | 'off';
  /** The admin's token; by default the one in the data folder, made where there is none. */
  readonly token?: string;
  /** Names, beside localhost and addresses, under which the server may be asked. */
  readonly allowedHosts?: readonly string[];
  /** Requests a second that one token may send; by default as many as it likes. */
  readonly rateLimit?: number;
  /** Certificate and key in PEM, to serve HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The path of a Unix socket to listen on as well; by default there is none. */
  readonly socket?: string | undefined;
  /** The owner label; by default the one that the database was made with. */
  readonly instance?: string;
  /** File of the keys that seal secrets; by default the one in the data folder, made where there is none. */
  readonly secretsKeyFile?: string | undefined;
  /** The docker CLI's `config.json`, as a further source of registry credentials; by default none. */
  readonly dockerConfig?: string | undefined;
  /** The file of the policy; by default the default policy holds. */
  readonly policyFile?: string;
  /** Maximum number of file descriptors of this process, which limits its connections; unlimited by default. */
  readonly fileDescriptors?: number;
  readonly log: FastifyBaseLogger;
  /** The folder that the page was built to; by default there is none. */
  readonly pageDir?: string | undefined;
}

/** Berth, wired: the one place where the parts meet. */
export interface Berth {
  readonly app: FastifyInstance;
  /** The owner label; another one only after a restore. */
  instance(): string;
  /** The file with the admin's token; undefined where it was given, or none is asked for. */
  readonly tokenFile: string | undefined;
  /** Listens, on the Unix socket too. @returns the URL */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** Begins to observe and to reconcile. The API answers before that. */
  start(): void;
  /** Makes what the first requests would wait for, in the turns of the event loop that follow. */
  makeAhead(): void;
  /** Reloads the policy file. @throws Error with a sentence for a person; the previous policy then stays active */
  reloadPolicy(): Promise<void>;
  /** Ends open requests, lets the steps under way come to their end, and closes the database. */
  stop(): Promise<void>;
}

/** @throws Error with a sentence for a person when the policy can't be read, or the database can't be used */
export async function openBerth(options: BerthOptions): Promise<Berth> {
  const { dataDir, portRange, instance, log, pageDir } = options;
  const random = Math.random;
  const clock = systemClock;
  const policies = openPolicies({
    file: options.policyFile,
    now: clock.now,
    readFile: (path) => readFileSync(path, 'utf8'),
    // Only an engine on a local socket can have this process's file system.
    followLinks: options.engine.host.startsWith('unix://') ? followLinks : undefined,
  });
  makeDataFolder(dataDir);
  const readKeys = secretsKeys(dataDir, options.secretsKeyFile);
  let observed: ObservedState | undefined;
  const store = await openStore({
    ...{ dataDir, portRange, now: clock.now, random, ...(instance && { instance }) },
    ...(options.networkPool && { networkPool: options.networkPool }),
    subnetsInUse: () => subnetsBeside(observed?.networks() ?? [], store.instance(), options.engine.host),
    isAddressInUse: (network, address, uid) =>
      observed !== undefined && isAddressInUse(observed, { network, address }, uid),
  });
  const vault = createVault(store, readKeys);
  const dockerConfig = options.dockerConfig === undefined ? undefined : dockerConfigFile(options.dockerConfig);
  const metrics = createMetrics(VERSION);
  const measured = observedEngine(dockerEngine(options.engine, options.deadlines), { log, called: metrics.engineCall });
  const credentialsFor = createPullCredentials({ store, vault, dockerConfig, now: clock.now });
  const credentialed = credentialedEngine(measured, credentialsFor);
  const engine = guardedEngine(credentialed, policies);
  const checks = createTagChecks(clock.now);
  const reconciler = createReconciler({
    store: reconcilerStore(store),
    engines: new Map([[LOCAL_HOST, engine]]),
    clock,
    random,
    log,
    telemetry: metrics,
    places: PLACES,
    slices,
    refusal: policies.refusal,
    openSecret: vault.open,
    imageUpdate: checks.find,
  });
  const imageUpdates = createImageUpdates({
    ...{ store, reconciler, policies, checks, clock, random, log },
    checkTag: createCheckTag(credentialsFor),
  });
  observed = reconciler.hosts.local.observed;
  const admin = options.auth === 'off' ? undefined : adminToken(dataDir, options.token);
  const reader = createImportReader();
  const sender = createSender({ targetRefusal: policies.targetRefusal });
  const dispatcher = createDispatcher({
    ...{ store, vault, send: sender.send, clock, random },
    warn: (fields, message) => log.warn(fields, message),
    counted: metrics.webhookDelivery,
  });
  const services = createServices({
    deliveries: { dispatcher, send: sender.send },
    store,
    backups: store.backups,
    reconciler,
    policies,
    vault,
    dockerConfig,
    random,
    now: clock.now,
    admin: admin?.secret,
    auditFailed: (err, entries) => log.error({ err, entries }, 'audit entries could not be recorded'),
    portUnreachable: (host) => portWatches.get(host)?.found(),
    slices,
    reader,
  });
  const hosts = [...reconciler.hosts.all()];
  const portWatchOf = (host: Host): PortWatch =>
    createPortWatch({
      definitions: () => [...store.all()].filter((definition) => reconciler.hosts.of(definition) === host),
      statusOf: reconciler.status.of,
      check: (publishers, signal) => services.portChecks.all(host, publishers, signal),
      clock,
      warn: (fields, message) => log.warn(fields, message),
      onReconnected: host.onReconnected,
      isAtRest: host.isAtRest,
      isReachable: () => host.observed.engine.reachable,
    });
  const portWatches = new Map(hosts.map((host) => [host.name, portWatchOf(host)]));
  const ahead = createAhead();
  const app = await buildApp({
    services,
    ahead,
    metrics,
    logger: log,
    pageDir,
    tls: options.tls,
    rateLimit: options.rateLimit,
    ...(options.fileDescriptors !== undefined && { connections: limitsFor(options.fileDescriptors) }),
    authenticate: admin && services.access.tokens.authenticate,
    allowedHosts: new Set(options.allowedHosts),
  });
  metrics.show({
    queueDepth: () => hosts.reduce((sum, { queue }) => sum + queue.depth, 0),
    oldestQueued: () => Math.max(...hosts.map(({ queue }) => queue.oldestMs)) / 1000,
    watchers: services.events.watchers,
    definitions() {
      const all = [...store.all()];
      const notReady = all.flatMap((definition) => {
        const { ready, conditions } = reconciler.status.of(definition);
        const reason = conditions.find(({ type }) => type === 'Ready')?.reason ?? 'Unknown';
        return ready ? [] : [{ container: definition.name, reason }];
      });
      return { ready: all.length - notReady.length, notReady };
    },
    engineReachable: () => hosts.every(({ observed }) => observed.engine.reachable),
    held: () => store.hold() !== null,
  });
  const servers: Server[] = [app.server];
  const unused = new Set<Socket>();
  noteUnused(app.server, unused);
  return {
    app,
    tokenFile: admin?.file,
    async listen(at) {
      const url = await app.listen(at);
      if (options.socket !== undefined) {
        const local = await listenOnSocket(app, options.socket);
        noteUnused(local, unused);
        servers.push(local);
      }
      return url;
    },
    instance: store.instance,
    start() {
      for (const watch of portWatches.values()) watch.start();
      reconciler.start();
      dispatcher.start();
      imageUpdates.start();
    },
    makeAhead: ahead.begin,
    reloadPolicy: services.access.policy.reloadPolicy,
    async stop() {
      for (const watch of portWatches.values()) watch.stop();
      const checksEnded = imageUpdates.stop();
      await closeApp(app, servers, unused, clock);
      await Promise.all([services.access.audit.audited(), reader.close(), checksEnded]);
      await dispatcher.stop();
      await sender.close();
      const cancel = clock.after(LAST_STEPS_MS, () => engine.close());
      await reconciler.stop();
      cancel();
      engine.close();
      await store.close();
    },
  };
}

/** Subnets of networks that aren't Berth's own, and of the host's other routes where the engine is on this host. */
function subnetsBeside(networks: readonly EngineNetwork[], instance: string, engineHost: string): readonly Subnet[] {
  const isOwn = (network: EngineNetwork): boolean => network.instance === instance;
  const own = new Set(subnetsOf(networks.filter(isOwn)).map(({ text }) => text));
  const routes = engineHost.startsWith('unix://') ? hostRoutes() : [];
  return [...subnetsOf(networks.filter((one) => !isOwn(one))), ...routes.filter(({ text }) => !own.has(text))];
}

/**
 * The connections that no request has come over yet: to Node they are not idle, and would hold up a closing. With TLS a
 * request comes over another object than the connection that is reported: that it is the same one shows in where it is from.
 */
function noteUnused(server: Server, unused: Set<Socket>): void {
  const byPeer = new Map<string, Socket>();
  const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
  server.on('connection', (socket) => {
    const peer = peerOf(socket);
    unused.add(socket);
    byPeer.set(peer, socket);
    socket.once('close', () => {
      unused.delete(socket);
      if (byPeer.get(peer) === socket) byPeer.delete(peer);
    });
  });
  server.on('request', ({ socket }) => {
    const own = socket instanceof TLSSocket ? byPeer.get(peerOf(socket)) : socket;
    if (own !== undefined) unused.delete(own);
  });
}

/** Takes no new connections, and ends those that are there: unused and idle ones at once, all in the end. */
async function closeApp(
  app: FastifyInstance,
  servers: readonly Server[],
  unused: ReadonlySet<Socket>,
  clock: Clock,
): Promise<void> {
  // A connection that was busy when the closing began would be kept alive after its answer.
  const idle = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
    for (const socket of unused) socket.destroy();
  }, IDLE_CHECK_MS);
  const cancel = clock.after(LAST_ANSWERS_MS, () => {
    for (const server of servers) server.closeAllConnections();
  });
  const others = servers.filter((server) => server !== app.server && server.listening);
  const ended = others.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  try {
    await app.close();
    await Promise.all(ended);
  } finally {
    clearInterval(idle);
    cancel();
  }
}
