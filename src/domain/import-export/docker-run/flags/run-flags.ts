/** Every flag of `docker run` and `docker create`, and what becomes of it. Data only. */

import { TYPING_FLAGS } from './client.js';
import type { Flag } from './flag.js';
import { HEALTH_FLAGS } from './health.js';
import { LIMITS_FLAGS } from './limits.js';
import { NETWORK_FLAGS } from './network.js';
import { PROCESS_FLAGS } from './process.js';
import { SECURITY_FLAGS } from './security.js';
import { STORAGE_FLAGS } from './storage.js';

/** The flags of `docker run`, as of Docker 28, those that its help hides included. */
export const RUN_FLAGS: readonly Flag[] = [
  ...PROCESS_FLAGS,
  ...NETWORK_FLAGS,
  ...STORAGE_FLAGS,
  ...HEALTH_FLAGS,
  ...LIMITS_FLAGS,
  ...SECURITY_FLAGS,
  ...TYPING_FLAGS,
];
