/** Keys of a service's process. */

import { type Fates, lacking, NO_LIMIT, sets, taken } from './key.js';

const NO_HOOK = "Berth runs no commands besides the container's own: put it into the image";

/** Keys of the process. */
export const PROCESS_KEYS: Fates = {
  env_file: taken,
  label_file: taken,
  stdin_open: sets({ is: 'switch', field: 'stdinOpen' }),
  tty: sets({ is: 'switch', field: 'tty' }),
  init: sets({ is: 'switch', field: 'init' }),
  group_add: sets({ is: 'texts', field: 'groupAdd' }),
  sysctls: sets({ is: 'pairs', field: 'sysctls' }),
  ulimits: sets({ is: 'ulimits', field: 'ulimits' }),
  runtime: sets({ is: 'text', field: 'runtime' }),
  platform: sets({ is: 'text', field: 'platform' }),
  annotations: lacking('definitions have labels only: write labels'),
  read_only: sets({ is: 'switch', field: 'readOnly' }),
  shm_size: sets({ is: 'bytes', field: 'shmSize' }),
  oom_kill_disable: lacking(NO_LIMIT),
  oom_score_adj: sets({ is: 'number', field: 'oomScoreAdj' }),
  pre_start: lacking(NO_HOOK),
  post_start: lacking(NO_HOOK),
  pre_stop: lacking(NO_HOOK),
  provider: lacking('a provider service is not a container, so it is not imported: run the provider yourself'),
  models: lacking('Berth runs no models: pass the address of a model in environment'),
};
