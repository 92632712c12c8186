/**
 * The only list of a definition's fields. Types, the stored shape, request body, replies, hash, diff and the cost of a
 * change derive from it.
 */

import { type TSchema, Type } from 'typebox';
import { closed, copySchema, literals, textMap, without } from '../../lib/schema.js';

/**
 * Ways in which a changed field reaches an existing container. `replace`: by a new container in its place. `live`: in
 * place, while it runs. `connect`: by connecting it to a network. `power`: by starting or stopping it. `never`: not at
 * all, since only Berth reads the field.
 */
export type Applies = 'replace' | 'live' | 'connect' | 'power' | 'never';

/** The part of the policy that may refuse a field's value. */
export type PolicySwitch = 'publish' | 'images' | 'hostPaths' | 'linkEnv';

/** Everything about a field but its shape. */
interface Traits {
  readonly applies: Applies;
  /** Returns true for a change that needs a new container, although others of this field don't. */
  readonly replaceIf?: (before: never, after: never) => boolean;
  /** The lowest version of the engine's API that has it. Absent: every version that Berth speaks. */
  readonly since?: `1.${number}`;
  readonly policy?: PolicySwitch;
  /** Its values are secrets: viewers and events get the names alone. */
  readonly secret?: true;
  /** The sort key of an entry, in a list whose order has no meaning. */
  readonly sortedBy?: (entry: never) => string;
  /** The part of a container by which it counts in the hash, in place of its own text. */
  readonly hashedAs?: 'bindings' | 'aliases';
  /** The value that it has if it is not declared, unless the schema says it. */
  readonly default?: unknown;
}

/** A field as the code that derives from it reads it. */
export interface Field extends Traits {
  readonly presence: 'required' | 'optional' | 'founding';
  readonly written: TSchema;
  readonly stored: TSchema;
  readonly shown: TSchema;
}

/** Shapes that differ from what a client may write. */
interface Forms<S extends TSchema> {
  /** Normalised, as it is stored. */
  readonly stored?: S;
  /** Schema that documents replies. */
  readonly shown?: TSchema;
}

/** Keywords that bound or describe a value without giving it its shape. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['default', 'description', 'examples', 'maxItems', 'minLength']);

const shapeOf = <S extends TSchema>(written: TSchema): S =>
  copySchema(written, { dropped: ANNOTATIONS }) as unknown as S;

const build =
  <const P extends Field['presence']>(presence: P, ...bounds: readonly string[]) =>
  <W extends TSchema, const T extends Traits, S extends TSchema = W>(
    written: W,
    traits: T,
    { stored = shapeOf<S>(written), shown = without(written, 'default', ...bounds) }: Forms<S> = {},
  ) => ({ default: (written as { default?: unknown }).default, ...traits, presence, written, stored, shown });

/** A field that every definition names. */
const required = build('required', 'minLength');
/**
 * A field that a spec doesn't have at its default. So a definition from before the field existed is stored, and hashed,
 * as it always was.
 */
const optional = build('optional');
/** A field of the first version, present also at its default. Later ones are `optional`: one more here changes all hashes. */
const founding = build('founding', 'maxItems');

const MAX_ARGUMENTS = 1024;
const text = (description: string, ...examples: readonly string[]) =>
  Type.String({ description, ...(examples.length > 0 && { examples }) });
const texts = (description: string, example: readonly string[], maxItems = MAX_ARGUMENTS) =>
  Type.Array(Type.String(), { maxItems, description, examples: [example] });

export const DEFAULT_PIDS = 4096;
export const DEFAULT_STOP_TIMEOUT_SECONDS = 10;

const port = (description: string) => Type.Integer({ minimum: 1, maximum: 65_535, description });
export const Protocol = literals('tcp', 'udp', 'sctp');

