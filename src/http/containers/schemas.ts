/** The components of the OpenAPI document, which are also what validates bodies and serialises answers. */

import { type Static, type TSchema, Type } from 'typebox';
import { type DefinitionInput as DomainInput, MAX_ENTRIES } from '../../domain/definition/definition.js';
import { EVENT_TYPES } from '../../domain/event.js';
import type { ContainerView } from '../../service/core/views.js';

/** A reference to a shared schema: `#/components/schemas/<$id>` in the document, the whole type in TypeScript. */
export const ref = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T>>({ $ref: `${(schema as unknown as { $id: string }).$id}#` });

export const closed = { additionalProperties: false } as const;
export const literals = <T extends string>(...values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] });
/** Or null. */
export const nullable = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
export const time = (description: string) => Type.String({ format: 'date-time', description });
const texts = (options: object = {}) => Type.Array(Type.String(), { maxItems: MAX_ENTRIES.command, ...options });
const map = (description: string) =>
  Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' }, description });

const hostPort = (description: string) => Type.Integer({ minimum: 1, maximum: 65_535, description });
const Protocol = literals('tcp', 'udp', 'sctp');

export const PortMapping = Type.Object(
  {
    hostIp: Type.Optional(
      Type.String({ description: 'IPv4 or IPv6 address. Absent: every interface, 0.0.0.0 and ::.' }),
    ),
    hostPort: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'Absent or 0: Berth picks one, and it stays that one.',
      }),
    ),
    hostPortRange: Type.Optional(
      Type.String({
        description: 'Take the lowest free port of this range, instead of any of the configured one.',
        examples: ['8000-8010'],
      }),
    ),
    containerPort: hostPort('The port inside the container.'),
    protocol: Type.Optional(Type.Unsafe<'tcp' | 'udp' | 'sctp'>({ ...Protocol, default: 'tcp' })),
  },
  { $id: 'PortMapping', ...closed, description: 'One -p: a container port and its place on the host.' },
);

export const Link = Type.Object(
  {
    container: Type.String({ description: 'The source: the container that is linked to.' }),
    alias: Type.Optional(Type.String({ description: 'Its name inside the recipient. By default its own.' })),
    env: Type.Optional(
      Type.Unsafe<'all' | 'address' | 'none'>({
        ...literals('all', 'address', 'none'),
        default: 'all',
        description:
          "What the recipient's environment gets: everything, all but the source's own environment, nothing.",
      }),
    ),
  },
  { $id: 'Link', ...closed, description: 'One --link.' },
);

const Volume = Type.Object(
  {
    volume: Type.String({
      description:
        'The name of a volume, which is made where there is none; or a path of the host, exactly as the policy lists it, which has to be there.',
    }),
    target: Type.String({ description: 'Where it is mounted: an absolute path.' }),
    readOnly: Type.Optional(Type.Boolean({ default: false })),
  },
  closed,
);

const Healthcheck = Type.Object(
  {
    command: texts({
      description:
        "The argument vector; an empty list switches the image's check off. Docker's array form means the same as in Docker: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE'].",
    }),
    intervalSeconds: Type.Optional(Type.Number()),
    timeoutSeconds: Type.Optional(Type.Number()),
    retries: Type.Optional(Type.Integer()),
    startPeriodSeconds: Type.Optional(Type.Number()),
  },
  {
    ...closed,
    description:
      'Without one, here or in the image, a changed container counts as good once it has run for a second: one that fails later is not rolled back. With one it has to be healthy first.',
  },
);

const Resources = Type.Object(
  {
    memoryBytes: Type.Optional(Type.Integer({ description: 'At least 6 MiB, as the engine demands.' })),
    cpus: Type.Optional(Type.Number()),
    pids: Type.Optional(Type.Integer({ default: 4096 })),
  },
  closed,
);

/** The fields that a body and an answer have alike. */
const declared = {
  service: Type.Optional(
    Type.String({
      description:
        "The service's name in the Compose file that it comes from: on its user-defined network it is found by it. Absent where that is its own name.",
      examples: ['db'],
    }),
  ),
  command: Type.Optional(texts({ description: "CMD. Absent: the image's." })),
  entrypoint: Type.Optional(texts({ description: "--entrypoint. Absent: the image's." })),
  workingDir: Type.Optional(Type.String({ description: '-w' })),
  user: Type.Optional(Type.String({ description: '-u' })),
  hostname: Type.Optional(Type.String({ description: '-h' })),
  networkAliases: Type.Optional(
    texts({
      maxItems: MAX_ENTRIES.networkAliases,
      description: '--network-alias: names that all containers of its user-defined network find it by, beside its own.',
    }),
  ),
  healthcheck: Type.Optional(Healthcheck),
  stopSignal: Type.Optional(Type.String({ examples: ['SIGTERM'] })),
} as const;

