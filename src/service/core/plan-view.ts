/** Presents a dry run to a client. */

import type { AttemptCondition } from '../../domain/definition/condition.js';
import type { Definition, Spec } from '../../domain/definition/definition.js';
import { type FieldChange, specChanges } from '../../domain/definition/diff.js';
import { runContainerName } from '../../domain/jobs/run.js';
import type { DryRun } from '../../reconcile/plan/dry-run/dry-run.js';
import type { Action, Target } from '../../reconcile/plan/types.js';

/** Plan of the steps on the engine. */
export interface PlanView {
  /** Steps in order. */
  readonly actions: readonly PlannedAction[];
  /**
   * Running containers that would be stopped, restarted, replaced, or taken off a network, each with the first reason.
   */
  readonly interrupted: readonly { readonly container: string; readonly reason: string }[];
  /** Obstacles that would remain at the end. */
  readonly obstacles: readonly {
    readonly container: string;
    readonly condition: AttemptCondition;
    readonly reason: string;
    readonly message: string;
  }[];
  /** Consequences of each changed field for a running container. */
  readonly changes: readonly (FieldChange & { readonly container: string })[];
}

export interface PlannedAction {
  /** The definition's name. */
  readonly container: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string;
}

const targetText = (target: Target, name: string): string =>
  target.kind === 'new' ? `${name} (new)` : `${target.name} (${target.id.slice(0, 12)})`;

function actionTarget(action: Action, name: string): string {
  switch (action.kind) {
    case 'pull-image':
      return action.image;
    case 'create-network':
    case 'remove-network':
      return action.network;
    case 'reserve-ports':
      return action.ports.map((port) => `${port.containerPort}/${port.protocol}`).join(', ');
    case 'rename':
      return `${targetText(action.target, name)} → ${action.to}`;
    case 'connect':
      return `${targetText(action.target, name)} → ${action.endpoint.network}`;
    case 'disconnect':
      return `${targetText(action.target, name)} → ${action.network}`;
    case 'record-run':
      return runContainerName(name, action.run);
    case 'create':
      return action.run === undefined ? name : action.name;
    case 'forget':
      return name;
    default:
      return targetText(action.target, name);
  }
}

/** @param changes each with the definition as it is stored */
export function planView(
  { steps, obstacles }: DryRun,
  changes: readonly { readonly before: Definition | undefined; readonly definition: Definition }[],
  isRunning: (containerId: string) => boolean,
): PlanView {
  const interrupted = new Map<string, string>();
  for (const { definition, action } of steps) {
    const isInterruption = 'interrupts' in action || action.kind === 'stop' || action.kind === 'restart';
    if (!isInterruption) continue;
    const stops = action.target.kind === 'existing' && isRunning(action.target.id);
    if (stops && !interrupted.has(definition.name)) interrupted.set(definition.name, action.reason);
  }
  // The engine may get the same settings from a definition that is written in another way.
  const isAsItWas = ({ uid }: Definition): boolean =>
    !steps.some(({ definition, action }) => definition.uid === uid && action.kind === 'create') &&
    !obstacles.some(({ definition }) => definition.uid === uid);
  const costs = (before: Spec, definition: Definition): readonly FieldChange[] =>
    specChanges(before, definition.spec).map((change) =>
      change.costs === 'replace' && isAsItWas(definition) ? { ...change, costs: 'none' } : change,
    );
  return {
    actions: steps.map(({ definition: { name }, action }) => ({
      container: name,
      action: action.kind,
      target: actionTarget(action, name),
      reason: action.reason,
    })),
    interrupted: [...interrupted].map(([container, reason]) => ({ container, reason })),
    obstacles: obstacles.map(({ definition, obstacle: { condition, reason, message } }) => ({
      container: definition.name,
      condition,
      reason,
      message,
    })),
    changes: changes.flatMap(({ before, definition }) =>
      before === undefined
        ? []
        : costs(before.spec, definition).map((change) => ({ container: definition.name, ...change })),
    ),
  };
}
