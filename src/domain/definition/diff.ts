import { isSameJson } from '../../lib/canonical-json.js';
import { isSameImage } from '../images/image-ref.js';
import type { Spec } from './definition.js';

/** What a change of one field means for a container that runs. */
export interface FieldChange {
  readonly field: string;
  /** `replace`: a new container in its place. `stop`, `start`: as it says. `none`: it runs on as it is. */
  readonly costs: 'replace' | 'stop' | 'start' | 'none';
}

/**
 * A declared spec with the image as it was declared before, where both texts name the same image: containers are compared
 * by a hash over that text, and another spelling must not replace them.
 */
export const withImageAsBefore = (spec: Spec, before: Spec | undefined): Spec =>
  before === undefined || before.image === spec.image || !isSameImage(before.image, spec.image)
    ? spec
    : { ...spec, image: before.image };

/** What is updated in place, or only says how to go about it. The rest is in the hash. */
const FREE: ReadonlySet<string> = new Set(['restartPolicy', 'resources', 'pullPolicy', 'onLinkChange']);

/** The fields in which two specs differ, in the order of the contract, and what each costs. */
export function specChanges(before: Spec, after: Spec): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])] as (keyof Spec)[];
  return names
    .filter((name) => !isSameJson(before[name] ?? null, after[name] ?? null))
    .map((field) => ({ field, costs: costOf(field, before, after) }));
}

function costOf(field: keyof Spec, before: Spec, after: Spec): FieldChange['costs'] {
  if (field === 'state') return after.state === 'stopped' ? 'stop' : 'start';
  if (after.state === 'stopped') return 'none';
  if (field === 'resources' && takesAwayLimit(before, after)) return 'replace';
  return FREE.has(field) ? 'none' : 'replace';
}

/** The engine can't take a limit away from a container that has one. */
const takesAwayLimit = (before: Spec, after: Spec): boolean =>
  (before.resources.memoryBytes !== undefined && after.resources.memoryBytes === undefined) ||
  (before.resources.cpus !== undefined && after.resources.cpus === undefined);
