/**
 * Dry run for some definitions: the loop's own planner, step by step, on a simulated engine that starts as a copy of
 * the observed state. Nothing here changes the real engine.
 */

import type { Definition, Dependency } from '../../../domain/definition/definition.js';
import { dependenciesOf, edgesOf, topological } from '../../../domain/links/start-order.js';
import { listed } from '../../../lib/sentence.js';
import type { ObservedState } from '../../observe/observed-state.js';
import { createPlanInputs, type OpenSecret, type PlanInputs, type PolicyRefusal } from '../input/plan-input.js';
import type { LinkState } from '../link-state.js';
import { standingAt } from '../obstacles.js';
import { plan } from '../plan.js';
import type { Action, Memory, Obstacle, PlanInput } from '../types.js';
import type { Standing } from '../waits.js';
import { createSimulatedEngine, type DryRunState } from './simulated-engine.js';

export interface DryRunStep {
  readonly definition: Definition;
  readonly action: Action;
}

export interface DryRun {
  /** Steps in the order in which they would run, as far as they depend on each other. */
  readonly steps: readonly DryRunStep[];
  /** Obstacles that would remain at the end. */
  readonly obstacles: readonly { readonly definition: Definition; readonly obstacle: Obstacle }[];
}

/** Lets other work run after one piece of work has taken long enough. */
export type Breathe = () => Promise<void>;

/** Limit of passes over all definitions: more than any chain of links or ports takes. */
const MOST_PASSES = 50;

/** Plans for one definition in one pass, after which it waits for the next one. */
const MOST_ROUNDS = 8;

/** Simulates what was requested, and its consequences for the recipients. @throws EngineError if `ask` does */
export async function dryRun(options: {
  readonly definitions: readonly Definition[];
  readonly desired: DryRunState;
  readonly observed: ObservedState;
  readonly memory: Memory;
  readonly instance: string;
  /** Completes an input by the facts that only the engine has. */
  readonly ask: (input: PlanInput) => Promise<PlanInput>;
  readonly refusal?: PolicyRefusal | undefined;
  readonly openSecret?: OpenSecret | undefined;
  /** Called between two definitions, to let other work run; by default none runs. */
  readonly breathe?: Breathe | undefined;
}): Promise<DryRun> {
  const { desired, ask, breathe } = options;
  const world = createSimulatedEngine(options);
  /** Results of the simulated work by definition; before that, those of the real work count. */
  const standings = new Map<string, Standing>();
  const memory: Memory = {
    ...options.memory,
    // Simulated steps are done at once.
    isAtWork: () => false,
    standingOf: (definition) => standings.get(definition.uid) ?? options.memory.standingOf(definition),
  };
  const linkStates = new Map<string, readonly LinkState[]>();
  const { refusal, openSecret } = options;
  const planInputs = createPlanInputs(world.desired, world.observed, memory, refusal, openSecret, linkStates);
  const concerned = inOrder(withAffected(options.definitions, desired, planInputs));
  const steps: DryRunStep[] = [];
  const obstacles = new Map<string, { definition: Definition; obstacle: Obstacle }>();

  /** Forgets the link states that depend on the containers of a definition: its own, and those of all that follow it. */
  function forgetLinkStates({ uid, name }: Definition): void {
    linkStates.delete(uid);
    const changed = [name];
    for (const source of changed) {
      for (const recipient of desired.recipientsOf(source)) {
        if (linkStates.delete(recipient.uid)) changed.push(recipient.name);
      }
    }
  }

  const real = createPlanInputs(desired, options.observed, options.memory, refusal, openSecret);

  /** Says what a start will wait for, as far as that is not so already. */
  function waitsBefore(definition: Definition, { kind }: Action): readonly string[] {
    if ((kind !== 'start' && kind !== 'restart') || dependenciesOf(definition.spec).length === 0) return [];
    const awaited = real.planInput(definition).dependencies.filter(({ state }) => state.kind !== 'met');
    const texts = awaited.map(
      ({ dependency: { container, condition } }) => `${container} ${CONDITION_TEXTS[condition]}`,
    );
    return texts.length === 0 ? [] : [`waits until ${listed(texts)}`];
  }

  /** @returns whether there was something to do */
  async function advance(definition: Definition): Promise<boolean> {
    let isMoved = false;
    for (let round = 0; round < MOST_ROUNDS && !world.isGone(definition); round++) {
      const asked = await ask(planInputs.planInput(definition));
      const input = world.completed(asked);
      const { actions, obstacle } = plan(input);
      if (obstacle === null) obstacles.delete(definition.uid);
      else obstacles.set(definition.uid, { definition, obstacle });
      if (actions.length === 0) {
        const standing = obstacle === null ? 'moving' : standingAt(obstacle);
        // This alone may unblock others.
        if (planInputs.waitsOf(definition).length > 0 && standing !== memory.standingOf(definition)) isMoved = true;
        standings.set(definition.uid, standing);
        break;
      }
      isMoved = true;
      for (const planned of actions) {
        const action = world.withInterruption(planned);
        const remarks = [...waitsBefore(definition, action), ...world.doubtOf(asked, action)];
        steps.push({ definition, action: { ...action, reason: [action.reason, ...remarks].join('; ') } });
        world.perform(input, action);
        forgetLinkStates(definition);
        if (action.kind === 'pull-image' || action.kind === 'reserve-ports') break;
      }
    }
    return isMoved;
  }

  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let isMoved = false;
    for (const definition of concerned) {
      isMoved = (await advance(definition)) || isMoved;
      await breathe?.();
    }
    if (!isMoved) break;
  }
  return { steps, obstacles: [...obstacles.values()] };
}

/**
 * Returns the definitions with their recipients, the definitions that their changes wait for, and those that wait for
 * theirs.
 */
function withAffected(
  definitions: readonly Definition[],
  desired: DryRunState,
  planInputs: Pick<PlanInputs, 'waitsOf' | 'claimantsOf'>,
): readonly Definition[] {
  const all = new Map(definitions.map((definition) => [definition.uid, definition]));
  for (const definition of all.values()) {
    const awaited = planInputs.waitsOf(definition).map(({ on }) => on);
    const claimants = planInputs.claimantsOf(definition).flatMap((uid) => desired.byUid(uid) ?? []);
    const waiting = [...desired.recipientsOf(definition.name), ...desired.dependentsOf(definition.name)];
    for (const one of [...waiting, ...awaited, ...claimants]) {
      if (!all.has(one.uid)) all.set(one.uid, one);
    }
  }
  return [...all.values()];
}

/** Sorts deletions before creations, and sources before recipients. */
function inOrder(definitions: readonly Definition[]): readonly Definition[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const sorted = topological([...byName.keys()], (name) => {
    const definition = byName.get(name);
    return definition === undefined ? [] : edgesOf(definition.spec);
  }).flatMap((name) => byName.get(name) ?? []);
  const isGoing = (definition: Definition): boolean => definition.deletionRequestedAt !== null;
  return [...sorted.filter(isGoing).reverse(), ...sorted.filter((one) => !isGoing(one))];
}

const CONDITION_TEXTS: Readonly<Record<Dependency['condition'], string>> = {
  started: 'runs',
  healthy: 'is healthy',
  completed: 'has completed',
};
