import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { failPoint } from '../observability/fail-point.js';
import type { Services } from '../service/services.js';
import { PolicyInForce, policyRoutes } from './access/policy.js';
import { secretsKeyRoutes } from './access/secrets-key.js';
import { tokenRoutes } from './access/tokens.js';
import { applyRoutes } from './apply/routes.js';
import { restoreRoutes, restoreUpload } from './backup/routes.js';
import { restoreComponents } from './backup/schemas.js';
import { checkLinkRoutes } from './check-link/routes.js';
import { components } from './components.js';
import { adoptRoutes } from './containers/adopt.js';
import { execRoutes } from './containers/exec.js';
import { logRoutes } from './containers/logs.js';
import { containerPatch, containerReads, containerWrites } from './containers/routes.js';
import { runtimeRoutes } from './containers/runtime.js';
import { statsRoutes } from './containers/stats.js';
import { eventRoutes } from './events/routes.js';
import { imageRoutes } from './images/routes.js';
import { exportComposeRoutes } from './import-export/export-compose.js';
import { importComposeRoutes } from './import-export/import-compose.js';
import { importDockerRunRoutes } from './import-export/import-docker-run.js';
import { jobRoutes } from './jobs/jobs.js';
import { networkRoutes } from './networks/routes.js';
import { type Ahead, createAhead } from './openapi/ahead.js';
import { ProblemDetails } from './openapi/problem-schema.js';
import { serializerBuilder } from './openapi/serializer.js';
import { validatorBuilder } from './openapi/validator.js';
import { docs, openApi } from './operations/docs.js';
import { engineRoutes } from './operations/engine.js';
import { healthRoutes } from './operations/health.js';
import { type Exposition, metricRoutes } from './operations/metrics.js';
import { migrateLinksRoutes } from './operations/migrate-links.js';
import { page } from './operations/page.js';
import { problemDocs } from './operations/problems.js';
import { auditing } from './pipeline/audit.js';
import { documentAccess } from './pipeline/auth/access-docs.js';
import { type Authenticate, authorise } from './pipeline/auth/auth.js';
import { checkHostAndOrigin } from './pipeline/auth/host-origin.js';
import { boundConnections, CONNECTION_LIMITS, type ConnectionLimits } from './pipeline/connections.js';
import { giveHeaders, ownHeaders } from './pipeline/default-headers.js';
import { problems, rememberRoutes, sendProblem, toProblem } from './pipeline/errors.js';
import { idempotency } from './pipeline/idempotency.js';
import { limitRate } from './pipeline/rate-limit.js';
import { refuse, refuseAsWeDo, SERVER } from './pipeline/raw-http-errors.js';
import { redaction } from './pipeline/redaction.js';
import { RequestLog } from './pipeline/request-log.js';
import { measureRequests, type RequestMeter } from './pipeline/request-meter.js';
import { checkPortsRoutes } from './ports/check-ports.js';
import { portRoutes } from './ports/routes.js';
import { conditionalReads } from './protocol/conditional.js';
import { jsonBody } from './protocol/json-body.js';
import { openStreams, type Pace } from './protocol/streaming.js';
import { registryRoutes } from './registries/registries.js';
import { secretRoutes } from './secrets/secrets.js';
import { topologyRoutes } from './topology/routes.js';
import { webhookRoutes } from './webhooks/routes.js';

const BODY_LIMIT_BYTES = 256 * 1024;
/** Time for headers and body to arrive, in milliseconds; the wait for a response is not limited by it. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Time for each part of the app to start, in milliseconds: a busy machine is no reason to end. */
const PLUGIN_TIMEOUT_MS = 120_000;
const REQUEST_ID = /^[\w-]{1,64}$/;

