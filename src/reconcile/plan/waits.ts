/**
 * Pure: the graph of definitions whose changes wait for each other, and the member that breaks a cycle.
 *
 * A change waits for a definition that has one of its host ports or addresses, that it links to and that is down or
 * changing, or that it depends on and that is not ready. A cycle always contains a host port or an address, since links
 * and dependencies alone never form one. It ends when one member stops its container and so releases what it has. Names
 * form no such cycle: a container on another definition's name is moved aside at once
 * (`plan.ts`).
 */

import type { Definition } from '../../domain/definition/definition.js';
import { edgesOf } from '../../domain/links/start-order.js';

/**
 * Result of the last work on a definition. `moving`: nothing stood in its way. `waiting`: it waits only for other
 * definitions. `stuck`: something else stood in its way, a step failed, or an image is being pulled, which may take
 * long.
 */
export type Standing = 'moving' | 'waiting' | 'stuck';

export interface Wait {
  readonly over: 'claim' | 'link' | 'dependency';
  readonly on: Definition;
  /** True if that takes long, or will not happen as things are. */
  readonly isLong?: boolean;
}

export interface WaitGraph {
  /** The definitions that a change waits for; none where nothing has to be started. */
  waitsOf(definition: Definition): readonly Wait[];
  standingOf(definition: Definition): Standing;
  /** True if a container of it is up, so that it has something to release. */
  isUp(uid: string): boolean;
  /** True if a container of it is up whose health check has yet to pass. */
  isProving(uid: string): boolean;
  byName(name: string): Definition | undefined;
}

type Members = ReadonlyMap<string, Definition>;

/** Every definition that a change waits for, directly or through others; itself included only if it is in a cycle. */
function reach(from: Definition, graph: WaitGraph): Members {
  const found = new Map<string, Definition>();
  const visit = (definition: Definition): void => {
    for (const { on } of graph.waitsOf(definition)) {
      if (found.has(on.uid)) continue;
      found.set(on.uid, on);
      visit(on);
    }
  };
  visit(from);
  return found;
}

export const isLeftDown = ({ spec, deletionRequestedAt }: Definition): boolean =>
  spec.state === 'stopped' || deletionRequestedAt !== null;

/**
 * True if a change waits, directly or through others, for something that takes long, or that no definition's progress
 * will bring.
 */
export function waitsForStuck(definition: Definition, graph: WaitGraph): boolean {
  const all = reach(definition, graph);
  const others = [...all.values()].filter(({ uid }) => uid !== definition.uid);
  if (others.some((one) => graph.standingOf(one) === 'stuck' || graph.isProving(one.uid))) return true;
  return [definition, ...others].some((one) =>
    graph.waitsOf(one).some(({ over, on, isLong }) => isLong === true || (over !== 'claim' && isLeftDown(on))),
  );
}

/** True if one definition starts after another, directly or through others. */
function startsAfter(from: Definition, to: Definition, graph: WaitGraph, seen: Set<string> = new Set()): boolean {
  return edgesOf(from.spec).some(({ container }) => {
    if (container === to.name) return true;
    const source = graph.byName(container);
    if (source === undefined || seen.has(source.uid)) return false;
    seen.add(source.uid);
    return startsAfter(source, to, graph, seen);
  });
}

/**
 * The member of a definition's cycle that has to release its host ports and addresses; undefined where there is no cycle, or where it
 * can't be broken yet: a member has not found out whether anything else stands in its way, or waits for others as well.
 * Recipients release before their sources, since a recipient is started again after its source anyway; of those that
 * aren't linked, the one defined last.
 *
 * @param definition counts as waiting: it is being planned, or has just been
 */
export function releaserOf(definition: Definition, graph: WaitGraph): Definition | undefined {
  const members = reach(definition, graph);
  if (!members.has(definition.uid)) return undefined;
  const all = [...members.values()];
  const isReady = all.every((one) => one.uid === definition.uid || graph.standingOf(one) === 'waiting');
  if (!isReady || !all.every((one) => reach(one, graph).has(definition.uid))) return undefined;
  const held = new Set(
    all.flatMap((one) => graph.waitsOf(one).flatMap(({ over, on }) => (over === 'claim' ? on.uid : []))),
  );
  const candidates = all.filter(({ uid }) => held.has(uid) && graph.isUp(uid));
  const last = candidates.filter((one) => !candidates.some((other) => other !== one && startsAfter(other, one, graph)));
  return last.sort((a, b) => b.seq - a.seq)[0];
}
