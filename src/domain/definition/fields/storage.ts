/** Fields for volumes and labels. */

import { Type } from 'typebox';
import { closed, literals, textMap } from '../../../lib/schema.js';
import { type Fields, founding, optional, texts } from './field.js';

type Propagation = 'private' | 'rprivate' | 'shared' | 'rshared' | 'slave' | 'rslave';

const WrittenVolume = Type.Object(
  {
    volume: Type.String({
      description:
        'Name of a volume, which is created if it does not exist; or an absolute path on the host, if the policy allows it (`hostPaths`).',
    }),
    target: Type.String({ description: 'Mount point in the container, an absolute path.' }),
    readOnly: Type.Optional(Type.Boolean({ default: false })),
    createHostPath: Type.Optional(
      Type.Boolean({
        description:
          'Host paths: create an empty directory if nothing is there, as -v does. By default the creation then fails.',
      }),
    ),
    propagation: Type.Optional(
      Type.Unsafe<Propagation>({
        ...literals('private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'),
        description:
          'Host paths: direction in which later mounts below the path propagate between the host and the container. By default rprivate: neither. For shared and rshared the policy must allow it (`sharedMounts`).',
      }),
    ),
    selinux: Type.Optional(
      Type.Unsafe<'z' | 'Z'>({
        ...literals('z', 'Z'),
        description:
          'Host paths: relabel the files for SELinux, for all containers (z) or this one (Z). Needs createHostPath.',
      }),
    ),
    noCopy: Type.Optional(
      Type.Boolean({ description: "Volumes: don't fill a new one with the image's files at the target." }),
    ),
    subpath: Type.Optional(
      Type.String({
        description:
          'Volumes: mount this directory of the volume, which must exist. Needs version 1.45 of the Docker API (Docker 26).',
      }),
    ),
    driver: Type.Optional(
      Type.String({
        description:
          'Volumes: driver that creates it. By default local; others as far as the policy lists them (`volumeDrivers`).',
      }),
    ),
    driverOptions: Type.Optional(
      textMap(
        'Volumes: options of the driver when it creates the volume. Those of local mount something else: a path of the host needs `hostPaths` of the policy, a network file system `volumeDrivers`. Viewers see no values.',
      ),
    ),
    labels: Type.Optional(textMap('Volumes: labels when it is created.')),
  },
  closed,
);
const StoredVolume = Type.Object({ ...WrittenVolume.properties, readOnly: Type.Boolean() }, closed);

const WrittenFile = Type.Object(
  {
    path: Type.String({ description: 'Absolute path in the container. Missing directories are created.' }),
    content: Type.Optional(
      Type.String({ description: 'Content as text, at most 65,536 bytes; or `secret`. Hidden from viewers.' }),
    ),
    secret: Type.Optional(Type.String({ description: 'Name of the secret that is the content; or `content`.' })),
    mode: Type.Optional(Type.String({ default: '0444', description: 'Permissions, in octal.' })),
    uid: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 })),
    gid: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 })),
  },
  closed,
);
const StoredFile = Type.Object(
  { ...WrittenFile.properties, mode: Type.String(), uid: Type.Integer(), gid: Type.Integer() },
  closed,
);

export const STORAGE_FIELDS = {
  volumes: founding(
    Type.Array(WrittenVolume, {
      maxItems: 256,
      description: '-v: named volumes, and host paths that the policy allows.',
      examples: [
        [
          { volume: 'data', target: '/data', readOnly: true },
          { volume: '/srv/apps/web', target: '/srv/web', createHostPath: true, propagation: 'rslave', selinux: 'z' },
          {
            ...{ volume: 'cache', target: '/cache', noCopy: true, subpath: 'web', labels: { tier: 'web' } },
            driverOptions: { type: 'tmpfs', device: 'tmpfs', o: 'size=100m' },
          },
        ],
      ],
    }),
    {
      applies: 'replace',
      default: [],
      policy: 'hostPaths',
      sortedBy: ({ target }: { readonly target: string }) => target,
    },
    { stored: Type.Array(StoredVolume) },
  ),
  files: optional(
    Type.Array(WrittenFile, {
      maxItems: 64,
      description:
        "Files that Berth places in a new container before its first start. They lie in the container's own file system as plain text.",
      examples: [
        [
          { path: '/etc/shop/shop.conf', content: 'debug = false\n' },
          { path: '/run/secrets/db-password', secret: 'shop-db-password', mode: '0400', uid: 1000, gid: 1000 },
        ],
      ],
    }),
    { applies: 'replace', default: [], sortedBy: ({ path }: { readonly path: string }) => path },
    { stored: Type.Array(StoredFile) },
  ),
  tmpfs: optional(
    texts('--tmpfs: file systems in memory, as path:options; empty at each start.', ['/run:size=64m,mode=1777'], 64),
    { applies: 'replace', default: [], sortedBy: (entry: string) => entry },
  ),
  labels: founding(textMap('--label: values by key. io.berth. is reserved.', { examples: [{ KEY: 'value' }] }), {
    applies: 'replace',
    default: {},
  }),
} as const satisfies Fields;
