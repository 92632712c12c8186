/** Bodies and replies of imports and exports. */

import { Type } from 'typebox';
import type { DefinitionInput } from '../../domain/definition/definition.js';
import { copySchema } from '../../lib/schema.js';
import { Applied } from '../apply/schemas.js';
import { writtenFields } from '../containers/definition-input.js';
import { flag, writeQuery } from '../openapi/parameters.js';
import { closed, literals, nullable, ref, textMap, texts } from '../openapi/schema-helpers.js';

/** The parameters of an import. Without `apply` nothing is stored. */
export const ImportQuery = Type.Object(
  {
    apply: flag('Store what was read.'),
    force: flag('Store it also where something of it can not be had, without that.'),
    ...writeQuery,
  },
  { additionalProperties: false },
);

export const ReadDefinition = Type.Unsafe<DefinitionInput>({
  $id: 'ReadDefinition',
  type: 'object',
  required: ['image'],
  // The serialiser would fill defaults in, and a definition that was read has only what was given.
  properties: Object.fromEntries(
    Object.entries(writtenFields).map(([name, schema]) => [
      name,
      copySchema(schema, { dropped: new Set(['default']) }),
    ]),
  ),
  ...closed,
  description: 'A definition as it was read: what was said, and nothing else. It can be sent as it is.',
});

export const DockerRunBody = Type.Object(
  {
    command: Type.String({
      minLength: 1,
      maxLength: 32_768,
      description:
        'The line as it is typed into a shell: docker run or docker create, its flags, the image, a command.',
      examples: ['docker run -d -p 5000:5000 --name web training/webapp python app.py'],
    }),
    env: Type.Optional(
      textMap(
        'The variables of the shell: what $NAME, a home directory (HOME) and an -e NAME without a value stand for.',
      ),
    ),
  },
  { $id: 'DockerRun', ...closed },
);

export const ComposeBody = Type.Object(
  {
    compose: Type.String({ minLength: 1, description: 'The text of the Compose file.' }),
    project: Type.Optional(
      Type.String({
        pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$',
        description: "The project, which is the set. Absent: the file's own `name`.",
      }),
    ),
    env: Type.Optional(textMap('What the variables of the file stand for.')),
    profiles: Type.Optional(texts({ description: 'Services of these profiles are taken too; * is all.' })),
  },
  { $id: 'Compose', ...closed },
);

export const ComposeFile = Type.Unsafe<Readonly<Record<string, unknown>>>({
  $id: 'ComposeFile',
  type: 'object',
  required: ['services'],
  properties: { services: { type: 'object', additionalProperties: true } },
  additionalProperties: true,
  description: 'A file of the Compose specification.',
});

export const Imported = Type.Object(
  {
    set: nullable(Type.String({ description: 'The set that the definitions belong to.' })),
    containers: Type.Array(ref(ReadDefinition), { description: 'What was read, as it can be sent to /v1/apply.' }),
    left: Type.Array(
      Type.Object({
        at: Type.String({ description: 'A flag, or a JSON pointer into the file.', examples: ['--gpus'] }),
        value: Type.String({ description: 'As it was written.' }),
        effect: Type.Unsafe<'ignored' | 'unsupported'>({
          ...literals('ignored', 'unsupported'),
          description:
            'ignored: makes no difference to what is kept running, or was read as Docker reads it and may not be what was meant. unsupported: without it the container is another one.',
        }),
        reason: Type.String({ description: 'Why it is left out, and what to do instead.' }),
      }),
      { description: 'What was given and is not in the definitions. Nothing is dropped in silence.' },
    ),
    applied: Type.Optional(ref(Applied)),
  },
  { $id: 'Imported', description: 'What was imported, as definitions. With ?apply=true they have been stored.' },
);
