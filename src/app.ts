import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import AjvCompiler from '@fastify/ajv-compiler';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { containerReads } from './http/containers-read.js';
import { containerPatch } from './http/containers-patch.js';
import { containerWrites } from './http/containers-write.js';
import { docs, openApi, problemDocs } from './http/docs.js';
import { engineRoutes } from './http/engine.js';
import { healthRoutes } from './http/health.js';
import { logRoutes } from './http/logs.js';
import { portRoutes } from './http/ports.js';
import { ProblemDetails, problems, rememberRoutes, sendProblem, toProblem } from './http/problem.js';
import { components } from './http/schemas.js';
import { openStreams } from './http/streams.js';
import type { App } from './http/types.js';
import type { Service } from './service/service.js';

const BODY_LIMIT_BYTES = 256 * 1024;
/** How long headers and body may take to arrive, in milliseconds; waiting for an answer is not limited by it. */
const REQUEST_TIMEOUT_MS = 30_000;
const REQUEST_ID = /^[\w-]{1,64}$/;

const ajvFor = AjvCompiler();
type BuildValidator = ReturnType<typeof AjvCompiler>;

/** JSON bodies are checked as they are; parameters, which are all text, are read as the type that is declared. */
const buildValidator = ((external: never, options: { customOptions?: object } | undefined) => {
  const custom = { ...options?.customOptions, allErrors: true, verbose: true, removeAdditional: false, strict: false } as const;
  const body = ajvFor(external, {
    ...options,
    customOptions: { ...custom, coerceTypes: false, useDefaults: false },
  } as never);
  const text = ajvFor(external, {
    ...options,
    customOptions: { ...custom, coerceTypes: 'array', useDefaults: true },
  } as never);
  return (route: { httpPart?: string }) => (route.httpPart === 'body' ? body : text)(route as never);
}) as unknown as BuildValidator;

/** The HTTP side of Berth, from its parts. Does not listen yet. */
export async function buildApp(parts: {
  readonly service: Service;
  readonly logger?: FastifyBaseLogger;
}): Promise<FastifyInstance> {
  const { service, logger } = parts;
  const app = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator } },
    clientErrorHandler: refuse,
    frameworkErrors: (error, request, reply) => {
      reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
      sendProblem(toProblem(error), request, reply);
    },
  });
  rememberRoutes(app);
  problems(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
  });
  app.removeContentTypeParser('text/plain');

  const streams = openStreams(app);
  for (const schema of [ProblemDetails, ...components]) app.addSchema(schema);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
  });
  await openApi(app);
  await app.register(
    async (scope) => {
      const v1 = scope.withTypeProvider<TypeBoxTypeProvider>() as unknown as App;
      containerWrites(v1, service, streams);
      await v1.register(async (patching) => containerPatch(patching as unknown as App, service, streams));
      containerReads(v1, service);
      portRoutes(v1, service);
      logRoutes(v1, service, streams);
      engineRoutes(v1, service);
    },
    { prefix: '/v1' },
  );
  const root = app.withTypeProvider<TypeBoxTypeProvider>() as unknown as App;
  healthRoutes(root, service);
  problemDocs(root);
  await docs(app);
  return app as unknown as FastifyInstance;
}

const REFUSALS: Readonly<Record<string, readonly [number, string, string, string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'headers-too-large',
    'The headers are larger than 16 KiB.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    408,
    'Request Timeout',
    'request-timeout',
    'The request took longer than 30 seconds to arrive.',
  ],
};

/** What can't even be read as HTTP is answered before there is a request. */
function refuse(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, phrase, code, detail] = REFUSALS[error.code ?? ''] ?? [
    400,
    'Bad Request',
    'invalid-body',
    'This is not HTTP/1.1 that can be read.',
  ];
  const body = JSON.stringify({ type: `/problems/${code}`, title: phrase, status, detail, code });
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
