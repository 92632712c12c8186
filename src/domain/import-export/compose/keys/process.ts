/** Keys of a service's process. */

import { type Fates, lacking, NO_LIMIT, taken } from './key.js';

const NO_HOOK = "Berth runs no commands besides the container's own: put it into the image";

/** Keys of the process. */
export const PROCESS_KEYS: Fates = {
  env_file: taken,
  label_file: taken,
  stdin_open: lacking('containers get no input: use a command that runs without it'),
  tty: lacking('containers have no terminal: use a command that runs without one'),
  init: lacking('the command itself is process 1: put an init such as tini into the image'),
  group_add: lacking('a process has the groups of its user: write user: name:group'),
  sysctls: lacking("containers use the engine's kernel settings: remove it"),
  ulimits: lacking('process limits are set on the engine: set default-ulimits in its configuration'),
  runtime: lacking("containers use the engine's default runtime: remove it", 'runc', 'io.containerd.runc.v2'),
  platform: lacking("images are pulled for the engine's platform: name the image by its digest (NAME@sha256:…)"),
  annotations: lacking('definitions have labels only: write labels'),
  read_only: lacking("the container's root file system is always writable: remove it, or make the image read-only"),
  shm_size: lacking(
    "/dev/shm always has the engine's default of 64 MiB: remove it",
    '67108864',
    '64m',
    '64mb',
    '64M',
    '64MB',
  ),
  oom_kill_disable: lacking(NO_LIMIT),
  oom_score_adj: lacking(NO_LIMIT, '0'),
  pre_start: lacking(NO_HOOK),
  post_start: lacking(NO_HOOK),
  pre_stop: lacking(NO_HOOK),
  provider: lacking('a provider service is not a container, so it is not imported: run the provider yourself'),
  models: lacking('Berth runs no models: pass the address of a model in environment'),
};
