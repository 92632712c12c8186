/** Every request that the fuzzer may send: what is aimed at, and how a request is written that hits it. */

import fc from 'fast-check';
import type { OpenApi } from '../document.js';
import { at, changesAt, files, wholes } from './bodies.js';
import { CONTENT_TYPES, HEADERS, IN_HEADERS, IN_TARGETS, METHODS, TEXTS } from './hostile.js';
import { RAW, type RawRequest } from './raw.js';
import { type Body, type FuzzedOperation, type Parameter, type Place, placesOf, surfaceOf } from './surface.js';
import { BASES, valuesOf } from './valid.js';

/** A request as it is written; nothing of it is encoded any more. */
export interface WrittenRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer | undefined;
}

export type FuzzRequest = { readonly label: string } & (
  | { readonly kind: 'written'; readonly request: WrittenRequest }
  | { readonly kind: 'raw'; readonly request: RawRequest }
);

/** One thing to be made bad, or none, and all the requests that do so. */
export interface Aim {
  readonly label: string;
  readonly requests: fc.Arbitrary<FuzzRequest>;
}

/** A request in parts, before it is written. */
interface Draft {
  readonly method: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly type?: string | undefined;
  readonly body?: Buffer | undefined;
}

/**
 * Everything in the document to be aimed at, and what no document has: each operation as it is meant, each parameter,
 * each place in each body, bodies as a whole, headers, media types and methods, and requests that are no HTTP.
 *
 * @param backup what `GET /v1/backup` gave, for restores
 */
export const aimsOf = (document: OpenApi, backup: Buffer): readonly Aim[] => [
  ...surfaceOf(document).flatMap((operation) => aimsAt(document, operation, backup)),
  ...RAW.map((request) => ({
    label: `raw: ${request.label}`,
    requests: fc.constant({ label: `raw: ${request.label}`, kind: 'raw', request } as const),
  })),
];

function aimsAt(document: OpenApi, operation: FuzzedOperation, backup: Buffer): readonly Aim[] {
  const { id, bodies, parameters } = operation;
  const good = draftsOf(document, operation, backup);
  const aim = (what: string, drafts: fc.Arbitrary<Draft>): Aim => {
    const label = `${id}: ${what}`;
    return { label, requests: drafts.map((draft) => ({ label, kind: 'written', request: written(operation, draft) })) };
  };
  const bad = <T>(what: string, hostile: fc.Arbitrary<T>, change: (draft: Draft, value: T) => Draft): Aim =>
    aim(
      what,
      fc.tuple(good, hostile).map(([draft, value]) => change(draft, value)),
    );
  const json = bodies.filter(({ type }) => type.endsWith('json'));
  return [
    aim('as it is meant', good),
    aim('as it is meant', good),
    ...parameters.map((parameter) =>
      bad(`${parameter.in} ${parameter.name}`, hostileFor(parameter), withParameter(parameter)),
    ),
    bad('an unknown parameter', fc.tuple(inTarget, inTarget), (draft, [name, value]) => ({
      ...draft,
      query: [...draft.query, `${name}=${value}`],
    })),
    bad('an odd path', fc.tuple(fc.constantFrom(...IN_TARGETS), fc.boolean()), (draft, [text, isBefore]) => ({
      ...draft,
      path: isBefore ? { ...draft.path, before: text } : { ...draft.path, after: text },
    })),
    bad('a header', fc.tuple(fc.constantFrom(...HEADERS), inHeader), (draft, header) => ({
      ...draft,
      headers: [...draft.headers, header],
    })),
    bad('the method', fc.constantFrom(...METHODS), (draft, method) => ({ ...draft, method })),
    bad('the media type', fc.constantFrom(...CONTENT_TYPES), (draft, type) => ({ ...draft, type })),
    ...(bodies.length === 0
      ? [bad('a body that is not wanted', wholes, (draft, whole) => withBody(draft, whole('{}')))]
      : []),
    ...json.flatMap((body) => [
      ...allPlaces(document, operation, body).map((place) =>
        aim(
          `/${place.join('/')}`,
          fc
            .tuple(good, basesWith(document, operation, body, place), changesAt(place))
            .map(([draft, base, change]) => ({ ...withBody(draft, Buffer.from(change(base))), type: body.type })),
        ),
      ),
      ...Array.from({ length: 3 }, () =>
        aim(
          'the whole body',
          fc
            .tuple(good, basesWith(document, operation, body, []), wholes)
            .map(([draft, base, whole]) => withBody(draft, whole(JSON.stringify(base)))),
        ),
      ),
    ]),
    ...(bodies.length > json.length
      ? Array.from({ length: 8 }, () => bad('the file', files, (draft, change) => withBody(draft, change(backup))))
      : []),
  ];
}

const withBody = (draft: Draft, body: Buffer): Draft => ({ ...draft, body });

