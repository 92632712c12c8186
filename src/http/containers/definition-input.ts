/** A container definition as a client writes it, and the schemas of its fields in requests and replies. */

import { type TSchema, Type } from 'typebox';
import {
  type DefinitionInput as DomainInput,
  FIELD_NAMES,
  type FieldName,
} from '../../domain/definition/definition.js';
import type { Field } from '../../domain/definition/fields/field.js';
import { WrittenDependency } from '../../domain/definition/fields/lifecycle.js';
import { WrittenLink, WrittenNetwork, WrittenPort } from '../../domain/definition/fields/network.js';
import { SPEC } from '../../domain/definition/spec.js';
import { copySchema } from '../../lib/schema.js';
import { closed } from '../openapi/schema-helpers.js';

/** A schema in which a part that has a name of its own is a reference to it. */
const withReferences = (schema: TSchema): TSchema =>
  Type.Unsafe<unknown>(
    copySchema(schema, {
      replace: ({ $id }) => (typeof $id === 'string' ? { $ref: `${$id}#` } : undefined),
    }),
  );

const isOptional = (name: FieldName): boolean => SPEC[name].presence === 'optional';

/** Fields in the document's order: first those that a reply may lack. */
const DOCUMENTED: readonly FieldName[] = [
  'image',
  ...FIELD_NAMES.filter(isOptional),
  ...FIELD_NAMES.filter((name) => name !== 'image' && !isOptional(name)),
];

const propertiesOf = (
  schemaOf: (field: Field) => TSchema,
  isRequired: (name: FieldName) => boolean,
): Readonly<Record<string, TSchema>> =>
  Object.fromEntries(
    DOCUMENTED.map((name) => {
      const schema = withReferences(schemaOf(SPEC[name]));
      return [name, isRequired(name) ? schema : Type.Optional(schema)];
    }),
  );

/** The fields of a definition as replies have them. */
export const shownFields = propertiesOf(
  ({ shown }) => shown,
  // Where a definition names several networks, `networks` stands for `network`.
  (name) => !isOptional(name) && name !== 'network',
);

/** The read-only fields of the resource: taken in a body, so that an answer can be sent back, and ignored there. */
const READ_ONLY_FIELDS = [
  'uid',
  'generation',
  'createdAt',
  'updatedAt',
  'deletionRequestedAt',
  'status',
  'set',
  'plan',
] as const;
type ReadOnlyField = (typeof READ_ONLY_FIELDS)[number];

/** The fields of a body that count. */
export const writtenFields = {
  name: Type.Optional(
    Type.String({
      pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$',
      description: '--name. Absent: Berth generates a name such as elated_cohen.',
    }),
  ),
  ...propertiesOf(
    ({ written }) => written,
    (name) => name === 'image',
  ),
};

export const DefinitionInput = Type.Unsafe<DomainInput & { readonly [F in ReadOnlyField]?: unknown }>(
  Type.Object(
    {
      ...writtenFields,
      ...Object.fromEntries(
        READ_ONLY_FIELDS.map((name) => [
          name,
          Type.Optional(Type.Unsafe<unknown>({ description: 'Ignored.', readOnly: true })),
        ]),
      ),
    },
    {
      $id: 'DefinitionInput',
      ...closed,
      description: 'A container definition as a client writes it. Read-only fields are accepted and ignored.',
    },
  ),
);

/** Named parts of a definition, which the document has once. */
export const definitionParts: readonly TSchema[] = [WrittenPort, WrittenLink, WrittenDependency, WrittenNetwork];

const ignored: ReadonlySet<string> = new Set(READ_ONLY_FIELDS);

/** A body without the fields that only Berth writes. */
export const withoutReadOnly = <T extends object>(body: T): Omit<T, ReadOnlyField> =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !ignored.has(key))) as Omit<T, ReadOnlyField>;