const readOnly = (description: string) => Type.Optional(Type.Unsafe<unknown>({ description, readOnly: true }));

/** The read-only fields of the resource: taken in a body, so that an answer can be sent back, and ignored there. */
export const READ_ONLY_FIELDS = [
  'uid',
  'generation',
  'createdAt',
  'updatedAt',
  'deletionRequestedAt',
  'status',
  'set',
  'plan',
] as const;

export const DefinitionInput = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$',
        description: '--name. Absent: one like elated_cohen is made up.',
      }),
    ),
    image: Type.String({ minLength: 1, description: 'The image reference.' }),
    ...declared,
    env: Type.Optional(map('-e: name to value.')),
    expose: Type.Optional(texts({ description: '--expose: 3306, 3306/tcp, 8000-8010/udp.' })),
    publishAll: Type.Optional(Type.Boolean({ default: false, description: '-P: publish all that the image exposes.' })),
    ports: Type.Optional(
      Type.Array(Type.Union([Type.String(), ref(PortMapping)]), {
        maxItems: MAX_ENTRIES.ports,
        description: '-p, as text or object.',
      }),
    ),
    links: Type.Optional(
      Type.Array(Type.Union([Type.String(), ref(Link)]), {
        maxItems: MAX_ENTRIES.links,
        description: '--link: name, name:alias, or object.',
      }),
    ),
    network: Type.Optional(
      Type.String({ default: 'bridge', description: '--network: bridge, or a network that Berth makes and removes.' }),
    ),
    volumes: Type.Optional(
      Type.Array(Volume, {
        maxItems: MAX_ENTRIES.volumes,
        description: '-v: named volumes, and paths of the host that the policy lists.',
      }),
    ),
    labels: Type.Optional(map('--label: key to value. io.berth. is reserved.')),
    restartPolicy: Type.Optional(
      Type.Unsafe<'always' | 'on-failure' | 'no'>({ ...literals('always', 'on-failure', 'no'), default: 'always' }),
    ),
    resources: Type.Optional(Resources),
    pullPolicy: Type.Optional(
      Type.Unsafe<'missing' | 'always' | 'never'>({ ...literals('missing', 'always', 'never'), default: 'missing' }),
    ),
    stopTimeoutSeconds: Type.Optional(Type.Integer({ default: 10 })),
    onLinkChange: Type.Optional(
      Type.Unsafe<'recreate' | 'ignore'>({
        ...literals('recreate', 'ignore'),
        default: 'recreate',
        description: "What happens to this container when a link's source is replaced or gets another address.",
      }),
    ),
    state: Type.Optional(Type.Unsafe<'running' | 'stopped'>({ ...literals('running', 'stopped'), default: 'running' })),
    uid: readOnly('Ignored.'),
    generation: readOnly('Ignored.'),
    createdAt: readOnly('Ignored.'),
    updatedAt: readOnly('Ignored.'),
    deletionRequestedAt: readOnly('Ignored.'),
    status: readOnly('Ignored.'),
    set: readOnly('Ignored.'),
    plan: readOnly('Ignored.'),
  },
  {
    $id: 'DefinitionInput',
    ...closed,
    description: 'A container definition as a client writes it. Read-only fields are taken and ignored.',
  },
);

