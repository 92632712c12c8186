/** Fields for volumes and labels. */

import { Type } from 'typebox';
import { closed, literals, textMap } from '../../../lib/schema.js';
import { type Fields, founding } from './field.js';

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
          'Host paths: direction in which later mounts below the path propagate between the host and the container. By default rprivate: neither.',
      }),
    ),
    selinux: Type.Optional(
      Type.Unsafe<'z' | 'Z'>({
        ...literals('z', 'Z'),
        description:
          'Host paths: relabel the files for SELinux, for all containers (z) or this one (Z). Needs createHostPath.',
      }),
    ),
  },
  closed,
);
const StoredVolume = Type.Object({ ...WrittenVolume.properties, readOnly: Type.Boolean() }, closed);

export const STORAGE_FIELDS = {
  volumes: founding(
    Type.Array(WrittenVolume, {
      maxItems: 256,
      description: '-v: named volumes, and host paths that the policy allows.',
      examples: [
        [
          { volume: 'data', target: '/data', readOnly: true },
          { volume: '/srv/apps/web', target: '/srv/web', createHostPath: true, propagation: 'rslave', selinux: 'z' },
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
  labels: founding(textMap('--label: values by key. io.berth. is reserved.', { examples: [{ KEY: 'value' }] }), {
    applies: 'replace',
    default: {},
  }),
} as const satisfies Fields;
