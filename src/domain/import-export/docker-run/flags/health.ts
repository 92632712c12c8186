/** Flags of health checks and logs. */

import { becomes, type Flag, ignored, lacking, list } from './flag.js';

export const HEALTH_FLAGS: readonly Flag[] = [
  becomes('health-cmd', 'text', 'healthCommand'),
  becomes('health-interval', 'duration', 'healthInterval'),
  becomes('health-timeout', 'duration', 'healthTimeout'),
  becomes('health-retries', 'integer', 'healthRetries'),
  becomes('health-start-period', 'duration', 'healthStartPeriod'),
  becomes('health-start-interval', 'duration', 'healthStartInterval'),
  becomes('no-healthcheck', 'nothing', 'noHealthcheck'),
  lacking('log-driver', 'text', 'the engine keeps the output for GET /v1/containers/{name}/logs: remove it', {
    usual: ['', 'json-file'],
    harmless: ['local'],
  }),
  ignored('log-opt', 'text', 'the newest 30 MB of output are kept, in three files', list),
];
