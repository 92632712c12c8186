import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { adoptRoutes } from './http/adopt.js';
import { applyRoutes } from './http/apply.js';
import { auditing } from './http/auditing.js';
import { checkLinkRoutes } from './http/check-link.js';
import { checkPortsRoutes } from './http/check-ports.js';
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
import { refuse, refuseAsWeDo, SERVER } from './http/node-refusals.js';
import { giveHeaders, ownHeaders } from './http/own-headers.js';
import { page } from './http/page.js';
import { PolicyInForce, policyRoutes } from './http/policy.js';
import { portRoutes } from './http/ports.js';
import { ProblemDetails, problems, rememberRoutes, sendProblem, toProblem } from './http/problem.js';
import { redaction } from './http/redaction.js';
import { RequestLog } from './http/request-log.js';
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
    return503OnClosing: false,
    logController: new RequestLog(),
    routerOptions: { maxParamLength: 800 },
    schemaController: { compilersFactory: { buildSerializer, buildValidator } },
    clientErrorHandler: refuse,
    frameworkErrors: (error, request, reply) => {
      reply.headers(ownHeaders(request));
      sendProblem(toProblem(error), request, reply);
    },
  });
  rememberRoutes(app);
  problems(app);
  giveHeaders(app);
  refuseAsWeDo(app);
  gate(app, parts.gate ?? OPEN);
  await limitRate(app, rateLimit);
  redaction(app);
  auditing(app, service.audit);
  app.addHook('onSend', ({ method }, _, __, done) => {
    if (method !== 'GET' && method !== 'HEAD') failPoint('before-answer');
    done();
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
      checkPortsRoutes(v1, service, streams);
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
