/** Fields of the network: ports, links, names. */

import { Type } from 'typebox';
import { isSameJson } from '../../../lib/canonical-json.js';
import { closed, literals } from '../../../lib/schema.js';
import { type Fields, flag, founding, optional, text, texts } from './field.js';

/** The most networks of one definition. */
const MOST_NETWORKS = 32;
/** The most aliases of a definition on one network. */
const MAX_ALIASES = 256;

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

const address = (description: string, example: string) => Type.String({ description, examples: [example] });
export const WrittenNetwork = Type.Object(
  {
    name: Type.String({ description: 'A user-defined network.' }),
    aliases: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: MAX_ALIASES,
        description: 'Additional names by which containers on this network can resolve it.',
      }),
    ),
    ipv4Address: Type.Optional(
      address(
        'Its address there, from the half of the subnet that Berth allocates. Absent: Berth picks one.',
        '10.20.0.9',
      ),
    ),
    ipv6Address: Type.Optional(address('The same for IPv6.', 'fd00:20::9')),
  },
  { $id: 'NetworkAttachment', ...closed, description: 'One of several --network: a network that the container is on.' },
);
const StoredNetwork = Type.Object({ ...WrittenNetwork.properties, aliases: Type.Array(Type.String()) }, closed);

type Networks = readonly { readonly name: string; readonly aliases: readonly string[] }[] | undefined;
interface ShortForm {
  readonly network: string;
  readonly networkAliases?: readonly string[];
}

/** Returns true if the first network changes: a container is created on it. */
function changesFirst(before: Networks, after: Networks, specs: { before: ShortForm; after: ShortForm }): boolean {
  const firstOf = (networks: Networks, { network: name, networkAliases: aliases = [] }: ShortForm) =>
    networks?.[0] ?? { name, aliases };
  return !isSameJson(firstOf(before, specs.before), firstOf(after, specs.after));
}

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

export const NETWORK_FIELDS = {
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
    Type.String({
      default: 'bridge',
      description:
        "--network: bridge, or a network that Berth creates and removes; none; or host, if the policy allows the host's network.",
    }),
    { applies: 'replace', policy: 'hostNamespaces' },
  ),
  networkAliases: optional(
    texts(
      '--network-alias: additional names by which containers on its user-defined network can resolve it.',
      ['front'],
      MAX_ALIASES,
    ),
    { applies: 'replace', default: [], hashedAs: 'aliases' },
  ),
  networks: optional(
    Type.Array(WrittenNetwork, {
      maxItems: MOST_NETWORKS,
      description:
        'Several --network, in place of network and networkAliases. The first one carries the default route, where the engine can be told (Docker 28 and later).',
      examples: [
        [
          { name: 'front', aliases: ['shop'] },
          { name: 'back', ipv4Address: '10.20.0.9' },
        ],
      ],
    }),
    { applies: 'connect', replaceIf: changesFirst, default: [] },
    { stored: Type.Array(StoredNetwork) },
  ),
  keepNetworks: optional(
    flag(
      'A replacement keeps the networks that the container was connected to outside Berth. By default it drops them.',
    ),
    { applies: 'never' },
  ),
  extraHosts: optional(
    texts(
      "--add-host: entries of /etc/hosts, as name:address; host-gateway is the address of the engine's host.",
      ['host.docker.internal:host-gateway', 'printer:192.0.2.7'],
      256,
    ),
    { applies: 'replace', default: [] },
  ),
  dns: optional(texts("--dns: addresses of resolvers. Absent: the engine's.", ['192.0.2.53'], 64), {
    applies: 'replace',
    default: [],
  }),
  dnsSearch: optional(texts('--dns-search: domains that are searched for short names; "." for none.', ['lan'], 64), {
    applies: 'replace',
    default: [],
  }),
  dnsOptions: optional(texts('--dns-option: options of /etc/resolv.conf.', ['ndots:1'], 64), {
    applies: 'replace',
    default: [],
  }),
  macAddress: optional(text('--mac-address', '92:d0:c6:0a:29:33'), { applies: 'replace' }),
} as const satisfies Fields;