/** Builds the HTTP side of Berth from its parts. Does not listen yet. */
export async function buildApp(parts: {
  readonly services: Services;
  readonly metrics: Exposition & RequestMeter;
  readonly logger?: FastifyBaseLogger;
  /** Authenticates requests; by default no token is needed. */
  readonly authenticate?: Authenticate | undefined;
  /** Host names of this server, besides localhost and addresses. */
  readonly allowedHosts?: ReadonlySet<string>;
  /** Requests a second for each token; by default unlimited. */
  readonly rateLimit?: number | undefined;
  /** Certificate and key in PEM, to serve HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** The folder of the page at `/`; without one, `/` redirects to Swagger UI. */
  readonly pageDir?: string | undefined;
  /** Heartbeat and timeout of streamed responses. */
  readonly pace?: Pace;
  /** Limits on connections and their use of memory; by default {@link CONNECTION_LIMITS}. */
  readonly connections?: Partial<ConnectionLimits> | undefined;
  /** Takes what is worth making before the first requests; it ends with the app. */
  readonly ahead?: Ahead | undefined;
}): Promise<FastifyInstance> {
  const { services, metrics, logger, pageDir, pace, tls, rateLimit = 0, ahead = createAhead() } = parts;
  const app: FastifyInstance = Fastify({
    ...(tls === undefined ? { http: SERVER } : { https: { ...SERVER, ...tls } }),
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
    routerOptions: { maxParamLength: 255 },
    schemaController: {
      compilersFactory: { buildSerializer: serializerBuilder(ahead), buildValidator: validatorBuilder(ahead) },
    },
    clientErrorHandler: refuse,
    frameworkErrors: (error, request, reply) => {
      reply.headers(ownHeaders(request));
      sendProblem(toProblem(error), request, reply);
    },
  });
  boundConnections(app, { ...CONNECTION_LIMITS, ...(pace && { stuckMs: pace.stuck }), ...parts.connections });
  rememberRoutes(app);
  measureRequests(app, metrics);
  problems(app);
  giveHeaders(app);
  refuseAsWeDo(app);
  documentAccess(app);
  checkHostAndOrigin(app, parts.allowedHosts ?? new Set());
  authorise(app, parts.authenticate ?? null);
  await limitRate(app, rateLimit);
  redaction(app);
  auditing(app, services.access.audit);
  app.addHook('onSend', ({ method }, _, __, done) => {
    if (method !== 'GET' && method !== 'HEAD') failPoint('before-answer');
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, jsonBody);

  const streams = openStreams(app, pace);
  idempotency(app, services.answers);
  for (const schema of [ProblemDetails, ...components, ...restoreComponents, PolicyInForce]) app.addSchema(schema);
  await openApi(app);
  await app.register(
    async (scope) => {
      conditionalReads(scope);
      containerWrites(scope, services.containers, streams);
      await scope.register(async (patching) => containerPatch(patching, services.containers, streams));
      applyRoutes(scope, services.apply, streams);
      adoptRoutes(scope, services.containers);
      importDockerRunRoutes(scope, services.importExport, streams);
      importComposeRoutes(scope, services.importExport, streams);
      exportComposeRoutes(scope, services.importExport);
      containerReads(scope, services.containers);
      jobRoutes(scope, services.jobs);
      runtimeRoutes(scope, services.links, services.runtime);
      portRoutes(scope, services.ports);
      networkRoutes(scope, services.networks, streams);
      logRoutes(scope, services.runtime, streams);
      checkLinkRoutes(scope, services.links, streams);
      checkPortsRoutes(scope, services.ports, streams);
      topologyRoutes(scope, services.topology);
      statsRoutes(scope, services.runtime, streams);
      execRoutes(scope, services.runtime, streams);
      imageRoutes(scope, services.images, streams);
      registryRoutes(scope, services.registries);
      secretRoutes(scope, services.secrets);
      webhookRoutes(scope, services.webhooks, streams);
      engineRoutes(scope, services.engine);
      eventRoutes(scope, services.events, streams);
      migrateLinksRoutes(scope, services.links);
      policyRoutes(scope, services.access.policy);
      secretsKeyRoutes(scope, services.access.keys);
      restoreRoutes(scope, services.backup);
      tokenRoutes(scope, services.access.tokens, streams);
      await scope.register(async (upload) => restoreUpload(upload, services.backup));
    },
    { prefix: '/v1' },
  );
  healthRoutes(app, services.engine);
  metricRoutes(app, metrics);
  problemDocs(app);
  await docs(app);
  await page(app, pageDir);
  ahead.add(() => app.swagger());
  app.addHook('onClose', async () => ahead.end());
  return app;
}
