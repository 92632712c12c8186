/** Pure: no container is as wanted; plans a new one in place of the current one. */

import type { ContainerPort } from '../../domain/definition/definition.js';
import { isImageId } from '../../domain/images/image-ref.js';
import { portKey } from '../../domain/ports/parse.js';
import { isUp } from '../../engine/container-state.js';
import type { OwnContainer } from '../observe/observed-state.js';
import type { Assessment } from './assess.js';
import { bestCandidate, findPrevious, retiredName } from './candidates.js';
import { droppedText } from './networks/attached.js';
import { connectNew, makeNetworks, networkObstacle } from './networks/connections.js';
import {
  claimObstacle,
  fieldObstacle,
  isOverClaim,
  linkObstacle,
  nameObstacle,
  pending,
  secretObstacle,
  standingAt,
  startObstacle,
} from './obstacles.js';
import { isStartable, planMeanwhile, planRollback } from './rollback.js';
import { type Action, existing, type ImageState, type Obstacle, type Plan, type PlanInput } from './types.js';

/** Reasons for a pull, by the state of the image. */
const PULLS: Readonly<Partial<Record<ImageState['kind'], string>>> = {
  absent: 'the image is not on the engine',
  'other-platform': 'the image on the engine is for another platform',
  'to-be-refreshed': 'pullPolicy is always',
  'pull-failed': 'the last pull failed',
};

/**
 * Plans a replacement of the current container, which is not as wanted. If the replacement has to wait, the previous
 * container stays up until then (`halt`). The exception is a wait for other definitions that are changing
 * (`waitsForStuck`): a container started for them would take back the ports that they wait for, and would soon be
 * replaced.
 */
export function planReplacement(input: PlanInput, assessment: Assessment): Plan {
  const discarded = discardNeverStarted(input);
  const blocked = firstBlocker(input);
  if (blocked !== null) return halt(input, discarded, blocked);
  const { spec } = input.definition;
  if (input.image.kind === 'pull-failed') {
    const meanwhile = planMeanwhile(input, `replacement deferred: ${spec.image} could not be pulled`);
    return { actions: [...discarded, ...meanwhile, ...pullsOf(input)], obstacle: null };
  }
  const prepared = [...discarded, ...prepare(input)];
  const waits = startObstacle(input) ?? claimObstacle(input);
  if (waits !== null) return planWaiting(input, prepared, waits);
  return { actions: [...prepared, ...swap(input, assessment)], obstacle: null };
}

const halt = (input: PlanInput, actions: readonly Action[], obstacle: Obstacle): Plan => ({
  actions: [...actions, ...planMeanwhile(input, `replacement deferred: ${obstacle.message}`)],
  obstacle,
});

const discardNeverStarted = ({ own }: PlanInput): readonly Action[] =>
  own
    .filter((other) => other.startedAt === null && other.state !== 'removing')
    .map((container) => ({
      kind: 'remove',
      target: existing(container),
      reason: 'created for an older generation and never started',
    }));

/** The first obstacle that no step of a plan clears away, and that is no wait for links or ports. */
export function firstBlocker(input: PlanInput): Obstacle | null {
  const { spec } = input.definition;
  const nameless = nameObstacle(input);
  if (nameless !== null) return nameless;
  const links = linkObstacle(input);
  if (links?.reason === 'LinksUnsupported') return links;
  const secret = secretObstacle(input);
  if (secret !== null) return secret;
  const field = fieldObstacle(input);
  if (field !== null) return field;
  if (input.own.some((other) => other.state === 'removing')) {
    return pending('Removing', 'the engine is removing the container', 'event');
  }
  const unusable = networkObstacle(input);
  if (unusable !== null) return unusable;
  if (spec.pullPolicy !== 'never' && !isImageId(spec.image)) return null;
  if (input.image.kind !== 'absent' && input.image.kind !== 'other-platform') return null;
  const isFor = input.image.kind === 'absent' ? '' : ` for ${spec.platform}, but for ${input.image.platform}`;
  return {
    condition: 'ImageAvailable',
    reason: 'ImageAbsent',
    message: isImageId(spec.image)
      ? `${spec.image} is not on the engine${isFor}, and an image can't be pulled by its id. Load it on the engine, or name it as path:tag`
      : `${spec.image} is not on the engine${isFor}, and pullPolicy is never. Load it on the engine or change pullPolicy`,
    until: 'event',
  };
}

