/** Flags of health checks and logs. */

import { becomes, type Flag, list, sets } from './flag.js';

export const HEALTH_FLAGS: readonly Flag[] = [
  becomes('health-cmd', 'text', 'healthCommand'),
  becomes('health-interval', 'duration', 'healthInterval'),
  becomes('health-timeout', 'duration', 'healthTimeout'),
  becomes('health-retries', 'integer', 'healthRetries'),
  becomes('health-start-period', 'duration', 'healthStartPeriod'),
  becomes('health-start-interval', 'duration', 'healthStartInterval'),
  becomes('no-healthcheck', 'nothing', 'noHealthcheck'),
  sets('log-driver', 'text', { is: 'text', field: 'logDriver' }),
  sets('log-opt', 'text', { is: 'pairs', field: 'logOptions' }, list),
];
