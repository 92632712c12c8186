/** Bodies as no client should write them: one place of a good one made bad, or the whole. */

import fc from 'fast-check';
import { SPLICES, TEXTS, VALUES } from './hostile.js';
import type { Place } from './surface.js';

const HERE = '@here@';

/** A change of the JSON text of a value. */
type Change = (base: unknown) => string;

/** JSON of a value in which what is at a place is written by hand; where the place is not there, it is made. */
function rewritten(
  base: unknown,
  place: Place,
  write: (old: string | undefined, key: string | number) => string,
): string {
  const root = { base: structuredClone(base) };
  let node = root as Record<string | number, unknown>;
  let key: string | number = 'base';
  for (const token of place) {
    const child = node[key];
    const next = typeof child === 'object' && child !== null ? child : typeof token === 'number' ? [] : {};
    node[key] = next;
    node = next as Record<string | number, unknown>;
    key = token;
  }
  const old = Object.hasOwn(node, key) ? JSON.stringify(node[key]) : undefined;
  node[key] = HERE;
  return JSON.stringify(root.base).replace(`"${HERE}"`, () => write(old, key));
}

/** What a place holds; undefined where there is none. */
export const at = (base: unknown, place: Place): unknown =>
  place.reduce<unknown>(
    (node, token) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, token)
        ? (node as Record<string | number, unknown>)[token]
        : undefined,
    base,
  );

const values = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
);

/** Changes of one place: another value, none, two, an unknown neighbour; of a text also parts put in, cut out, repeated. */
export function changesAt(place: Place): fc.Arbitrary<Change> {
  const replaced = values.map(
    (raw): Change =>
      (base) =>
        rewritten(base, place, () => raw),
  );
  const doubled = values.map(
    (raw): Change =>
      (base) =>
        rewritten(base, place, (old = '1', key) =>
          typeof key === 'number' ? `${old},${raw}` : `${old},"${key}":${raw}`,
        ),
  );
  const beside = fc.tuple(fc.constantFrom(...TEXTS), values).map(
    ([name, raw]): Change =>
      (base) =>
        rewritten(base, place, (old = '1', key) =>
          typeof key === 'number' ? `${old},${raw}` : `${old},${JSON.stringify(name)}:${raw}`,
        ),
  );
  const removed = fc.constant<Change>((base) => JSON.stringify(without(base, place)));
  const spliced = splices.map(
    (splice): Change =>
      (base) =>
        rewritten(base, place, (old) =>
          JSON.stringify(splice(typeof at(base, place) === 'string' ? JSON.parse(old ?? '""') : 'a')),
        ),
  );
  return fc.oneof(
    { weight: 6, arbitrary: replaced },
    { weight: 1, arbitrary: doubled },
    { weight: 1, arbitrary: beside },
    { weight: 1, arbitrary: removed },
    { weight: 4, arbitrary: spliced },
  );
}

/** Changes of a text, somewhere in it. */
const splices: fc.Arbitrary<(text: string) => string> = fc
  .record({
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.constantFrom(0, 0, 0, 1, 3, 20),
    put: fc.oneof(fc.constantFrom(...SPLICES), fc.constantFrom(...TEXTS), fc.constant('')),
    times: fc.constantFrom(1, 1, 1, 1, 2, 50),
  })
  .map(({ from, cut, put, times }) => (text) => {
    const begin = Math.floor(from * text.length);
    const part = put === '' ? text.slice(begin, begin + 20) : put;
    return text.slice(0, begin) + part.repeat(part.length > 1000 ? 1 : times) + text.slice(begin + cut);
  });

function without(base: unknown, place: Place): unknown {
  const copy = structuredClone(base);
  const parent = at(copy, place.slice(0, -1));
  const key = place.at(-1);
  if (typeof parent === 'object' && parent !== null && key !== undefined) Reflect.deleteProperty(parent, key);
  return copy;
}

const OVER_LIMIT = 256 * 1024 + 1;
const NOT_UTF8 = ['ff', 'c0ae', 'eda080', 'f4908080', '80', 'e282', 'fffe'].map((hex) => Buffer.from(hex, 'hex'));

/** Changes of a body as a whole: no JSON, not all of it, other bytes, too many. */
export const wholes: fc.Arbitrary<(json: string) => Buffer> = fc.oneof(
  { weight: 4, arbitrary: values.map((raw) => () => Buffer.from(raw)) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...NOT_UTF8), fc.double({ min: 0, max: 1, noNaN: true })).map(
      ([bytes, where]) =>
        (json: string) =>
          inserted(Buffer.from(json), bytes, where),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((to) => (json: string) => cut(Buffer.from(json), to)),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<((json: string) => Buffer)[]>(
      () => Buffer.alloc(0),
      (json) => Buffer.from(`\uFEFF${json}`),
      (json) => Buffer.from(json, 'utf16le'),
      (json) => Buffer.from(`${json}${json}`),
      (json) => Buffer.from(`${json}\0`),
      (json) => Buffer.from(`[${json}]`),
      (json) => Buffer.from(JSON.stringify(json)),
      (json) => Buffer.from(json.padEnd(OVER_LIMIT)),
      (json) => Buffer.from(json.replace(/^\{/, `{"pad":"${'x'.repeat(OVER_LIMIT)}",`)),
      () => Buffer.alloc(OVER_LIMIT),
    ),
  },
);

const inserted = (bytes: Buffer, more: Buffer, where: number): Buffer => {
  const begin = Math.floor(where * bytes.length);
  return Buffer.concat([bytes.subarray(0, begin), more, bytes.subarray(begin)]);
};

const cut = (bytes: Buffer, to: number): Buffer => bytes.subarray(0, Math.floor(to * bytes.length));

/** Changes of a file: bytes that are others, missing, repeated, none of its kind. */
export const files: fc.Arbitrary<(file: Buffer) => Buffer> = fc.oneof(
  fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 20,
    })
    .map((changes) => (file: Buffer) => {
      const copy = Buffer.from(file);
      for (const [where, byte] of changes) copy[Math.floor(where * copy.length)] = byte;
      return copy;
    }),
  fc.array(fc.tuple(fc.nat(99), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => (file: Buffer) => {
    const copy = Buffer.from(file);
    for (const [where, byte] of changes) copy[where] = byte;
    return copy;
  }),
  fc.double({ min: 0, max: 1, noNaN: true }).map((to) => (file: Buffer) => cut(file, to)),
  fc.constantFrom<((file: Buffer) => Buffer)[]>(
    (file) => file,
    () => Buffer.alloc(0),
    () => Buffer.from('SQLite format 3\0'),
    () => Buffer.from('{}'),
    (file) => Buffer.concat([file, file]),
    (file) => Buffer.concat([file.subarray(0, 100), Buffer.alloc(Math.max(0, file.length - 100))]),
  ),
);
