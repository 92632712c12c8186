/** Keys of health checks, logs, restarts and dependencies. */

import { type Fates, ignored, taken } from './key.js';

export const HEALTHCHECK_KEYS: Fates = {
  test: taken,
  interval: taken,
  timeout: taken,
  retries: taken,
  start_period: taken,
  disable: taken,
  start_interval: taken,
};

/** Keys of a service's `logging`. */
export const LOGGING_KEYS: Fates = {
  driver: taken,
  options: taken,
};

export const RESTART_POLICY_KEYS: Fates = {
  condition: taken,
  max_attempts: taken,
  delay: ignored('the engine waits longer before each restart'),
  window: ignored('the engine waits longer before each restart'),
};

/** Keys of one `depends_on`. */
export const DEPENDENCY_KEYS: Fates = { condition: taken, restart: taken, required: taken };

/** Keys of a dependency in `x-berth`, on a container that is none of the file's services. */
export const BERTH_DEPENDENCY_KEYS: Fates = { container: taken, condition: taken, required: taken };
