/** Fields of what is attached to a container: volumes and labels. */

import { Type } from 'typebox';
import { closed, textMap } from '../../../lib/schema.js';
import { type Fields, founding } from './field.js';

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

export const STORAGE_FIELDS = {
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
} as const satisfies Fields;
