/** Differences between two specs, and what each costs. */

import { byCodeUnit, isSameJson } from '../../lib/canonical-json.js';
import { isSameImage } from '../images/image-ref.js';
import { FIELD_NAMES, type FieldName, type Spec } from './definition.js';
import type { Field } from './fields/field.js';
import { SPEC } from './spec.js';

/** Effect of a changed field on a running container. */
export interface FieldChange {
  readonly field: string;
  /**
   * `replace`: a new container in its place. `stop`, `start`: as it says. `reconnect`: it is connected to networks, or
   * disconnected, while it runs. `none`: it runs on as it is.
   */
  readonly costs: 'replace' | 'stop' | 'start' | 'reconnect' | 'none';
}

/**
 * A declared spec with the image as it was declared before, where both texts name the same image: containers are compared
 * by a hash over that text, and another spelling must not replace them.
 */
export const withImageAsBefore = (spec: Spec, before: Spec | undefined): Spec =>
  before === undefined || before.image === spec.image || !isSameImage(before.image, spec.image)
    ? spec
    : { ...spec, image: before.image };

/** A field's value, sorted if its order has no meaning; undefined if the field is optional and at its default. */
export function canonicalValue(name: FieldName, spec: Spec): unknown {
  const value: unknown = spec[name];
  if (value === undefined) return undefined;
  const { presence, default: usual, sortedBy }: Field = SPEC[name];
  if (presence === 'optional' && usual !== undefined && isSameJson(value, usual)) return undefined;
  if (sortedBy === undefined) return value;
  return (value as readonly never[]).toSorted((a, b) => byCodeUnit(sortedBy(a), sortedBy(b)));
}

/** The fields in which two specs differ, in the order of the contract, and what each costs. */
export function specChanges(before: Spec, after: Spec): readonly FieldChange[] {
  return FIELD_NAMES.filter((name) => !isSameJson(before[name] ?? null, after[name] ?? null)).map((field) => ({
    field,
    costs: costOf(field, before, after),
  }));
}

/** Returns why a container's limits can't change in place; undefined if they can. */
export const barsUpdates = ({ deviceRequests = [] }: Pick<Spec, 'deviceRequests'>): string | undefined =>
  deviceRequests.length === 0 ? undefined : 'an update in place can take away the devices that it requested';

function costOf(name: FieldName, before: Spec, after: Spec): FieldChange['costs'] {
  const { applies, replaceIf, sortedBy }: Field = SPEC[name];
  if (applies === 'power') return after.state === 'stopped' ? 'stop' : 'start';
  if (after.state === 'stopped') return 'none';
  if (sortedBy !== undefined && isSameJson(canonicalValue(name, before), canonicalValue(name, after))) return 'none';
  const isReplaced =
    applies === 'replace' ||
    (applies === 'live' && barsUpdates(after) !== undefined) ||
    replaceIf?.(before[name] as never, after[name] as never, { before, after } as never) === true;
  if (isReplaced) return 'replace';
  return applies === 'connect' ? 'reconnect' : 'none';
}
