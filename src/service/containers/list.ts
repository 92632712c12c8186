import type { Definition } from '../../domain/definition/definition.js';
import { isSameImage } from '../../domain/images/image-ref.js';
import { Problem } from '../../domain/problems/problem.js';
import { splitAtEquals } from '../../lib/text/env-entry.js';
import type { ContainerView } from './views.js';

export interface ListQuery {
  /** 1 to 500. */
  readonly limit: number;
  readonly cursor?: string;
  readonly latest?: boolean;
  readonly name?: string;
  readonly image?: string;
  /** `key` or `key=value`; all must match. */
  readonly label?: readonly string[];
  /** The engine's state of the container (`running`, `exited`, …), or `absent`. */
  readonly state?: string;
  readonly ready?: boolean;
  readonly hostPort?: number;
  readonly linkedTo?: string;
  readonly set?: string;
}

const encode = (seq: number): string => Buffer.from(`after:${seq}`).toString('base64url');

/** @throws Problem `invalid-parameter` for a cursor that no list of ours gave out */
function decode(cursor: string): number {
  const seq = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (seq !== undefined) return Number(seq);
  const message = 'is not a cursor of this list: leave it out to start at the first page';
  throw new Problem('invalid-parameter', `The cursor ${message}.`, {
    faults: [{ in: 'query', pointer: '/cursor', message }],
  });
}

/** True if a view passes every filter of a query. */
function matches(view: ContainerView, query: ListQuery): boolean {
  const { name, image, label, state, ready, hostPort, linkedTo, set } = query;
  return (
    (name === undefined || view.name === name) &&
    (image === undefined || isSameImage(view.image, image)) &&
    (set === undefined || view.set === set) &&
    (label ?? []).every((wanted) => hasLabel(view.labels, wanted)) &&
    (state === undefined || (view.status.container?.state ?? 'absent') === state) &&
    (ready === undefined || view.status.ready === ready) &&
    (hostPort === undefined || hasHostPort(view, hostPort)) &&
    (linkedTo === undefined || view.links.some((link) => link.container === linkedTo))
  );
}

const hasHostPort = (view: ContainerView, hostPort: number): boolean =>
  view.ports.some((mapping) => mapping.hostPort === hostPort) ||
  view.status.ports.some((binding) => binding.hostPort === hostPort);

function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const [key, value] = splitAtEquals(wanted);
  return Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
}

/**
 * One page, newest first. A cursor names a place between two definitions, so that pages neither skip nor repeat what
 * stays while others come and go.
 */
export function page(
  newestFirst: Iterable<Definition>,
  view: (definition: Definition) => ContainerView,
  query: ListQuery,
): { readonly items: readonly ContainerView[]; readonly nextCursor: string | null } {
  const limit = query.latest === true ? 1 : query.limit;
  const below = query.cursor === undefined ? Number.POSITIVE_INFINITY : decode(query.cursor);
  const items: ContainerView[] = [];
  let last = 0;
  for (const definition of newestFirst) {
    if (definition.seq >= below) continue;
    const one = view(definition);
    if (!matches(one, query)) continue;
    if (items.length === limit) return { items, nextCursor: query.latest === true ? null : encode(last) };
    items.push(one);
    last = definition.seq;
  }
  return { items, nextCursor: null };
}
