/**
 * The only list of a definition's fields. Types, the stored shape, request body, replies, hash, diff and the cost of a
 * change derive from it.
 */

import { HEALTH_FIELDS } from './fields/health.js';
import { IMAGE_FIELDS } from './fields/images.js';
import { JOB_FIELDS } from './fields/job.js';
import { LIFECYCLE_FIELDS } from './fields/lifecycle.js';
import { LIMIT_FIELDS } from './fields/limits.js';
import { NETWORK_FIELDS } from './fields/network.js';
import { PROCESS_FIELDS } from './fields/process.js';
import { SECURITY_FIELDS } from './fields/security.js';
import { STORAGE_FIELDS } from './fields/storage.js';

/** Fields in the order in which a stored spec has them. */
export const SPEC = {
  ...PROCESS_FIELDS,
  ...NETWORK_FIELDS,
  ...STORAGE_FIELDS,
  ...HEALTH_FIELDS,
  ...LIMIT_FIELDS,
  ...SECURITY_FIELDS,
  ...LIFECYCLE_FIELDS,
  ...IMAGE_FIELDS,
  ...JOB_FIELDS,
} as const;
