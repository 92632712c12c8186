import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import {
  type DefinitionInput,
  FIELD_NAMES,
  type FieldName,
  type PortMapping,
  type Spec,
} from '../../../src/domain/definition/definition.js';
import { specChanges } from '../../../src/domain/definition/diff.js';
import type { Field } from '../../../src/domain/definition/fields/field.js';
import { JOB_FIELDS } from '../../../src/domain/definition/fields/job.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { declare } from '../../../src/domain/definition/normalize.js';
import { SPEC } from '../../../src/domain/definition/spec.js';
import { aliasesOf } from '../../../src/domain/links/network-names.js';
import { specOf } from '../../support/definition.js';

/** A drawn definition, and what the last commit with hand-written lists of fields made of it. */
interface Golden {
  readonly input: DefinitionInput;
  /** Pointers, sorted; of a definition that is refused. */
  readonly faults?: readonly string[];
  /** SHA-256 of the row's text. */
  readonly stored: string;
  readonly bindings: readonly (PortMapping & { readonly hostPort: number })[];
  readonly hash: string;
  /** SHA-256 of the changes from the definition before, sorted by field. */
  readonly changes?: string;
}

const GOLDEN = readFileSync('test/fixtures/definitions/golden.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);
const TAKEN = GOLDEN.filter(({ faults }) => faults === undefined);

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('what derives from the list of fields is what the hand-written lists made', () => {
  it('for hundreds of definitions that name every field of that time', () => {
    expect(TAKEN.length).toBeGreaterThan(400);
    const uses = FIELD_NAMES.map((name) => TAKEN.filter(({ input }) => name in input).length);
    // Later fields are in none of them.
    expect(uses.filter((count) => count > 50)).toHaveLength(24);
    expect(uses.filter((count) => count > 0 && count <= 50)).toEqual([]);
  });

  it('stores the same row, to the byte', () => {
    expect(TAKEN.filter(({ input, stored }) => sha256(specOf(input)) !== stored)).toEqual([]);
  });

  it('computes the same hash', () => {
    const wrong = TAKEN.filter(({ input, bindings, hash }) => {
      const spec = specOf(input);
      return specHash(spec, { bindings, aliases: aliasesOf(input.name ?? 'nameless', spec) }) !== hash;
    });
    expect(wrong).toEqual([]);
  });

  it('reports the same changes, at the same cost', () => {
    const wrong = TAKEN.filter(({ input, changes }, index) => {
      const before = TAKEN[index - 1];
      if (before === undefined) return changes !== undefined;
      const found = specChanges(specOf(before.input), specOf(input));
      return sha256(found.toSorted((a, b) => (a.field < b.field ? -1 : 1))) !== changes;
    });
    expect(wrong).toEqual([]);
  });

  it('refuses the same definitions, at the same places', () => {
    const refused = GOLDEN.filter(({ faults }) => faults !== undefined);
    expect(refused.length).toBeGreaterThan(5);
    for (const { input, faults } of refused) {
      const declared = declare(input);
      expect(declared.ok ? [] : declared.faults.map(({ pointer }) => pointer).toSorted()).toEqual(faults);
    }
  });
});

describe('a change of limits', () => {
  it.each([
    [{}, 'none'],
    [{ deviceRequests: [{ count: 1 }] }, 'replace'],
  ])('of a container with %j costs: %s', (fields, costs) => {
    const withPids = (pids: number) => specOf({ ...fields, resources: { pids } });
    expect(specChanges(withPids(100), withPids(200))).toEqual([{ field: 'resources', costs }]);
  });
});

describe('a change of networks', () => {
  const front = { name: 'front', aliases: ['x'] };
  const back = { name: 'back', aliases: [] };
  it.each([
    ['another alias on the first', [front, back], [{ ...front, aliases: ['y'] }, back], 'replace'],
    ['another first one', [front, back], [back, front], 'replace'],
    ['another alias on the second', [front, back], [front, { ...back, aliases: ['y'] }], 'reconnect'],
    ['one more', [front], [front, back], 'reconnect'],
  ])('to %s costs what it says', (_, before, after, costs) => {
    const changes = specChanges(specOf({ networks: before }), specOf({ networks: after }));
    expect(changes.find(({ field }) => field === 'networks')).toEqual({ field: 'networks', costs });
  });

  it('from the short form costs as much as it changes of the first one', () => {
    const short = specOf({ network: 'front', networkAliases: ['x'] });
    const costOf = (networks: readonly (typeof front)[]) =>
      specChanges(short, specOf({ networks: [...networks] })).find(({ field }) => field === 'networks')?.costs;
    expect([costOf([front, back]), costOf([back])]).toEqual(['reconnect', 'replace']);
  });
});

describe('a field', () => {
  const fields: readonly (readonly [string, Field])[] = Object.entries(SPEC);

  it.each(fields)('%s has a default of the stored shape', (_, { presence, default: usual, stored }) => {
    if (presence === 'required' || usual === undefined) expect(presence).not.toBe('founding');
    else expect(Check(stored, usual)).toBe(true);
  });

  it.each(fields.filter(([, { written }]) => 'items' in written))('%s is a list with a most', (_, { written }) => {
    expect(written).toHaveProperty('maxItems');
  });

  it.each(fields.filter(([, { presence, default: usual }]) => presence === 'optional' && usual !== undefined))(
    '%s never changes a hash at its default',
    (name, { default: usual }) => {
      for (const { input, bindings } of TAKEN) {
        const { [name as FieldName]: _, ...absent } = specOf(input);
        const { [name as FieldName]: _i, ...bare } = input;
        const hash = specHash(absent as Spec, { bindings });
        expect(specHash({ ...absent, [name]: usual } as Spec, { bindings })).toBe(hash);
        expect(specOf({ ...bare, [name]: usual } as DefinitionInput)).toEqual(specOf(bare as DefinitionInput));
      }
    },
  );

  it('from after the first version is optional: one more that is always there would change every hash', () => {
    expect(FIELD_NAMES.filter((name) => SPEC[name].presence === 'founding')).toEqual([
      ...['env', 'expose', 'publishAll', 'ports', 'links', 'network', 'volumes', 'labels', 'restartPolicy'],
      ...['resources', 'pullPolicy', 'stopTimeoutSeconds', 'onLinkChange', 'state'],
    ]);
  });

  it.each(fields)('%s has an example or a list of values, and its example can be declared', (name, { written }) => {
    const { examples, enum: values, type } = written as { examples?: unknown[]; enum?: unknown[]; type?: string };
    if (examples === undefined)
      expect(values !== undefined || type === 'boolean' || type === 'integer' || 'default' in written).toBe(true);
    for (const example of examples ?? []) {
      const on = name === 'networks' ? {} : { network: 'back' };
      const declared = declare({
        image: 'x',
        ...(name in JOB_FIELDS ? { kind: 'job' } : { restartPolicy: 'on-failure' }),
        ...on,
        [name]: example,
      } as DefinitionInput);
      expect(declared, JSON.stringify(declared)).toMatchObject({ ok: true });
    }
  });
});
