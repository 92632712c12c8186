/** Flags of volumes and files. */

import { becomes, type Flag, lacking, list } from './flag.js';

const NO_MOUNT = 'only named volumes can be mounted: write -v NAME:/path';

export const STORAGE_FLAGS: readonly Flag[] = [
  becomes('volume', 'text', 'volume', { short: 'v', isList: true }),
  becomes('mount', 'text', 'mount', list),
  lacking('tmpfs', 'text', NO_MOUNT, list),
  lacking('volumes-from', 'text', 'each container lists its own volumes: write -v NAME:/path for each', list),
  lacking(
    'volume-driver',
    'text',
    "volumes use the engine's local driver: create this one beforehand and name it with -v",
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