export const WrittenPort = Type.Object(
  {
    hostIp: Type.Optional(
      Type.String({ description: 'IPv4 or IPv6 address. Absent: all interfaces, 0.0.0.0 and ::.' }),
    ),
    hostPort: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'Absent or 0: Berth picks a port and keeps it.',
      }),
    ),
    hostPortRange: Type.Optional(
      Type.String({
        description: 'Pick the lowest free port of this range instead of one from the configured range.',
        examples: ['8000-8010'],
      }),
    ),
    containerPort: port('The port inside the container.'),
    protocol: Type.Optional(Type.Unsafe<'tcp' | 'udp' | 'sctp'>({ ...Protocol, default: 'tcp' })),
  },
  { $id: 'PortMapping', ...closed, description: 'One -p: a container port and where it is published on the host.' },
);
const StoredPort = Type.Object(
  {
    ...WrittenPort.properties,
    hostPort: Type.Optional(port('Never together with hostPortRange.')),
    protocol: Protocol,
  },
  closed,
);

const LinkEnv = literals('all', 'address', 'none');
export const WrittenLink = Type.Object(
  {
    container: Type.String({ description: 'The source: the container to link to.' }),
    alias: Type.Optional(
      Type.String({ description: "Name of the source inside the recipient. By default the source's own name." }),
    ),
    env: Type.Optional(
      Type.Unsafe<'all' | 'address' | 'none'>({
        ...LinkEnv,
        default: 'all',
        description:
          "What the recipient's environment gets: everything, everything except the source's own environment, or nothing.",
      }),
    ),
  },
  { $id: 'Link', ...closed, description: 'One --link.' },
);
const StoredLink = Type.Object({ container: Type.String(), alias: Type.String(), env: LinkEnv }, closed);

const WrittenVolume = Type.Object(
  {
    volume: Type.String({
      description:
        'Name of a volume, which is created if it does not exist; or an existing path on the host, exactly as the policy lists it.',
    }),
    target: Type.String({ description: 'Mount point in the container, an absolute path.' }),
    readOnly: Type.Optional(Type.Boolean({ default: false })),
  },
  closed,
);
const StoredVolume = Type.Object({ ...WrittenVolume.properties, readOnly: Type.Boolean() }, closed);

const Healthcheck = Type.Object(
  {
    command: Type.Array(Type.String(), {
      maxItems: MAX_ARGUMENTS,
      description:
        "Argument vector; an empty list disables the image's health check. Docker's array forms work too: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE'].",
    }),
    intervalSeconds: Type.Optional(Type.Number()),
    timeoutSeconds: Type.Optional(Type.Number()),
    retries: Type.Optional(Type.Integer()),
    startPeriodSeconds: Type.Optional(Type.Number()),
  },
  {
    ...closed,
    description:
      'With a health check, here or in the image, a replacement must become healthy before it is kept. Without one it must run for a second; a later failure is not rolled back.',
    examples: [{ command: ['true'], intervalSeconds: 5, timeoutSeconds: 2, retries: 3, startPeriodSeconds: 1 }],
  },
);

const Limits = {
  memoryBytes: Type.Optional(Type.Integer({ description: 'At least 6 MiB, the minimum of the engine.' })),
  cpus: Type.Optional(Type.Number()),
};
const WrittenResources = Type.Object(
  { ...Limits, pids: Type.Optional(Type.Integer({ default: DEFAULT_PIDS })) },
  { ...closed, examples: [{ memoryBytes: 67_108_864, cpus: 0.5, pids: 100 }] },
);
const StoredResources = Type.Object({ ...Limits, pids: Type.Integer() }, closed);
interface Limited {
  readonly memoryBytes?: number;
  readonly cpus?: number;
}
/** Returns true if a limit is removed: the engine can't take one away from a container. */
const removesLimit = (before: Limited, after: Limited): boolean =>
  (before.memoryBytes !== undefined && after.memoryBytes === undefined) ||
  (before.cpus !== undefined && after.cpus === undefined);

