import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DefinitionInput as Input } from '../../domain/definition/definition.js';
import type { ContainerReads } from '../../service/containers/read.js';
import type { ContainerWrites } from '../../service/containers/write.js';
import type { Outcome, WriteOptions } from '../../service/core/options.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { keyedWrite } from '../pipeline/idempotency.js';
import { seesValues } from '../pipeline/redaction.js';
import { schemaProblem } from '../pipeline/validation-errors.js';
import { etagOf, preconditions } from '../protocol/conditional.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { jsonBody } from '../protocol/json-body.js';
import { mergePatch } from '../protocol/merge-patch.js';
import { patience } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import {
  createContainer,
  definition,
  deleteContainer,
  getContainer,
  listContainers,
  MERGE_PATCH,
  patchContainer,
  putContainer,
  restartContainer,
  startContainer,
  stopContainer,
} from './contract.js';
import { withoutReadOnly } from './definition-input.js';
import { containerJson, pageWriter } from './json-cache.js';

/** The part of a write's input that its options come from. */
interface WriteInput {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: { readonly dryRun?: boolean; readonly wait?: number };
  readonly headers: { readonly 'if-match'?: string; readonly 'if-none-match'?: string };
}

const STATUS = { created: 201, updated: 200, unchanged: 200, accepted: 202, gone: 200, 'dry-run': 200 } as const;

const pathOf = (name: string): string => `/v1/containers/${name}`;

/** Sets the status and headers of a write's response, and returns its body. */
function render({ kind, container: view }: Outcome, reply: FastifyReply): Outcome['container'] {
  const isOfPost = reply.request.routeOptions.url === '/v1/containers';
  if (kind === 'created' || (kind === 'accepted' && isOfPost)) reply.header('location', pathOf(view.name));
  reply.code(STATUS[kind]).header('etag', etagOf(view.generation));
  return view;
}

/** Reads the options of a write from its query and headers. */
const optionsWith =
  (streams: Streams) =>
  ({ request, reply, query, headers }: WriteInput): WriteOptions => {
    const { dryRun = false, wait = 0 } = query;
    const keyed = keyedWrite(request, reply, render);
    return {
      dryRun,
      ...patience(wait, reply, streams),
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
      ...preconditions(headers),
    };
  };

/** Registers all writes of the desired state except the patch. */
export function containerWrites(app: FastifyInstance, containers: ContainerWrites, streams: Streams): void {
  const optionsOf = optionsWith(streams);
  route(app, createContainer, async ({ body, ...write }) => {
    const input = withoutReadOnly(body as Input);
    return render(await containers.create(input, optionsOf(write)), write.reply);
  });

  route(app, putContainer, async ({ params, body, ...write }) => {
    const input = withoutReadOnly(body as Input);
    return render(await containers.put(params.name, input, optionsOf(write)), write.reply);
  });

  route(app, deleteContainer, async ({ params, ...write }) => {
    const { force = false } = write.query;
    return render(await containers.remove(params.name, { ...optionsOf(write), force }), write.reply);
  });

  route(app, startContainer, async ({ params, ...write }) =>
    render(await containers.start(params.name, optionsOf(write)), write.reply),
  );

  route(app, stopContainer, async ({ params, ...write }) =>
    render(await containers.stop(params.name, optionsOf(write)), write.reply),
  );

  route(app, restartContainer, async ({ params, ...write }) =>
    render(await containers.restart(params.name, optionsOf(write)), write.reply),
  );
}

/**
 * Registers the patch, in a scope of its own: only there a body may be a merge patch. The result is checked as a PUT's
 * body is, so that no patch makes an invalid definition.
 */
export function containerPatch(app: FastifyInstance, containers: ContainerWrites, streams: Streams): void {
  const optionsOf = optionsWith(streams);
  app.addContentTypeParser(MERGE_PATCH, { parseAs: 'buffer' }, jsonBody);
  route(app, patchContainer, async ({ params, body, ...write }) => {
    const validate = write.request.compileValidationSchema(definition, 'body');
    const change = (current: Input): Input => {
      const merged = mergePatch(current, body);
      if (!validate(merged)) throw schemaProblem(validate.errors ?? [], 'body');
      return withoutReadOnly(merged as Input);
    };
    return render(await containers.patch(params.name, change, optionsOf(write)), write.reply);
  });
}

/** Reads of definitions and their status, answered from memory, with or without an engine. */
export function containerReads(app: FastifyInstance, containers: ContainerReads): void {
  const pageJson = pageWriter();
  route(app, listContainers, async ({ query, request, reply }) => {
    const page = containers.list({ ...query, limit: query.limit ?? 100 });
    if (!seesValues(request)) return { ...page, next: page.nextCursor };
    return reply.type(JSON_TYPE).send(pageJson(reply, page));
  });

  route(app, getContainer, async ({ params, request, reply }) => {
    const view = containers.get(params.name);
    reply.header('etag', etagOf(view.generation));
    if (!seesValues(request)) return view;
    return reply.type(JSON_TYPE).send(containerJson(reply, view));
  });
}