/** Makes what a creation needs: the image, the reservations and the network. */
export function prepare(input: PlanInput): readonly Action[] {
  const { spec } = input.definition;
  const actions: Action[] = [...pullsOf(input)];
  if (input.image.kind === 'present' && spec.publishAll) {
    const missing = unreserved(input, input.image.exposed);
    if (missing !== null)
      actions.push({
        kind: 'reserve-ports',
        ports: missing,
        reason: 'publishAll publishes the ports that the image exposes',
      });
  }
  return [...actions, ...makeNetworks(input)];
}

export function pullsOf({ definition, image, imageReference = definition.spec.image }: PlanInput): readonly Action[] {
  const reason = PULLS[image.kind];
  const { platform } = definition.spec;
  if (reason === undefined) return [];
  return [{ kind: 'pull-image', image: imageReference, ...(platform !== undefined && { platform }), reason }];
}

/** Returns the current container, or the one that ran last. */
const lastServed = (input: PlanInput): OwnContainer | undefined =>
  findPrevious(input, undefined) ?? bestCandidate(input.own.filter((other) => other.startedAt !== null));

/** Waits for links, dependencies or ports; releases its own ports if others wait for those, and it for them. */
function planWaiting(input: PlanInput, prepared: readonly Action[], waits: Obstacle): Plan {
  const previous = lastServed(input);
  const isServing = input.own.some((other) => other.startedAt !== null && isUp(other));
  const isWaiting = standingAt(waits) === 'waiting';
  if (isWaiting && input.releases && isServing) {
    const why = `releases what it has to break a cycle of definitions that wait for each other: ${waits.message}`;
    return { actions: [...prepared, ...makeRoom(input, previous, why)], obstacle: waits };
  }
  if (isWaiting && !isServing && !input.waitsForStuck) return { actions: prepared, obstacle: waits };
  const hasReleased = previous !== undefined && !isServing && previous.name === retiredName(previous);
  if (!isWaiting && isOverClaim(waits) && hasReleased && isStartable(input, previous)) {
    return planRollback(input, previous, waits.message);
  }
  return halt(input, prepared, waits);
}

/** Stops the current container and takes its name away; surplus ones go. */
function makeRoom({ own, definition }: PlanInput, previous: OwnContainer | undefined, why: string): readonly Action[] {
  const actions: Action[] = [];
  for (const container of own.filter((other) => other.startedAt !== null && other !== previous)) {
    const reason = 'the definition changed again before this container was ready';
    if (isUp(container)) actions.push({ kind: 'stop', target: existing(container), reason });
    actions.push({ kind: 'remove', target: existing(container), reason });
  }
  if (previous === undefined) return actions;
  const target = existing(previous);
  if (isUp(previous)) actions.push({ kind: 'stop', target, reason: why });
  if (previous.name === definition.name) {
    actions.push({ kind: 'rename', target, to: retiredName(previous), reason: 'frees the name for its replacement' });
  }
  return actions;
}

/** Makes the new container in place of the previous one. */
function swap(input: PlanInput, { differencesOf }: Assessment): readonly Action[] {
  const previous = lastServed(input);
  const { name } = input.definition;
  const reason =
    previous === undefined ? 'there is no container' : (differencesOf(previous)[0] ?? 'it must be replaced');
  const dropped = previous === undefined ? '' : droppedText(input, previous);
  return [
    ...makeRoom(input, previous, reason),
    {
      ...{ kind: 'create', name, reason: `${reason}${dropped}` },
      ...(previous !== undefined && { replaces: existing(previous) }),
    },
    ...connectNew(input),
    { kind: 'start', target: { kind: 'new' }, reason: 'the desired state is running' },
    ...(previous === undefined
      ? []
      : [{ kind: 'remove', target: existing(previous), reason: 'its replacement runs' } as const]),
  ];
}

/** The ports that publishAll should hold, where they are not what it holds; else null. */
function unreserved(input: PlanInput, exposedByImage: readonly ContainerPort[]): readonly ContainerPort[] | null {
  const { spec } = input.definition;
  const mapped = new Set(spec.ports.map(portKey));
  const exposed = [...exposedByImage.map(portKey), ...spec.expose].filter((port) => !mapped.has(port));
  const wanted = [...new Set(exposed)].sort();
  const held = input.publishedAll.map(portKey).sort();
  if (wanted.join() === held.join()) return null;
  return wanted.map((text) => {
    const [containerPort, protocol] = text.split('/');
    return { containerPort: Number(containerPort), protocol: protocol as ContainerPort['protocol'] };
  });
}