/** Fields in the order in which a stored spec has them. */
export const SPEC = {
  image: required(
    Type.String({ minLength: 1, description: 'The image reference.', examples: ['training/webapp:latest'] }),
    { applies: 'replace', policy: 'images' },
  ),
  service: optional(
    text(
      "Name of the service in its Compose file; other containers on its user-defined network can resolve it. Absent if it equals the container's name.",
      'db',
    ),
    { applies: 'replace', hashedAs: 'aliases' },
  ),
  command: optional(texts("CMD. Absent: the image's.", ['python', 'app.py']), { applies: 'replace' }),
  entrypoint: optional(texts("--entrypoint. Absent: the image's.", ['/bin/sh', '-c']), { applies: 'replace' }),
  env: founding(textMap('-e: variables by name.', { examples: [{ KEY: 'value' }] }), {
    applies: 'replace',
    default: {},
    secret: true,
  }),
  workingDir: optional(text('-w', '/srv'), { applies: 'replace' }),
  user: optional(text('-u', 'www'), { applies: 'replace' }),
  hostname: optional(text('-h', 'web'), { applies: 'replace' }),
  expose: founding(texts('--expose: 3306, 3306/tcp, 8000-8010/udp.', ['8000-8002/udp']), {
    applies: 'replace',
    default: [],
    sortedBy: (key: string) => key,
  }),
  publishAll: founding(Type.Boolean({ default: false, description: '-P: publish all ports that the image exposes.' }), {
    applies: 'replace',
    hashedAs: 'bindings',
    policy: 'publish',
  }),
  ports: founding(
    Type.Array(Type.Union([Type.String(), WrittenPort]), {
      maxItems: 1024,
      description: '-p, as a string or an object.',
      examples: [[{ hostIp: '127.0.0.1', hostPortRange: '49000-49900', containerPort: 5000 }, '53/udp']],
    }),
    { applies: 'replace', default: [], hashedAs: 'bindings', policy: 'publish' },
    { stored: Type.Array(StoredPort), shown: Type.Array(WrittenPort) },
  ),
  links: founding(
    Type.Array(Type.Union([Type.String(), WrittenLink]), {
      maxItems: 256,
      description: '--link: name, name:alias, or an object.',
      examples: [['db', { container: 'cache', alias: 'store', env: 'address' }]],
    }),
    { applies: 'replace', default: [], policy: 'linkEnv' },
    { stored: Type.Array(StoredLink), shown: Type.Array(WrittenLink) },
  ),
  network: founding(
    Type.String({ default: 'bridge', description: '--network: bridge, or a network that Berth creates and removes.' }),
    { applies: 'replace' },
  ),
  networkAliases: optional(
    texts(
      '--network-alias: additional names by which containers on its user-defined network can resolve it.',
      ['front'],
      256,
    ),
    { applies: 'replace', default: [], hashedAs: 'aliases' },
  ),
  volumes: founding(
    Type.Array(WrittenVolume, {
      maxItems: 256,
      description: '-v: named volumes, and host paths that the policy lists.',
      examples: [[{ volume: 'data', target: '/data', readOnly: true }]],
    }),
    {
      applies: 'replace',
      default: [],
      policy: 'hostPaths',
      sortedBy: ({ target }: { readonly target: string }) => target,
    },
    { stored: Type.Array(StoredVolume) },
  ),
  labels: founding(textMap('--label: values by key. io.berth. is reserved.', { examples: [{ KEY: 'value' }] }), {
    applies: 'replace',
    default: {},
  }),
  healthcheck: optional(Healthcheck, { applies: 'replace' }),
  restartPolicy: founding(
    Type.Unsafe<'always' | 'on-failure' | 'no'>({ ...literals('always', 'on-failure', 'no'), default: 'always' }),
    { applies: 'live' },
  ),
  resources: founding(
    WrittenResources,
    { applies: 'live', replaceIf: removesLimit, default: { pids: DEFAULT_PIDS } },
    { stored: StoredResources },
  ),
  pullPolicy: founding(
    Type.Unsafe<'missing' | 'always' | 'never'>({ ...literals('missing', 'always', 'never'), default: 'missing' }),
    { applies: 'never' },
  ),
  stopSignal: optional(Type.String({ examples: ['SIGTERM'] }), { applies: 'replace' }),
  stopTimeoutSeconds: founding(Type.Integer({ default: DEFAULT_STOP_TIMEOUT_SECONDS }), { applies: 'replace' }),
  onLinkChange: founding(
    Type.Unsafe<'recreate' | 'ignore'>({
      ...literals('recreate', 'ignore'),
      default: 'recreate',
      description: "What happens to this container when a link's source is replaced or gets another address.",
    }),
    { applies: 'never' },
  ),
  state: founding(Type.Unsafe<'running' | 'stopped'>({ ...literals('running', 'stopped'), default: 'running' }), {
    applies: 'power',
  }),
} as const satisfies Readonly<Record<string, Field>>;
