/** Keys for the limits of a service. */

import { type Fates, ignored, lacking, NO_LIMIT, NO_SWARM, sets, taken, WINDOWS } from './key.js';

const NO_CPU_SHARE = 'definitions limit CPUs by number: write cpus, for example cpus: 0.5';

/** Keys of limits beside those that every definition can have. */
export const LIMIT_KEYS: Fates = {
  mem_reservation: sets({ is: 'bytes', field: 'memoryReservation' }),
  mem_swappiness: lacking(NO_LIMIT, '-1'),
  memswap_limit: sets({ is: 'bytes', field: 'memorySwap' }),
  cpu_count: lacking(WINDOWS, '0'),
  cpu_percent: lacking(WINDOWS, '0'),
  cpu_shares: sets({ is: 'number', field: 'cpuShares' }),
  cpu_quota: lacking(NO_CPU_SHARE, '0'),
  cpu_period: lacking(NO_CPU_SHARE, '0'),
  cpu_rt_period: lacking(NO_CPU_SHARE, '0'),
  cpu_rt_runtime: lacking(NO_CPU_SHARE, '0'),
  cpuset: sets({ is: 'text', field: 'cpusetCpus' }),
  blkio_config: lacking("definitions don't limit the use of single devices: remove it"),
};

/** Keys of a service's `deploy`. */
export const DEPLOY_KEYS: Fates = {
  replicas: taken,
  resources: taken,
  restart_policy: taken,
  mode: lacking(NO_SWARM, 'replicated'),
  endpoint_mode: ignored(NO_SWARM),
  labels: ignored('these labels are for the Swarm service; write those of the container into labels'),
  placement: ignored(NO_SWARM),
  update_config: ignored('Berth replaces one container at a time and rolls back if that fails'),
  rollback_config: ignored('Berth replaces one container at a time and rolls back if that fails'),
};

export const RESOURCES_KEYS: Fates = {
  limits: taken,
  reservations: taken,
};

export const LIMITS_KEYS: Fates = { memory: taken, cpus: taken, pids: taken };

export const RESERVATIONS_KEYS: Fates = {
  memory: taken,
  cpus: ignored('with a single engine nothing is reserved: use limits'),
  generic_resources: ignored(NO_SWARM),
  devices: taken,
};
