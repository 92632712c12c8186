/** Keys of a service's files, and of the volumes of a file. */

import { type Fates, ignored, lacking, taken } from './key.js';

const NO_MOUNT = 'only named volumes can be mounted: write NAME:/path';
const NO_SECRETS = "files can't be passed to containers: use environment, a volume or the image";

/** Keys of files and mounts. */
export const STORAGE_KEYS: Fates = {
  tmpfs: lacking(NO_MOUNT),
  volumes_from: lacking('each service lists its own volumes: write volumes for each'),
  storage_opt: lacking(NO_MOUNT),
  configs: lacking(NO_SECRETS),
  secrets: lacking(NO_SECRETS),
  logging: taken,
};

/** Keys of a volume of the file. */
export const VOLUME_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("volumes use the engine's local driver: create this one beforehand under this name", 'local'),
  driver_opts: lacking('volumes are created without options: create this one beforehand under this name'),
  labels: ignored('volumes are created without labels'),
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
  nocopy: lacking("a new volume is filled with the image's files at that path: remove it"),
  subpath: lacking('volumes are mounted as a whole: use a separate volume'),
  labels: ignored('volumes are created without labels'),
};
