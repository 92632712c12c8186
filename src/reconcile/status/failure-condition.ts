/** Pure: the consequences of a failed step for the definition's conditions. */

import { Problem } from '../../domain/problems/problem.js';
import type { EngineErrorKind } from '../../engine/errors.js';
import { EngineError } from '../../engine/errors.js';
import type { Action, Obstacle } from '../plan/types.js';
import type { Attempt } from './conditions.js';

type Failed = Extract<Attempt, { kind: 'failed' }>;

const BY_KIND: Partial<Record<EngineErrorKind, readonly [Obstacle['condition'], string]>> = {
  'port-in-use': ['PortsBound', 'HostPortInUse'],
  'host-ip-unavailable': ['PortsBound', 'HostIpUnavailable'],
  'disk-full': ['Ready', 'EngineDiskFull'],
  'name-in-use': ['Ready', 'NameTaken'],
  'image-absent': ['ImageAvailable', 'ImageAbsent'],
  'network-absent': ['Ready', 'NetworkAbsent'],
  'subnet-overlaps': ['Ready', 'SubnetOverlaps'],
  'address-in-use': ['Ready', 'AddressInUse'],
  'link-source-not-running': ['LinksResolved', 'SourceNotRunning'],
  'link-source-absent': ['LinksResolved', 'SourceMissing'],
  unreachable: ['Ready', 'EngineUnreachable'],
  timeout: ['Ready', 'EngineTimeout'],
  malformed: ['Ready', 'EngineAnswerMalformed'],
  unsupported: ['Ready', 'EngineUnsupported'],
};

const BY_ACTION: Partial<Record<Action['kind'], string>> = {
  'create-network': 'NetworkFailed',
  'remove-network': 'NetworkFailed',
  connect: 'ConnectFailed',
  disconnect: 'DisconnectFailed',
  'pull-image': 'PullFailed',
  create: 'CreateFailed',
  start: 'StartFailed',
  restart: 'RestartFailed',
  stop: 'StopFailed',
  remove: 'RemoveFailed',
  update: 'UpdateFailed',
  rename: 'RenameFailed',
  unpause: 'UnpauseFailed',
};

/** Remedies for failures that we know better than the engine's message tells. */
const HINTS: Partial<Record<EngineErrorKind, string>> = {
  'port-in-use': 'free the port or declare another one; Berth retries automatically',
  'subnet-overlaps': 'remove the other network, or recreate this one with another subnet',
  'disk-full': 'free some space on the engine, for instance with `docker system prune`; Berth retries automatically',
  'host-ip-unavailable': 'declare an address that the host has',
  'name-in-use': 'rename or remove the container that has the name',
};

/** Returns the reason of a failed step whose error has none of its own. */
export const failureReason = (kind: Action['kind']): string => BY_ACTION[kind] ?? 'Failed';

/** @param action the step that failed; undefined if it was the looking */
export function toAttempt(action: Action | undefined, error: unknown): Failed {
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof EngineError)) {
    const reason = error instanceof Problem ? 'StorageUnavailable' : 'InternalError';
    return { kind: 'failed', condition: 'Ready', reason, message: text };
  }
  const hint = HINTS[error.kind];
  const message = hint === undefined ? text : `${text}: ${hint}`;
  if (error.kind === 'credentials-unreadable') {
    return { kind: 'failed', condition: 'ImageAvailable', reason: 'SecretUnreadable', message };
  }
  if (action?.kind === 'pull-image' && !error.leavesUnknown && error.kind !== 'disk-full') {
    return { kind: 'failed', condition: 'ImageAvailable', reason: 'PullFailed', message };
  }
  const [condition, reason] = BY_KIND[error.kind] ?? ['Ready', failureReason(action?.kind ?? 'start')];
  return { kind: 'failed', condition, reason, message, ...(error.leavesUnknown && { unknown: true }) };
}
