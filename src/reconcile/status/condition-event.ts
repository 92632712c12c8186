import type { Condition } from '../../domain/definition/condition.js';
import type { ReconcilerEvent } from './event-recorder.js';

/** Reasons that only say that the work goes on. */
const PASSING: ReadonlySet<string> = new Set([
  'Pending',
  'Progressing',
  'Outdated',
  'Updating',
  'NotObservedYet',
  'HostsNotReadYet',
]);

/** Returns the event that records the transition of a condition; undefined if it says nothing new. */
export function conditionEvent(before: Condition, after: Condition): ReconcilerEvent | undefined {
  // Without the engine every Ready is Unknown, and says so. Exposed follows from the definition alone.
  if (after.type === 'EngineReachable' || after.type === 'Exposed') return undefined;
  if (PASSING.has(after.reason) || (after.type !== 'Ready' && after.status !== 'False')) return undefined;
  return {
    type: 'ConditionChanged',
    reason: after.reason,
    message: `${after.type} is ${after.status}${after.message === '' ? '' : `: ${after.message}`}`,
    before: { [before.type]: before.status, reason: before.reason },
    after: { [after.type]: after.status, reason: after.reason },
  };
}
