/** Fields that limit what a container may use. */

import { Type } from 'typebox';
import { closed } from '../../../lib/schema.js';
import { type Fields, founding } from './field.js';

export const DEFAULT_PIDS = 4096;

const Limits = {
  memoryBytes: Type.Optional(Type.Integer({ description: 'At least 6 MiB, the minimum of the engine.' })),
  cpus: Type.Optional(Type.Number()),
};
const WrittenResources = Type.Object(
  { ...Limits, pids: Type.Optional(Type.Integer({ default: DEFAULT_PIDS })) },
  { ...closed, examples: [{ memoryBytes: 67_108_864, cpus: 0.5, pids: 100 }] },
);
const StoredResources = Type.Object({ ...Limits, pids: Type.Integer() }, closed);
interface Limited {
  readonly memoryBytes?: number;
  readonly cpus?: number;
}
/** Returns true if a limit is removed: the engine can't take one away from a container. */
const removesLimit = (before: Limited, after: Limited): boolean =>
  (before.memoryBytes !== undefined && after.memoryBytes === undefined) ||
  (before.cpus !== undefined && after.cpus === undefined);

export const LIMIT_FIELDS = {
  resources: founding(
    WrittenResources,
    { applies: 'live', replaceIf: removesLimit, default: { pids: DEFAULT_PIDS } },
    { stored: StoredResources },
  ),
} as const satisfies Fields;
