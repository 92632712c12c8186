/** Pure: what follows from the digest that a tag has in its registry now. */

import type { ConditionStatus } from '../definition/condition.js';
import type { Definition } from '../definition/definition.js';
import { resolutionOf } from './resolution.js';
import { isInWindow, windowText } from './update-window.js';

/** Result of the last check of a tag. */
export type TagCheck =
  | { readonly kind: 'found'; readonly digest: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string };

export interface UpdateFinding {
  readonly status: ConditionStatus;
  readonly reason: string;
  readonly message: string;
  /** The digest to update to, now; absent where nothing is to be done. */
  readonly updateTo?: string;
}

/** True for a definition whose tag is checked. */
export const isChecked = ({ spec, deletionRequestedAt }: Definition): boolean =>
  (spec.updatePolicy ?? 'manual') !== 'manual' && deletionRequestedAt === null;

const short = (digest: string): string => digest.slice(0, 19);

/**
 * Compares the digest of a tag with the one that it resolved to.
 *
 * @param check the last check of the tag; undefined before the first
 * @returns undefined if the tag of the definition isn't checked
 */
export function findUpdate(definition: Definition, check: TagCheck | undefined, now: Date): UpdateFinding | undefined {
  if (!isChecked(definition)) return undefined;
  const { spec } = definition;
  if (check === undefined) {
    return { status: 'Unknown', reason: 'NotCheckedYet', message: `the tag of ${spec.image} has not been checked yet` };
  }
  if (check.kind === 'failed') return { status: 'Unknown', reason: check.reason, message: check.message };
  const resolution = resolutionOf(definition);
  if (resolution === undefined) {
    const message = `the container's image has no digest of a registry, so ${spec.image} can't be compared. Pull the image from its registry, with pullPolicy always or a new generation`;
    return { status: 'Unknown', reason: 'DigestUnknown', message };
  }
  const { digest } = check;
  if (digest === resolution.digest) {
    return { status: 'False', reason: 'UpToDate', message: `${spec.image} is ${short(digest)} in its registry` };
  }
  const moved = `${spec.image} has moved from ${short(resolution.digest)} to ${short(digest)}`;
  const failed = resolution.rolledBack?.find((one) => one.digest === digest);
  if (failed !== undefined) {
    const message = `${moved}; that update was rolled back (${failed.message}) and is not tried again`;
    return { status: 'True', reason: 'RolledBack', message };
  }
  const available = { status: 'True', reason: 'TagMoved' } as const;
  if (spec.updatePolicy !== 'automatic')
    return { ...available, message: `${moved}. Set updatePolicy to automatic to update` };
  if (spec.state === 'stopped') return { ...available, message: `${moved}; the update waits for the next start` };
  if (!isInWindow(spec.updateWindow, now)) {
    const when = spec.updateWindow === undefined ? '' : windowText(spec.updateWindow);
    return { status: 'True', reason: 'OutsideWindow', message: `${moved}; the update waits for its window, ${when}` };
  }
  return { ...available, message: `${moved}; the update begins with the next check`, updateTo: digest };
}