const Condition = Type.Object(
  {
    type: literals(
      ...([
        'Ready',
        'ImageAvailable',
        'PortsBound',
        'LinksResolved',
        'NamesUnique',
        'VolumesKept',
        'Exposed',
        'EngineReachable',
      ] as const),
    ),
    status: literals('True', 'False', 'Unknown'),
    reason: Type.String({ description: 'One CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
    lastTransitionTime: time('When the status last changed.'),
  },
  { $id: 'Condition' },
);

export const Binding = Type.Object(
  { hostIp: Type.String(), hostPort: Type.Integer(), containerPort: Type.Integer(), protocol: Protocol },
  { $id: 'Binding', description: 'A host port that the engine has bound.' },
);

const ContainerStatus = Type.Object({
  id: Type.String(),
  names: Type.Array(Type.String(), {
    description: 'Its own name, then those that links give it.',
    examples: [['db', 'web/db']],
  }),
  state: Type.String(),
  image: Type.String(),
  imageId: Type.String(),
  ipAddress: nullable(Type.String()),
  startedAt: nullable(Type.String()),
  finishedAt: nullable(Type.String()),
  exitCode: nullable(Type.Integer()),
  restartCount: Type.Integer(),
});

export const ResolvedLink = Type.Object(
  {
    container: Type.String(),
    alias: Type.String(),
    address: nullable(Type.String({ description: "The source's address; null while it does not run." })),
    envPrefix: Type.String(),
  },
  { $id: 'ResolvedLink' },
);

export const LinkedBy = Type.Object({ container: Type.String(), alias: Type.String() }, { $id: 'LinkedBy' });

const Status = Type.Object(
  {
    observedGeneration: Type.Integer({
      description: 'The generation that the container was made from; 0 without one.',
    }),
    ready: Type.Boolean(),
    conditions: Type.Array(ref(Condition)),
    container: nullable(ContainerStatus),
    ports: Type.Array(ref(Binding)),
    reserved: Type.Array(ref(Binding), {
      description: 'The host ports that are kept for it, bound or not. An empty hostIp is every address.',
    }),
    links: Type.Array(ref(ResolvedLink)),
    linkedBy: Type.Array(ref(LinkedBy)),
  },
  { $id: 'Status', description: 'What is observed.' },
);

const PlannedAction = Type.Object(
  { container: Type.String(), action: Type.String(), target: Type.String(), reason: Type.String() },
  { $id: 'PlannedAction', description: 'One call to the engine, and why.' },
);

export const Plan = Type.Object(
  {
    actions: Type.Array(ref(PlannedAction), { description: 'In order.' }),
    interrupted: Type.Array(Type.Object({ container: Type.String(), reason: Type.String() }), {
      description: 'Running containers that would be stopped, restarted or replaced, and why.',
    }),
    obstacles: Type.Array(
      Type.Object({
        container: Type.String(),
        condition: literals('Ready', 'ImageAvailable', 'PortsBound', 'LinksResolved'),
        reason: Type.String(),
        message: Type.String(),
      }),
      { description: 'What would still stand in the way in the end.' },
    ),
    changes: Type.Array(
      Type.Object({
        container: Type.String(),
        field: Type.String(),
        costs: Type.Unsafe<'replace' | 'stop' | 'start' | 'none'>({
          ...literals('replace', 'stop', 'start', 'none'),
          description: 'replace: a new container in the place of the old one. none: it runs on.',
        }),
      }),
      { description: 'What each changed field means for a container that runs.' },
    ),
  },
  { $id: 'Plan', description: 'What would be done on the engine.' },
);

export const Container = Type.Object(
  {
    name: Type.String(),
    image: Type.String(),
    ...declared,
    env: map('-e'),
    expose: Type.Array(Type.String()),
    publishAll: Type.Boolean(),
    ports: Type.Array(ref(PortMapping)),
    links: Type.Array(ref(Link)),
    network: Type.String(),
    volumes: Type.Array(Volume),
    labels: map('--label'),
    restartPolicy: literals('always', 'on-failure', 'no'),
    resources: Resources,
    pullPolicy: literals('missing', 'always', 'never'),
    stopTimeoutSeconds: Type.Integer(),
    onLinkChange: literals('recreate', 'ignore'),
    state: literals('running', 'stopped'),
    uid: Type.String({ description: 'Never used again, also after a deletion.' }),
    generation: Type.Integer({ description: 'Rises by one with every change of the definition.' }),
    createdAt: time('When it was declared.'),
    updatedAt: time('When it was last changed.'),
    deletionRequestedAt: nullable(time('Since when it is being deleted.')),
    status: ref(Status),
    set: nullable(Type.String({ description: 'The set that apply declared it in.' })),
    plan: Type.Optional(ref(Plan)),
  },
  {
    $id: 'Container',
    description: 'A container definition and its status. What GET returns can be edited and PUT back.',
  },
);

export const ApplyBody = Type.Object(
  {
    set: Type.Optional(
      Type.String({
        pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$',
        description: 'The name of the set that they belong to.',
      }),
    ),
    prune: Type.Optional(
      Type.Boolean({ default: false, description: 'Remove what belongs to the set and is not among them.' }),
    ),
    containers: Type.Array(ref(DefinitionInput), { maxItems: 500 }),
  },
  { $id: 'Apply', ...closed, description: 'Definitions that are declared together. Each needs a name.' },
);

export const Applied = Type.Object(
  {
    set: nullable(Type.String()),
    results: Type.Array(
      Type.Object({
        name: Type.String(),
        result: literals('created', 'updated', 'unchanged', 'deleted'),
        container: ref(Container),
      }),
      { description: 'In the order of the body; then what was pruned.' },
    ),
    plan: Type.Optional(ref(Plan)),
  },
  { $id: 'Applied' },
);

export const AdoptBody = Type.Object(
  {
    container: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The name or id of a container on the engine.',
    }),
    force: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Also when something of it would be lost at its first replacement.',
      }),
    ),
  },
  { $id: 'Adopt', ...closed },
);

