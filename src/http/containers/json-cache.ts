import type { FastifyReply } from 'fastify';
import type { ContainerView } from '../../service/containers/views.js';
import { ref } from '../openapi/schema-helpers.js';
import { Container } from './container.js';

/** Returns a function that writes a value as JSON, as its schema has it. */
export function jsonWriter<T>(reply: FastifyReply, schema: Readonly<Record<string, unknown>>): (value: T) => string {
  return reply.compileSerializationSchema(schema, '200', 'application/json') as unknown as (value: T) => string;
}

const schema = { ...ref(Container) };
/** Cached JSON of a view; it goes with the view, which every change replaces. */
const kept = new WeakMap<ContainerView, Buffer>();

/** Longest JSON that is cached, in bytes: a definition may be large, and many are cached. */
const KEPT_BYTES = 16_384;

/** Returns a container as JSON, in UTF-8. Each view is rendered once, since most reads repeat. */
export function containerJson(reply: FastifyReply, view: ContainerView): Buffer {
  const known = kept.get(view);
  if (known !== undefined) return known;
  const text = jsonWriter(reply, schema)(view);
  // Allocates its own memory: a slice of Node's pool would keep the whole pool alive.
  const json = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  json.write(text);
  if (json.length <= KEPT_BYTES) kept.set(view, json);
  return json;
}

const COMMA: Buffer = Buffer.from(',');

/** A JSON array of items that are there as bytes, of one or several parts each. @param around what it stands in, brackets included */
export function jsonArray(
  items: readonly (readonly Buffer[])[],
  around: { readonly before: string; readonly after: string },
): Buffer {
  const parts = items.flatMap((item, index) => (index === 0 ? item : [COMMA, ...item]));
  return Buffer.concat([Buffer.from(around.before), ...parts, Buffer.from(around.after)]);
}

/** A page of a list. */
interface Page {
  readonly items: readonly ContainerView[];
  readonly nextCursor: string | null;
}

/** Longest page that is cached, in bytes. */
const KEPT_PAGE_BYTES = 1_048_576;

/** Writes pages of containers as JSON, and keeps the last one: a client that polls mostly sees the same. */
export function pageWriter(): (reply: FastifyReply, page: Page) => Buffer {
  let last: { readonly page: Page; readonly json: Buffer } | undefined;
  const isLast = ({ items, nextCursor }: Page): boolean =>
    last?.page.nextCursor === nextCursor &&
    last.page.items.length === items.length &&
    last.page.items.every((view, index) => view === items[index]);
  return (reply, page) => {
    if (last !== undefined && isLast(page)) return last.json;
    const next = JSON.stringify(page.nextCursor);
    const around = { before: '{"items":[', after: `],"next":${next},"nextCursor":${next}}` };
    const json = jsonArray(
      page.items.map((view) => [containerJson(reply, view)]),
      around,
    );
    last = json.length <= KEPT_PAGE_BYTES ? { page, json } : undefined;
    return json;
  };
}
