/** Every key of a service and what becomes of it. Rule: compose-spec, `schema/compose-spec.json`. */

import { type Fates, ignored, lacking, sets, taken } from './key.js';
import { LIMIT_KEYS } from './limits.js';
import { NAME_KEYS } from './network.js';
import { PROCESS_KEYS } from './process.js';
import { SECURITY_KEYS } from './security.js';
import { STORAGE_KEYS } from './storage.js';

/** Keys of a service. */
export const SERVICE_KEYS: Fates = {
  image: taken,
  build: lacking(
    "images can't be built here: run docker compose build on the same engine; Berth finds the result by the name in image, or as PROJECT-SERVICE",
  ),
  command: taken,
  entrypoint: taken,
  environment: taken,
  working_dir: sets({ is: 'text', field: 'workingDir' }),
  user: sets({ is: 'text', field: 'user' }),
  hostname: sets({ is: 'text', field: 'hostname' }),
  container_name: taken,
  expose: taken,
  ports: taken,
  links: taken,
  external_links: taken,
  depends_on: taken,
  networks: taken,
  network_mode: taken,
  volumes: taken,
  labels: taken,
  healthcheck: taken,
  restart: taken,
  mem_limit: taken,
  cpus: taken,
  pids_limit: taken,
  pull_policy: taken,
  stop_signal: sets({ is: 'text', field: 'stopSignal' }),
  stop_grace_period: taken,
  profiles: taken,
  scale: taken,
  deploy: taken,
  'x-berth': taken,
  extends: taken,

  // For people who work with the file, without effect on the container.
  attach: ignored('Berth attaches no terminal: read the output at GET /v1/containers/{name}/logs'),
  develop: ignored('Berth watches no files: it is for docker compose watch'),
  pull_refresh_after: ignored('images are pulled when a container is created: see pull_policy'),

  ...PROCESS_KEYS,
  ...SECURITY_KEYS,
  ...NAME_KEYS,
  ...STORAGE_KEYS,
  ...LIMIT_KEYS,
};

/** Keys of `updateWindow` there. */
export const UPDATE_WINDOW_KEYS: Fates = { from: taken, to: taken, timeZone: taken };

/** Keys of `x-berth` in a service, for settings that Compose lacks. */
export const BERTH_KEYS: Fates = {
  boot: taken,
  dependsOn: taken,
  keepNetworks: taken,
  links: taken,
  onLinkChange: taken,
  onUnhealthy: taken,
  publishAll: taken,
  secretEnv: taken,
  service: taken,
  stateful: taken,
  updateIntervalSeconds: taken,
  updatePolicy: taken,
  updateWindow: taken,
};
