/** The record of what changed: one entry a change, of the desired state or of the engine. */

import { isSameJson } from '../lib/canonical-json.js';

/** Kind of change: a client's request, a step on the engine, or its outcome. */
export type EventType =
  | 'Created'
  | 'Updated'
  | 'DeletionRequested'
  | 'RestartRequested'
  | 'Adopted'
  | 'Removed'
  /** A step on the engine was done. */
  | 'Step'
  /** A step failed. */
  | 'StepFailed'
  | 'RolledBack'
  /** A condition changed its status or its reason. */
  | 'ConditionChanged'
  /** The definitions are those of a backup. What was removed before it is not known any more. */
  | 'Restored'
  /** Linked definitions on the default bridge move to a network of their own. */
  | 'LinksMoved'
  /** The pause after a restore was released. */
  | 'Released'
  /** A container without a definition is to go, because a person has said so. */
  | 'Discarded'
  /** A token was made, or revoked. */
  | 'TokenCreated'
  | 'TokenRevoked'
  /** Credentials of a registry, or a secret, were stored or removed. */
  | 'SecretStored'
  | 'SecretRemoved'
  /** All sealed values were sealed again with the newest key. */
  | 'SecretsResealed'
  /** A request that changes no definition was done: a command inside a container, a pull. */
  | 'Requested'
  /** A request to change something was refused. */
  | 'Refused';

export const EVENT_TYPES: readonly EventType[] = [
  ...(['Created', 'Updated', 'DeletionRequested', 'RestartRequested', 'Adopted', 'Removed'] as const),
  ...(['Step', 'StepFailed', 'RolledBack', 'ConditionChanged', 'Restored', 'Released', 'Discarded'] as const),
  'LinksMoved',
  ...(['SecretStored', 'SecretRemoved', 'SecretsResealed'] as const),
  ...(['TokenCreated', 'TokenRevoked', 'Requested', 'Refused'] as const),
];

export type Fields = Readonly<Record<string, unknown>>;

export interface NewEvent {
  readonly type: EventType;
  /** The definition's name, and its uid; both empty where it is about all of them. */
  readonly container: string;
  readonly uid: string;
  /** Reason in one CamelCase word; `message` is a sentence. */
  readonly reason: string;
  readonly message: string;
  /** Initiator: a client's request, or Berth itself. */
  readonly by: 'client' | 'berth';
  /** The name of the caller that sent the request; null for Berth's own work. */
  readonly actor: string | null;
  /** The request that caused it. */
  readonly requestId: string | null;
  /** The fields that changed, as they were and as they are; null where there was nothing. */
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface EventRecord extends NewEvent {
  /** Rises with every event; never reused. */
  readonly id: number;
  readonly at: Date;
}

/** The fields in which two records differ, on both sides. Values of a field that is only on one side are there alone. */
export function changedFields(before: object, after: object): { readonly before: Fields; readonly after: Fields } {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => !isSameJson(a[name] ?? null, b[name] ?? null),
  );
  const pick = (from: Record<string, unknown>): Fields =>
    Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
  return { before: pick(a), after: pick(b) };
}
