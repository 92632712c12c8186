/** Flags of volumes and files. */

import { becomes, type Flag, lacking, list, sets } from './flag.js';

export const STORAGE_FLAGS: readonly Flag[] = [
  becomes('volume', 'text', 'volume', { short: 'v', isList: true }),
  becomes('mount', 'text', 'mount', list),
  sets('tmpfs', 'text', { is: 'texts', field: 'tmpfs' }, list),
  lacking('volumes-from', 'text', 'each container lists its own volumes: write -v NAME:/path for each', list),
  lacking(
    'volume-driver',
    'text',
    'the driver belongs to one volume: write --mount source=NAME,target=/path,volume-driver=…',
    {
      usual: ['', 'local'],
    },
  ),
  lacking(
    'storage-opt',
    'text',
    "the container's root file system has no size limit: keep growing data in a volume (-v NAME:/path)",
    list,
  ),
];
