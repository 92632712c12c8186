/** Limits of a service, and how many of it there are: `mem_limit`, `cpus`, `pids_limit`, `scale`, and the same in `deploy`. */

import { UNLIMITED } from '../../../definition/fields/limits.js';
import { parseBytes, parseCpus, parseInteger } from '../../../docker/values.js';
import type { Result } from '../../../problems/result.js';
import { type Draft, put, setOrigin } from '../draft.js';
import { DEPLOY_KEYS, LIMITS_KEYS, RESERVATIONS_KEYS, RESOURCES_KEYS } from '../keys/limits.js';
import { addFault, addNote, checkKeys, child, mapOf, parsed, type Reading } from './reading.js';
import type { MapTree, Tree } from './tree.js';

export function readLimits(reading: Reading, draft: Draft, service: MapTree): void {
  const deploy = mapOf(reading, child(service, 'deploy'));
  if (deploy !== undefined) checkKeys(reading, deploy, DEPLOY_KEYS, 'deploy');
  const { limits, reservations } = readResources(reading, deploy);
  checkDistinct(reading, service, limits);
  const in_ = (key: string): Tree | undefined => limits && child(limits, key);

  const memory = either(reading, [child(service, 'mem_limit'), in_('memory')], parseBytes);
  const cpus = either(reading, [child(service, 'cpus'), in_('cpus')], parseCpus);
  const pids = either(reading, [child(service, 'pids_limit'), in_('pids')], parseInteger);
  // Rule: for the engine 0 is no limit.
  const resources = {
    ...(memory !== undefined && memory.value !== 0 && { memoryBytes: memory.value }),
    ...(cpus !== undefined && cpus.value !== 0 && { cpus: cpus.value }),
    ...(pids !== undefined && pids.value !== 0 && { pids: Math.max(pids.value, UNLIMITED) }),
  };
  if (Object.keys(resources).length > 0) put(draft, 'resources', resources, service);
  for (const [field, limit] of Object.entries({ memoryBytes: memory, cpus, pids })) {
    if (limit !== undefined) setOrigin(draft, `/resources/${field}`, limit.tree);
  }
  const reserved = reservations && child(reservations, 'memory');
  const bytes = parsed(reading, reserved, parseBytes);
  // What mem_reservation says as well is the same: a difference is a fault.
  if (bytes !== undefined && bytes > 0) put(draft, 'memoryReservation', bytes, reserved);
  const name = child(service, 'container_name');
  const scale = either(reading, [child(service, 'scale'), deploy && child(deploy, 'replicas')], parseInteger);
  if (name !== undefined && (scale?.value ?? 1) > 1) {
    addFault(reading, name, 'is the name of a single container, but the service has several; remove it, or the scale');
  }
  readScale(reading, draft, scale);
}

interface Resources {
  readonly limits?: MapTree | undefined;
  readonly reservations?: MapTree | undefined;
}

function readResources(reading: Reading, deploy: MapTree | undefined): Resources {
  const resources = deploy && mapOf(reading, child(deploy, 'resources'));
  if (resources === undefined) return {};
  checkKeys(reading, resources, RESOURCES_KEYS, 'resources');
  const reservations = mapOf(reading, child(resources, 'reservations'));
  if (reservations !== undefined) checkKeys(reading, reservations, RESERVATIONS_KEYS, 'reservations');
  const limits = mapOf(reading, child(resources, 'limits'));
  if (limits !== undefined) checkKeys(reading, limits, LIMITS_KEYS, 'limits');
  return { limits, reservations };
}

interface Limit {
  readonly value: number;
  readonly tree: Tree;
}

/**
 * Returns a limit that two keys can set, and reports two different values. Rule: compose-go, `can't set distinct
 * values`.
 */
function either(
  reading: Reading,
  trees: readonly (Tree | undefined)[],
  parse: (text: string) => Result<number>,
): Limit | undefined {
  const [first, second] = trees.flatMap((tree) => {
    const value = parsed(reading, tree, parse);
    return tree === undefined || value === undefined ? [] : [{ tree, value }];
  });
  if (first !== undefined && second !== undefined && first.value !== second.value) {
    addFault(
      reading,
      second.tree,
      `is ${second.value}, and on line ${first.tree.at.line} it is ${first.value}; leave one out`,
    );
  }
  return first ?? second;
}

/**
 * Reports a limit of the service that is missing in `deploy` although that has limits. Rule: compose-go,
 * `checkConsistency`: a missing limit is 0, which is another value.
 */
function checkDistinct(reading: Reading, service: MapTree, limits: MapTree | undefined): void {
  if (limits === undefined) return;
  const pairs = [
    ['mem_limit', 'memory', parseBytes],
    ['cpus', 'cpus', parseCpus],
    ['pids_limit', 'pids', parseInteger],
  ] as const;
  for (const [own, key, parse] of pairs) {
    const tree = child(service, own);
    const value = parsed({ faults: [], notes: [] }, tree, parse) ?? 0;
    if (tree === undefined || value === 0 || child(limits, key) !== undefined) continue;
    addFault(reading, tree, `deploy has limits without ${key}; write the limit there`);
  }
}

function readScale(reading: Reading, draft: Draft, scale: Limit | undefined): void {
  if (scale === undefined || scale.value === 1) return;
  const { value, tree } = scale;
  if (value < 0) {
    addFault(reading, tree, 'is the number of containers: write 1, or 0 for a stopped one');
  } else if (value === 0) {
    put(draft, 'state', 'stopped', tree);
  } else {
    addNote(reading, tree, 'unsupported', `a definition is one container: write ${value} services to get ${value}`);
  }
}
