import { atDigest, digestsIn, digestToUse, isChosen } from '../../domain/images/resolution.js';
import type { Network } from '../../domain/networks/network.js';
import { isUserDefined } from '../../domain/networks/networked.js';
import { isUp } from '../../engine/container-state.js';
import type { Engine } from '../../engine/engine.js';
import { type NetworkState, networkStateOf } from '../observe/network-state.js';
import type { OwnContainer } from '../observe/observed-state.js';
import { standingAt } from '../plan/obstacles.js';
import { plan } from '../plan/plan.js';
import type { Action, PlanInput } from '../plan/types.js';
import { DISK_FULL, type EngineDisk, needsRoom } from './engine-disk.js';
import type { ImagePulls } from './images/image-pulls.js';

/** Completes a plan's input by what only the engine can say: images and networks. */
export interface EngineFacts {
  /** Queries the engine for what a creation needs; for nothing where none is at hand. @throws EngineError */
  ask(input: PlanInput): Promise<PlanInput>;
  /**
   * Does the same; while the engine's disk is full, one definition at a time goes on as if it were not. @throws
   * EngineError
   */
  askWhereRoom(input: PlanInput): Promise<PlanInput>;
}

export function createEngineFacts(options: {
  readonly engine: Pick<Engine, 'inspectImage' | 'inspectNetwork'>;
  readonly instance: () => string;
  /** Returns the stored network of a name. */
  readonly networkNamed: (name: string) => Network | undefined;
  readonly pulls: ImagePulls;
  readonly disk: EngineDisk;
}): EngineFacts {
  const { engine, instance, networkNamed, pulls, disk } = options;

  /** Completes an input, with the image by its stored digest if the tag has another one by now. */
  async function ask(given: PlanInput): Promise<PlanInput> {
    const input = await askByTag(given);
    const { definition } = input;
    const digest = digestToUse(definition);
    if (input.image.kind === 'not-needed' || digest === undefined) return input;
    const tag = definition.spec.image;
    const byTag = await engine.inspectImage(tag);
    if (digestsIn(tag, byTag?.digests ?? []).includes(digest)) return input;
    // Registries may remove an image that no tag names any more. Only one that an update chose is worth waiting for.
    if (pulls.hasFailed(definition) && !isChosen(definition)) return input;
    const imageReference = atDigest(tag, digest);
    return { ...input, image: pulls.stateOf(definition, await engine.inspectImage(imageReference)), imageReference };
  }

  async function askByTag(given: PlanInput): Promise<PlanInput> {
    if (!wouldMake(given, ['create', 'reserve-ports', 'connect', 'start', 'restart'])) return given;
    const input = { ...given, stranded: new Map([...given.stranded, ...(await withoutNetwork(given.own))]) };
    if (!wouldMake(input, ['create', 'reserve-ports', 'connect'])) return input;
    const { spec } = input.definition;
    const image = await engine.inspectImage(spec.image);
    const [network, ...further] = await Promise.all([
      stateOf(input.runsOn, input),
      ...input.further.map(({ name }) => stateOf(name, input)),
    ]);
    return {
      ...input,
      ...{ image: pulls.stateOf(input.definition, image), network },
      further: input.further.map((one, at) => ({ ...one, state: further[at] ?? 'not-needed' })),
    };
  }

  async function stateOf(name: string, { lacks }: PlanInput): Promise<NetworkState> {
    if (!isUserDefined(name)) return 'present';
    return networkStateOf(networkNamed(name), await engine.inspectNetwork(name), instance(), lacks);
  }

  /** Lets one definition at a time go on while the engine's disk is full, as if it were not. */
  async function askWhereRoom(input: PlanInput): Promise<PlanInput> {
    const asked = await ask(input);
    // Only the engine can say that a container lost its network, so that another one has to be made.
    if (input.diskFull === null || plan(asked).obstacle?.reason !== DISK_FULL) return asked;
    const open = await ask({ ...input, diskFull: null });
    const { actions } = plan(open);
    const pulls = actions.some(({ kind }) => kind === 'pull-image');
    return needsRoom(actions) && disk.claim(input.definition.uid, pulls) ? open : asked;
  }

  /**
   * True if a plan has such steps where all that a creation needs is there. One that waits for other definitions
   * counts: none of them may release anything before it is known that what is to take it can be made.
   */
  function wouldMake(input: PlanInput, kinds: readonly Action['kind'][]): boolean {
    const further = input.further.map((one) => ({ ...one, state: 'present' as const }));
    const all = { image: { kind: 'present', exposed: [] }, network: 'present', further } as const;
    const { actions, obstacle } = plan({ ...input, ...all });
    const isWaiting = obstacle !== null && standingAt(obstacle) === 'waiting';
    return isWaiting || actions.some(({ kind }) => kinds.includes(kind));
  }

  /** Returns the stopped containers whose network is gone, or has been replaced by another one of the same name. */
  async function withoutNetwork(own: readonly OwnContainer[]): Promise<readonly (readonly [string, string])[]> {
    const gone: (readonly [string, string])[] = [];
    for (const { id, networks: endpoints } of own.filter((one) => !isUp(one))) {
      for (const [name, { networkId }] of Object.entries(endpoints)) {
        if (!isUserDefined(name)) continue;
        const found = await engine.inspectNetwork(name);
        // The engine resolves the network of a container that was never started by its name.
        const isSame = found !== null && (networkId === '' || networkId === found.id);
        if (!isSame) gone.push([id, `its network ${name} is gone`]);
      }
    }
    return gone;
  }

  return { ask, askWhereRoom };
}