export const Adopted = Type.Object(
  {
    container: ref(Container),
    lost: Type.Array(
      Type.Object({
        field: Type.String({ description: 'As the engine calls it.', examples: ['HostConfig.Privileged'] }),
        value: Type.Unknown(),
        reason: Type.String(),
      }),
      { description: 'What its first replacement would be without.' },
    ),
    changed: Type.Array(
      Type.Object({
        field: Type.String({ description: 'As the engine calls it.', examples: ['HostConfig.PidsLimit'] }),
        value: Type.Unknown(),
        becomes: Type.Unknown(),
        reason: Type.String({ description: 'From when on, and what comes of it.' }),
      }),
      { description: 'What is otherwise on every container that Berth makes. Nothing of it is changed at once.' },
    ),
  },
  { $id: 'Adopted' },
);

const fields = nullable(Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true }));

export const EventRecord = Type.Object(
  {
    id: Type.Integer({ description: 'Rises with every event.' }),
    at: time('When it was recorded.'),
    type: literals(...EVENT_TYPES),
    container: Type.String({ description: 'The name of the definition; empty where it is about all of them.' }),
    uid: Type.String(),
    reason: Type.String({ description: 'One CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
    by: literals('client', 'berth'),
    actor: nullable(Type.String({ description: 'The name of the token of who asked for it.' })),
    requestId: nullable(Type.String({ description: 'The request that asked for it, or whose work this is.' })),
    before: fields,
    after: fields,
  },
  { $id: 'Event', description: 'One change: of what is declared, or on the engine. Values of variables are not told.' },
);

/** Without what a serialiser would fill in: only what was said is answered. */
function withoutDefaults(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDefaults);
  if (schema === null || typeof schema !== 'object') return schema;
  const rest = Object.entries(schema).filter(([key]) => key !== 'default');
  return Object.fromEntries(rest.map(([key, value]) => [key, withoutDefaults(value)]));
}

const { properties: declarable } = Type.Omit(DefinitionInput, READ_ONLY_FIELDS);

export const ReadDefinition = Type.Unsafe<Omit<Static<typeof DefinitionInput>, (typeof READ_ONLY_FIELDS)[number]>>({
  $id: 'ReadDefinition',
  type: 'object',
  required: ['image'],
  properties: withoutDefaults(declarable),
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
      map('The variables of the shell: what $NAME, a home directory (HOME) and an -e NAME without a value stand for.'),
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
    env: Type.Optional(map('What the variables of the file stand for.')),
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

export const components: readonly TSchema[] = [
  PortMapping,
  Link,
  DefinitionInput,
  Condition,
  Binding,
  ResolvedLink,
  LinkedBy,
  Status,
  PlannedAction,
  Plan,
  Container,
  ApplyBody,
  Applied,
  AdoptBody,
  Adopted,
  EventRecord,
  DockerRunBody,
  ComposeBody,
  ComposeFile,
  ReadDefinition,
  Imported,
];

/** Holds at compile time or not at all: what is validated is what the domain takes, what is answered what we serialise. */
export type Agreement = [
  Static<typeof DefinitionInput> extends Mutable<DomainInput> ? true : never,
  Mutable<ContainerView> extends Static<typeof Container> ? true : never,
];
type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
export const agreement: Agreement = [true, true];
