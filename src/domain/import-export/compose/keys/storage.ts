/** Keys of a service's files, and of the volumes of a file. */

import { type Fates, ignored, lacking, sets, taken } from './key.js';

const NO_SIZE = "the container's root file system has no size limit: keep growing data in a volume";

/** Keys of files and mounts. */
export const STORAGE_KEYS: Fates = {
  tmpfs: sets({ is: 'texts', field: 'tmpfs' }),
  volumes_from: lacking('each service lists its own volumes: write volumes for each'),
  storage_opt: lacking(NO_SIZE),
  configs: taken,
  secrets: taken,
  logging: taken,
};

/** Keys of a volume of the file. */
export const VOLUME_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: taken,
  driver_opts: taken,
  labels: taken,
};

/** Keys of a volume of a service in its long form. */
export const MOUNT_KEYS: Fates = {
  type: taken,
  source: taken,
  target: taken,
  read_only: taken,
  volume: taken,
  consistency: ignored('it is for macOS only'),
  bind: taken,
  tmpfs: taken,
  image: taken,
};

/** Keys of a mounted path of the host. */
export const MOUNT_BIND_KEYS: Fates = {
  propagation: taken,
  create_host_path: taken,
  selinux: taken,
  recursive: lacking('a path is mounted with everything that is mounted below it: remove it', 'enabled'),
};

export const MOUNT_VOLUME_KEYS: Fates = {
  nocopy: taken,
  subpath: taken,
  labels: taken,
};