/** A merge patch may have any field by its schema, and has those of a definition. */
const allPlaces = (document: OpenApi, { id }: FuzzedOperation, { schema }: Body): readonly Place[] =>
  placesOf(document, id === 'patchContainer' ? { $ref: '#/components/schemas/DefinitionInput' } : schema);

/** Good bodies, those first that have the place. */
function basesWith(document: OpenApi, { id }: FuzzedOperation, body: Body, place: Place): fc.Arbitrary<unknown> {
  const bases = [...body.examples, ...(BASES[id] ?? [])];
  const fitting = bases.filter((base) => at(base, place) !== undefined);
  const made = valuesOf(document, body.schema);
  return fc
    .tuple(bases.length === 0 ? made : fc.constantFrom(...(fitting.length === 0 ? bases : fitting)), fc.nat(999))
    .map(([base, n]) =>
      id === 'createContainer' && place[0] !== 'name' ? { ...(base as object), name: `c${n}` } : base,
    );
}

/** Requests of an operation that may well be taken. */
function draftsOf(document: OpenApi, operation: FuzzedOperation, backup: Buffer): fc.Arbitrary<Draft> {
  const { method, parameters, bodies } = operation;
  const parts = parameters.map((parameter) =>
    goodFor(document, parameter).chain((value) =>
      parameter.required
        ? fc.constant([parameter, value] as const)
        : fc.constantFrom(null, null, null, [parameter, value] as const),
    ),
  );
  const bodyOf = (body: Body): fc.Arbitrary<Partial<Draft>> =>
    (body.type.endsWith('json')
      ? fc
          .oneof(
            { weight: 3, arbitrary: basesWith(document, operation, body, []) },
            { weight: 1, arbitrary: valuesOf(document, body.schema) },
          )
          .map((value) => Buffer.from(JSON.stringify(value)))
      : fc.constant(backup)
    ).map((bytes) => ({ type: body.type, body: bytes }));
  return fc
    .tuple(fc.tuple(...parts), bodies.length === 0 ? fc.constant({}) : fc.oneof(...bodies.map(bodyOf)))
    .map(([given, body]) =>
      given.reduce<Draft>(
        (draft, one) =>
          one === null
            ? draft
            : withParameter(one[0])(draft, one[0].in === 'header' ? one[1] : encodeURIComponent(one[1])),
        { method, path: {}, query: [], headers: [], ...body },
      ),
    );
}

const goodFor = (document: OpenApi, { name, in: place, schema, example }: Parameter): fc.Arbitrary<string> => {
  if (name === 'name' && place === 'path') return fc.constantFrom('web', 'db', 'absent');
  // Nothing comes of waiting where there is no engine.
  if (name === 'wait') return fc.constant('0');
  if (example !== undefined) return fc.constant(String(example));
  if (place === 'header') return fc.constantFrom('"1"', '*', 'key-1', '7');
  const values = schema.items === undefined ? valuesOf(document, schema) : valuesOf(document, schema.items);
  return values.map((value) => String(value));
};

const inTarget = fc.oneof(
  fc.constantFrom(...IN_TARGETS),
  fc.constantFrom(...TEXTS).map((text) => encodeURIComponent(text)),
);
const inHeader = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...IN_HEADERS) },
  { weight: 1, arbitrary: fc.constantFrom(...TEXTS) },
);
const hostileFor = ({ in: place }: Parameter): fc.Arbitrary<string> => (place === 'header' ? inHeader : inTarget);

/** Sets a parameter, once more where it may be there already. */
const withParameter =
  ({ name, in: place }: Parameter) =>
  (draft: Draft, text: string): Draft => {
    switch (place) {
      case 'path':
        return { ...draft, path: { ...draft.path, [name]: text } };
      case 'query':
        return { ...draft, query: [...draft.query, `${name}=${text}`] };
      case 'header':
        return { ...draft, headers: [...draft.headers, [name, text]] };
    }
  };

function written({ template }: FuzzedOperation, draft: Draft): WrittenRequest {
  const { before = '', after = '', ...named } = draft.path;
  const path = `${before}${template.replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? 'x')}${after}`;
  const target = `${path}${draft.query.length === 0 ? '' : `?${draft.query.join('&')}`}`;
  const type = draft.type === undefined ? [] : [['Content-Type', draft.type] as const];
  return { method: draft.method, target: notWaiting(target), headers: [...type, ...draft.headers], body: draft.body };
}

/** A target that asks to wait for long does so for a second. */
const notWaiting = (target: string): string =>
  target.replace(/([?&]wait=)([^&]*)/g, (whole, name: string, value: string) => {
    const seconds = Number(value.replaceAll('%20', ' '));
    return seconds > 0 && seconds <= 300 ? `${name}1` : whole;
  });
