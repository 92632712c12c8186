/** Converts what a service depends on. */

import type { DefinitionInput, Dependency } from '../../../definition/definition.js';
import { pointer } from '../../../problems/result.js';
import { type Draft, put, setOrigin } from '../draft.js';
import { BERTH_DEPENDENCY_KEYS, DEPENDENCY_KEYS } from '../keys/health.js';
import { type Members, memberOf } from '../members.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  itemsOf,
  mapOf,
  type Reading,
  stringOf,
  textOf,
  uniqueItemsOf,
} from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';

/** A dependency with its place in the file. */
interface Placed {
  readonly dependency: NonNullable<DefinitionInput['dependsOn']>[number];
  readonly tree: Tree;
}

interface Written {
  readonly service: string;
  readonly tree: Tree;
  readonly condition: string;
  readonly isRequired: boolean;
}

const CONDITIONS: ReadonlyMap<string, Dependency['condition']> = new Map([
  ['service_started', 'started'],
  ['service_healthy', 'healthy'],
  ['service_completed_successfully', 'completed'],
]);

/** @param berth the service's own `x-berth`: dependencies on containers that are none of the file's services */
export function readDependencies(
  reading: Reading,
  draft: Draft,
  service: MapTree,
  members: Members,
  berth: MapTree | undefined,
): void {
  const written = writtenIn(reading, child(service, 'depends_on'));
  const found = [
    ...written.flatMap((one) => withinFile(reading, one, members) ?? []),
    ...itemsOf(reading, berth && child(berth, 'dependsOn')).flatMap((item) => beyondFile(reading, item) ?? []),
  ];
  if (found.length === 0) return;
  put(
    draft,
    'dependsOn',
    found.map(({ dependency }) => dependency),
    found[0]?.tree,
  );
  for (const [index, { tree }] of found.entries()) setOrigin(draft, pointer('dependsOn', index), tree);
}

function writtenIn(reading: Reading, tree: Tree | undefined): readonly Written[] {
  if (tree?.kind !== 'map') {
    return uniqueItemsOf(reading, tree).flatMap((item) => {
      const service = stringOf(reading, item);
      return service === undefined ? [] : [{ service, tree: item, condition: 'service_started', isRequired: true }];
    });
  }
  return [...tree.entries].map(([service, value]): Written => {
    const settings = mapOf(reading, child(tree, service));
    if (settings === undefined) return { service, tree: value, condition: 'service_started', isRequired: true };
    checkKeys(reading, settings, DEPENDENCY_KEYS, 'a depends_on');
    const restart = child(settings, 'restart');
    if (restart !== undefined && flagOf(reading, restart)) {
      addNote(reading, restart, 'ignored', 'it reaches the replacement by the same name, so no restart is needed');
    }
    return {
      service,
      tree: value,
      condition: stringOf(reading, child(settings, 'condition')) ?? 'service_started',
      isRequired: flagOf(reading, child(settings, 'required')) ?? true,
    };
  });
}

function withinFile(
  reading: Reading,
  { service, tree, condition: text, isRequired }: Written,
  members: Members,
): Placed | undefined {
  if (!isRequired && members.inactive.has(service)) return undefined;
  const source = memberOf(reading, tree, service, members);
  const condition = CONDITIONS.get(text);
  if (condition === undefined) {
    const known = [...CONDITIONS.keys()].join(', ');
    return addFault(reading, tree, `${JSON.stringify(text)} is not a condition; write one of ${known}`);
  }
  if (source === undefined) return undefined;
  if (condition === 'completed' && source.restarts.policy === 'always') {
    const reason = `${service} never completes, because it is always restarted: give it restart: on-failure`;
    addNote(reading, tree, 'unsupported', reason);
    return undefined;
  }
  return { dependency: { container: source.name, condition, ...(!isRequired && { required: false }) }, tree };
}

const BERTH_CONDITIONS: readonly string[] = [...CONDITIONS.values()];

function beyondFile(reading: Reading, item: Tree): Placed | undefined {
  const settings = mapOf(reading, item);
  if (settings === undefined) return undefined;
  checkKeys(reading, settings, BERTH_DEPENDENCY_KEYS, 'a dependency of x-berth');
  const container = textOf(reading, child(settings, 'container')) ?? '';
  const condition = textOf(reading, child(settings, 'condition')) ?? 'started';
  if (!BERTH_CONDITIONS.includes(condition)) {
    return addFault(reading, item, `condition is one of ${BERTH_CONDITIONS.join(', ')}`);
  }
  const required = flagOf(reading, child(settings, 'required'));
  return {
    dependency: {
      container,
      condition: condition as Dependency['condition'],
      ...(required !== undefined && { required }),
    },
    tree: item,
  };
}
