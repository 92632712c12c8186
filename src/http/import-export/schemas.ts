/** Bodies and replies of imports and exports. */

import { Type } from 'typebox';
import type { DefinitionInput } from '../../domain/definition/definition.js';
import { NetworkSpec, type NetworkSpec as NetworkSpecification } from '../../domain/networks/network-spec.js';
import { copySchema } from '../../lib/schema.js';
import { Applied } from '../apply/schemas.js';
import { writtenFields } from '../containers/definition-input.js';
import { flag, writeQuery } from '../openapi/parameters.js';
import { closed, literals, nullable, ref, textMap, texts } from '../openapi/schema-helpers.js';

/** Largest body of an import, in bytes: a file of 400 services with 122 variables each has one million. */
export const IMPORT_LIMIT_BYTES = 2 * 1024 * 1024;

/** The parameters of an import. Without `apply` nothing is stored. */
export const ImportQuery = Type.Object(
  {
    apply: flag('Store the imported definitions.'),
    force: flag('Store the definitions even if the input has unsupported settings.'),
    ...writeQuery,
  },
  { additionalProperties: false },
);

export const ReadDefinition = Type.Unsafe<DefinitionInput>({
  $id: 'ReadDefinition',
  type: 'object',
  required: ['image'],
  // The serialiser would fill in defaults, but an imported definition has only the fields that were given.
  properties: Object.fromEntries(
    Object.entries(writtenFields).map(([name, schema]) => [
      name,
      copySchema(schema, { dropped: new Set(['default']) }),
    ]),
  ),
  ...closed,
  description: 'An imported definition with only the fields that were set. It can be sent unchanged.',
});

const projectDirectory = (what: string) =>
  Type.Optional(
    Type.String({
      pattern: '^/',
      maxLength: 4096,
      description: `${what}, an absolute path on the host. Relative host paths are resolved by it, and so are PWD, HOME and ~ unless \`env\` has them. Absent: the policy's projectDirectory.`,
      examples: ['/srv/apps/shop'],
    }),
  );

export const DockerRunBody = Type.Object(
  {
    command: Type.String({
      minLength: 1,
      maxLength: 32_768,
      description: 'The command as typed into a shell: docker run or docker create with flags, image and command.',
      examples: ['docker run -d -p 5000:5000 --name web training/webapp python app.py'],
    }),
    env: Type.Optional(textMap('Shell variables: they replace $NAME, ~ (HOME) and -e NAME without a value.')),
    files: Type.Optional(
      textMap('Texts of the files that --env-file and --label-file name, by their paths as written there.', {
        examples: [{ 'prod.env': 'TOKEN=secret' }],
      }),
    ),
    projectDirectory: projectDirectory('The directory where the command is typed'),
  },
  { $id: 'DockerRun', ...closed },
);

export const ComposeBody = Type.Object(
  {
    compose: Type.Union(
      [Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 100 })],
      {
        description:
          'The text of the Compose file, or the texts of several files, which are merged in their order as by `docker compose -f a -f b`.',
        examples: [['services: { web: { image: training/webapp } }', 'services: { web: { ports: ["5000:5000"] } }']],
      },
    ),
    files: Type.Optional(
      textMap(
        'Texts of the files that the Compose file names, by their paths relative to it: `env_file`, `label_file`, `include` and `extends`. `.env` sets variables that are missing in `env`.',
        { examples: [{ '.env': 'TAG=latest', 'db.env': 'MYSQL_ROOT_PASSWORD=secret' }] },
      ),
    ),
    project: Type.Optional(
      Type.String({
        pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$',
        description: "Name of the project, which becomes the set. Absent: the file's own `name`.",
      }),
    ),
    env: Type.Optional(textMap('Values for the variables in the file.')),
    projectDirectory: projectDirectory('The directory of the file'),
    profiles: Type.Optional(
      texts({
        description:
          'Profiles whose services are included; * includes all. Absent: those in the variable COMPOSE_PROFILES.',
      }),
    ),
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

export const Notes = Type.Array(
  Type.Object({
    at: Type.String({ description: 'A flag, or a JSON pointer into the file.', examples: ['--gpus'] }),
    file: Type.Optional(
      Type.String({
        description: 'A JSON pointer to the text in the request body that has it, if the body has several.',
        examples: ['/compose/1'],
      }),
    ),
    value: Type.String({ description: 'The value as written.' }),
    effect: Type.Unsafe<'ignored' | 'unsupported'>({
      ...literals('ignored', 'unsupported'),
      description:
        'ignored: does not affect the running container, or is read as Docker reads it and may not be what you meant. unsupported: the container differs without it.',
    }),
    reason: Type.String({ description: 'Why it is not supported, and what to do instead.' }),
  }),
);

/** A network with the fields that the file gives it: the serialiser would fill in defaults. */
const DeclaredNetwork = Type.Unsafe<{ readonly name: string } & NetworkSpecification>(
  copySchema(Type.Object({ name: Type.String(), ...NetworkSpec.properties }), { dropped: new Set(['default']) }),
);

export const Imported = Type.Object(
  {
    set: nullable(Type.String({ description: 'The set of the definitions.' })),
    networks: Type.Optional(
      Type.Array(DeclaredNetwork, {
        description:
          'The networks of the file that need more than a name. ?apply=true declares them with the definitions, as PUT /v1/networks/{name} does.',
      }),
    ),
    containers: Type.Array(ref(ReadDefinition), {
      description: 'The imported definitions; they can be sent to /v1/apply unchanged.',
    }),
    unsupported: {
      ...Notes,
      description: 'Everything in the input that the definitions do not contain. Nothing is dropped silently.',
    },
    left: { ...Notes, deprecated: true, description: 'The former name of `unsupported`, with the same content.' },
    applied: Type.Optional(ref(Applied)),
  },
  { $id: 'Imported', description: 'The imported definitions. With ?apply=true they are stored.' },
);
