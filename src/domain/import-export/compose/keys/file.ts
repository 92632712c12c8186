/** Keys of the file itself. */

import { type Fates, ignored, taken } from './key.js';

const USED_BY_SERVICES = 'the services that use it report the effect';

/** Keys of the file itself. */
export const FILE_KEYS: Fates = {
  name: taken,
  services: taken,
  networks: taken,
  volumes: taken,
  version: ignored('it is obsolete: remove it'),
  configs: taken,
  secrets: taken,
  models: ignored(USED_BY_SERVICES),
  include: taken,
  'x-berth': taken,
};

/** Keys of the file's own `x-berth`. */
export const FILE_BERTH_KEYS: Fates = { set: taken };
