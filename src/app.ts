import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { PROBLEMS, type ProblemCode } from './domain/problem.js';
import { adoptRoutes } from './http/adopt.js';
import { applyRoutes } from './http/apply.js';
import { auditing } from './http/auditing.js';
import { checkLinkRoutes } from './http/check-link.js';
import { containerReads } from './http/containers-read.js';
import { containerPatch, containerWrites } from './http/containers-write.js';
import { docs, openApi, problemDocs } from './http/docs.js';
import { engineRoutes } from './http/engine.js';
import { eventRoutes } from './http/events.js';
import { execRoutes } from './http/exec.js';
import { exportComposeRoutes } from './http/export-compose.js';
import { type GateOptions, gate, OPEN } from './http/gate.js';
import { healthRoutes } from './http/health.js';
import { idempotency } from './http/idempotency.js';
import { imageRoutes } from './http/images.js';
import { importComposeRoutes } from './http/import-compose.js';
import { importDockerRunRoutes } from './http/import-docker-run.js';
import { jsonBody } from './http/json.js';
import { limitRate } from './http/limits.js';
import { logRoutes } from './http/logs.js';
import { type Exposition, metricRoutes } from './http/metrics.js';
import { LEFT_TO_US, refuseAsWeDo } from './http/node-refusals.js';
import { page } from './http/page.js';
import { PolicyInForce, policyRoutes } from './http/policy.js';
import { portRoutes } from './http/ports.js';
import { ProblemDetails, problems, rememberRoutes, sendProblem, toProblem } from './http/problem.js';
import { redaction } from './http/redaction.js';
import { restoreRoutes, restoreUpload } from './http/restore.js';
import { restoreComponents } from './http/restore-schemas.js';
import { components } from './http/schemas.js';
import { buildSerializer } from './http/serializer.js';
import { statsRoutes } from './http/stats.js';
import { openStreams, type Pace } from './http/streams.js';
import { tokenRoutes } from './http/tokens.js';
import { topologyRoutes } from './http/topology.js';
import type { App } from './http/types.js';
import { buildValidator } from './http/validator.js';
import { failPoint } from './observability/fail-point.js';
import type { Service } from './service/service.js';

const BODY_LIMIT_BYTES = 256 * 1024;
/** How long headers and body may take to arrive, in milliseconds; waiting for an answer is not limited by it. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How long each part of the app may take to be made, in milliseconds: a machine that is busy is no reason to end. */
const PLUGIN_TIMEOUT_MS = 120_000;
/** How often requests are looked through for those that take longer, in milliseconds. */
const TIMEOUT_CHECK_MS = 5_000;
/** After how much silence a connection is asked whether it is still there, in milliseconds. */
const KEEP_ALIVE_MS = 60_000;
/** For Node's server, with TLS or without. */
const SERVER = {
  ...LEFT_TO_US,
  connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  // A client whose machine has vanished says no goodbye: what it follows would stay open.
  ...{ keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
};
const REQUEST_ID = /^[\w-]{1,64}$/;

/** The HTTP side of Berth, from its parts. Does not listen yet. */
export async function buildApp(parts: {
  readonly service: Service;
  readonly metrics: Exposition;
  readonly logger?: FastifyBaseLogger;
  /** Who gets in; by default nobody is asked for a token. */
  readonly gate?: GateOptions;
  /** How many requests a second one token may send; by default as many as it likes. */
  readonly rateLimit?: number | undefined;
  /** Certificate and key in PEM, to serve HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** The folder of the page that is at `/`; without one, that leads to Swagger UI. */
  readonly pageDir?: string | undefined;
  /** How patient answers are that go on. */
  readonly pace?: Pace;
}): Promise<FastifyInstance> {
  const { service, metrics, logger, pageDir, pace, tls, rateLimit = 0 } = parts;
  const app = Fastify({
    ...(tls === undefined ? { http: SERVER } : { https: { ...SERVER, ...tls } as never }),
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    pluginTimeout: PLUGIN_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildSerializer, buildValidator } },
    clientErrorHandler: refuse,
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...ownHeaders(request), 'x-content-type-options': 'nosniff' });
      sendProblem(toProblem(error), request, reply);
    },
  });
  rememberRoutes(app);
  problems(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(ownHeaders(request));
  });
  // Before anything is refused: what a browser may do with an answer is said of refusals too.
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
  });
  refuseAsWeDo(app);
  gate(app, parts.gate ?? OPEN);
  await limitRate(app, rateLimit);
  redaction(app);
  auditing(app, service.audit);
  app.addHook('onSend', async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD') failPoint('before-answer');
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, jsonBody);

  const streams = openStreams(app, pace);
  idempotency(app as never, service);
  for (const schema of [ProblemDetails, ...components, ...restoreComponents, PolicyInForce]) app.addSchema(schema);
  await openApi(app);
  await app.register(
    async (scope) => {
      const v1 = scope.withTypeProvider<TypeBoxTypeProvider>() as unknown as App;
      containerWrites(v1, service, streams);
      await v1.register(async (patching) => containerPatch(patching as unknown as App, service, streams));
      applyRoutes(v1, service, streams);
      adoptRoutes(v1, service);
      importDockerRunRoutes(v1, service, streams);
      importComposeRoutes(v1, service, streams);
      exportComposeRoutes(v1, service);
      containerReads(v1, service);
      portRoutes(v1, service);
      logRoutes(v1, service, streams);
      checkLinkRoutes(v1, service, streams);
      topologyRoutes(v1, service);
      statsRoutes(v1, service, streams);
      execRoutes(v1, service, streams);
      imageRoutes(v1, service, streams);
      engineRoutes(v1, service);
      eventRoutes(v1, service, streams);
      policyRoutes(v1, service);
      restoreRoutes(v1, service);
      tokenRoutes(v1, service, streams);
      await v1.register(async (upload) => restoreUpload(upload as unknown as App, service));
    },
    { prefix: '/v1' },
  );
  const root = app.withTypeProvider<TypeBoxTypeProvider>() as unknown as App;
  healthRoutes(root, service);
  metricRoutes(root, metrics);
  problemDocs(root);
  await docs(app);
  await page(app, pageDir);
  return app as unknown as FastifyInstance;
}

const ownHeaders = ({ id }: FastifyRequest) => ({ 'x-request-id': id, 'cache-control': 'no-store' });

/** By Node's codes: the reason phrase, the problem, and what is wrong. */
const REFUSALS: Readonly<Record<string, readonly [string, ProblemCode, string]>> = {
  HPE_HEADER_OVERFLOW: [
    'Request Header Fields Too Large',
    'headers-too-large',
    'The headers are larger than 16 KiB: send less.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    'Request Timeout',
    'request-timeout',
    'The request took longer than 30 seconds to arrive: send it again.',
  ],
};

/** What can't even be read as HTTP is answered before there is a request. */
function refuse(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [phrase, code, detail] = REFUSALS[error.code ?? ''] ?? [
    'Bad Request',
    'invalid-body',
    'This is not HTTP/1.1 that can be read: check how the request is written.',
  ];
  const { status, title } = PROBLEMS[code];
  const requestId = randomUUID();
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    detail,
    instance: '*',
    code,
    requestId,
  });
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
