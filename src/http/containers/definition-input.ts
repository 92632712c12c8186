/** A container definition as a client writes it. */

import { Type } from 'typebox';
import { MAX_ENTRIES } from '../../domain/definition/definition.js';
import { closed, literals, ref, textMap, texts } from '../openapi/schema-helpers.js';

const hostPort = (description: string) => Type.Integer({ minimum: 1, maximum: 65_535, description });
export const Protocol = literals('tcp', 'udp', 'sctp');

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

export const Volume = Type.Object(
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

export const Resources = Type.Object(
  {
    memoryBytes: Type.Optional(Type.Integer({ description: 'At least 6 MiB, as the engine demands.' })),
    cpus: Type.Optional(Type.Number()),
    pids: Type.Optional(Type.Integer({ default: 4096 })),
  },
  closed,
);

/** The fields that a body and an answer have alike. */
export const declared = {
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
    env: Type.Optional(textMap('-e: name to value.')),
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
    labels: Type.Optional(textMap('--label: key to value. io.berth. is reserved.')),
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

const ignored: ReadonlySet<string> = new Set(READ_ONLY_FIELDS);

/** A body without the fields that only Berth writes. */
export const withoutReadOnly = <T extends object>(body: T): Omit<T, (typeof READ_ONLY_FIELDS)[number]> =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !ignored.has(key))) as Omit<
    T,
    (typeof READ_ONLY_FIELDS)[number]
  >;
