/**
 * Dry run for some definitions: the loop's own planner, step by step, on a simulated engine that starts as a copy of
 * the observed state. Nothing here changes the real engine.
 */

import type { ContainerPort, Definition, Reservation } from '../../domain/definition/definition.js';
import { hostOf } from '../../domain/host.js';
import { isSameImage } from '../../domain/images/image-ref.js';
import { linkEnvironment } from '../../domain/links/link-env.js';
import { topological } from '../../domain/links/links.js';
import { isIpv4 } from '../../domain/networks/addresses.js';
import { portKey, uniquePorts } from '../../domain/ports/parse.js';
import { isUp } from '../../engine/container-state.js';
import type { HostBinding } from '../../engine/engine.js';
import { ENGINE_RESTART_POLICY } from '../../engine/restart-policy.js';
import { splitAtEquals } from '../../lib/env-entry.js';
import { listed } from '../../lib/sentence.js';
import { exposedPorts } from '../loop/executor.js';
import { disconnectAll } from '../observe/network-state.js';
import { createObservedState, type ObservedState, type OwnContainer } from '../observe/observed-state.js';
import type { DesiredState } from '../store.js';
import { environmentOf, hostsLinesOf, type LinkState } from './link-state.js';
import { standingAt } from './obstacles.js';
import { plan } from './plan.js';
import { createPlanInputs, type Memory, type PlanInputs, type PolicyRefusal } from './plan-input.js';
import type { Action, Obstacle, PlanInput, Target } from './types.js';
import type { Standing } from './waits.js';

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

/** The desired state after the change. */
export interface DryRunState extends DesiredState {
  byUid(uid: string): Definition | undefined;
}

/** Limit of passes over all definitions: more than any chain of links or ports takes. */
const MOST_PASSES = 50;

/** Plans for one definition in one pass, after which it waits for the next one. */
const MOST_ROUNDS = 8;

/** Time of the first simulated start, after every real one, in milliseconds since 1970. */
const LATER_MS = Date.UTC(9999, 0);

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
  const known = createPlanInputs(world.desired, world.observed, memory, options.refusal, linkStates);
  const concerned = inOrder(withAffected(options.definitions, desired, known));
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

  /** @returns whether there was something to do */
  async function advance(definition: Definition): Promise<boolean> {
    let isMoved = false;
    for (let round = 0; round < MOST_ROUNDS && !world.isGone(definition); round++) {
      const asked = await ask(known.planInput(definition));
      const input = world.completed(asked);
      const { actions, obstacle } = plan(input);
      if (obstacle === null) obstacles.delete(definition.uid);
      else obstacles.set(definition.uid, { definition, obstacle });
      if (actions.length === 0) {
        const standing = obstacle === null ? 'moving' : standingAt(obstacle);
        // This alone may unblock others.
        if (known.waitsOf(definition).length > 0 && standing !== memory.standingOf(definition)) isMoved = true;
        standings.set(definition.uid, standing);
        break;
      }
      isMoved = true;
      for (const action of actions) {
        const doubt = world.doubtOf(asked, action);
        steps.push({ definition, action: { ...action, reason: [action.reason, ...doubt].join('; ') } });
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
  known: Pick<PlanInputs, 'waitsOf' | 'claimantsOf'>,
): readonly Definition[] {
  const all = new Map(definitions.map((definition) => [definition.uid, definition]));
  for (const definition of all.values()) {
    const awaited = known.waitsOf(definition).map(({ on }) => on);
    const claimants = known.claimantsOf(definition).flatMap((uid) => desired.byUid(uid) ?? []);
    for (const one of [...desired.recipientsOf(definition.name), ...awaited, ...claimants]) {
      if (!all.has(one.uid)) all.set(one.uid, one);
    }
  }
  return [...all.values()];
}

/** Sorts deletions before creations, and sources before recipients. */
function inOrder(definitions: readonly Definition[]): readonly Definition[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const sorted = topological([...byName.keys()], (name) => byName.get(name)?.spec.links ?? []).flatMap(
    (name) => byName.get(name) ?? [],
  );
  const isGoing = (definition: Definition): boolean => definition.deletionRequestedAt !== null;
  return [...sorted.filter(isGoing).reverse(), ...sorted.filter((one) => !isGoing(one))];
}

/** A copy of the observed state, on which steps are simulated. */
function createSimulatedEngine(options: {
  readonly desired: DryRunState;
  readonly observed: ObservedState;
  readonly instance: string;
}) {
  const { desired, instance } = options;
  const observed = createObservedState(options.observed.engine.since);
  observed.engine = options.observed.engine;
  observed.complete = options.observed.complete;
  for (const container of options.observed.allOwn()) {
    observed.putOwn(container);
    const hosts = options.observed.hostsOf(container.id);
    if (hosts !== undefined) observed.putHosts(container.id, hosts);
  }
  for (const container of options.observed.allForeign()) observed.putForeign(container);
  observed.putNetworks(options.observed.networks());
  const pulled = new Set<string>();
  const networks = new Set<string>();
  const published = new Map<string, readonly ContainerPort[]>();
  const gone = new Set<string>();
  const newIds = new Map<string, string>();
  let moment = 0;

  const reservationsOf = (uid: string): readonly Reservation[] => {
    const ports = published.get(uid);
    const stored = desired.reservationsOf(uid);
    if (ports === undefined) return stored;
    const held = new Set(stored.map(portKey));
    const claims = ports
      .filter((port) => !held.has(portKey(port)))
      .map(
        (port): Reservation => ({
          ...port,
          uid,
          host: hostOf({ uid }),
          hostPort: 0,
          origin: 'publishAll',
          confirmed: false,
        }),
      );
    return [...stored, ...claims];
  };

  function change(id: string, changes: Partial<OwnContainer>): void {
    const container = observed.own(id);
    if (container !== undefined) observed.putOwn({ ...container, ...changes });
  }

  /** A link's name lies with its source. */
  function renameLinks(from: string, to: string | null): void {
    for (const id of [...observed.linkedTo(from)]) {
      const linkNames = observed.own(id)?.linkNames.flatMap((text) => {
        if (!text.startsWith(`${from}/`)) return text;
        return to === null ? [] : `${to}${text.slice(from.length)}`;
      });
      if (linkNames !== undefined) change(id, { linkNames });
    }
  }

  function create(input: PlanInput, name: string): void {
    const { definition, runsOn, hash, image, links } = input;
    const { uid, generation, spec } = definition;
    const id = `new-${++moment}-${uid}`;
    newIds.set(uid, id);
    for (const { link, source } of links) {
      if (source.kind !== 'running' || runsOn !== 'bridge') continue;
      const { id: sourceId } = source.container;
      const linkNames = observed.own(sourceId)?.linkNames ?? [];
      change(sourceId, { linkNames: [...linkNames, `${name}/${link.alias}`] });
    }
    const fromImage = image.kind === 'present' ? image.exposed : [];
    const exposed = uniquePorts([...fromImage, ...exposedPorts(definition), ...spec.ports, ...reservationsOf(uid)]);
    // A container made from the image shows which variables the image sets.
    const { env: before = [], imageEnvNames = null } =
      input.own.find((one) => isSameImage(one.image, spec.image)) ?? {};
    const isOfImage = (name: string): boolean => imageEnvNames?.has(name) === true && !Object.hasOwn(spec.env, name);
    const imageEnv = before.filter((entry) => isOfImage(splitAtEquals(entry)[0]));
    observed.putOwn({
      ...{ id, name, image: spec.image, imageId: spec.image, hostname: id, user: spec.user ?? '' },
      owner: { instance, uid, name: definition.name, generation, hash },
      ...{ state: 'created', health: 'none', error: '', exitCode: 0, startedAt: null, finishedAt: null },
      ...{ restartCount: 0, linkNames: [], exposed, bindings: [], published: bindingsOf(uid) },
      isAdopted: false,
      imageEnvNames: imageEnvNames ?? new Set(),
      env: [...imageEnv, ...(environmentOf(input) ?? [])],
      networks: {
        [runsOn]: {
          ...{ networkId: '', ipAddress: '' },
          fixedAddresses: input.addresses.map(({ address }) => address),
          links: spec.links.map((one) => `${one.container}:${one.alias}`),
        },
      },
      linkAliases: runsOn === 'bridge' ? spec.links.map(({ alias }) => alias) : [],
      hostsLines: hostsLinesOf(input),
      ...limitsOf(definition),
    });
  }

  /** The address that a container had when its recipients were made; undefined where none of them knows it. */
  function lastAddress({ definition, linkEnvRules: rules }: PlanInput, { exposed }: OwnContainer): string | undefined {
    const address = 'the address';
    for (const { uid, name: recipientName, spec } of desired.recipientsOf(definition.name)) {
      const env = observed.ownOf(uid).flatMap((container) => container.env);
      for (const { container, alias } of spec.links) {
        if (container !== definition.name) continue;
        const variables = linkEnvironment({ alias, recipientName, address, rules, ports: exposed, sourceEnv: [] });
        const name = variables.find(([key, value]) => value === address && !Object.hasOwn(spec.env, key))?.[0];
        const value = env.map(splitAtEquals).find(([key]) => key === name)?.[1];
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  /**
   * Returns the address that a start will probably get. A container that is started again, or that replaces one that is
   * down, mostly gets the address that was there before, unless that is taken.
   */
  function addressAt(input: PlanInput, container: OwnContainer): string {
    const { uid } = input.definition;
    const reserved = input.addresses.find((one) => one.network === input.runsOn && isIpv4(one));
    if (reserved !== undefined) return reserved.address;
    const address = (id: string): string | undefined => observed.own(id)?.networks[input.runsOn]?.ipAddress;
    const known = [container, ...observed.ownOf(uid)].map(({ id }) => address(id)).find((one) => one);
    const had = known ?? lastAddress(input, container);
    const isTaken = [...observed.allOwn()].some(
      (one) => one.id !== container.id && isUp(one) && address(one.id) === had,
    );
    return had !== undefined && !isTaken ? had : `the address of ${container.id}`;
  }

  const bindingsOf = (uid: string): readonly HostBinding[] =>
    reservationsOf(uid).map((claim) => ({ ...claim, hostIp: claim.hostIp ?? '0.0.0.0' }));

  function start(input: PlanInput, id: string): void {
    const { definition, runsOn: network } = input;
    const { healthcheck } = definition.spec;
    const container = observed.own(id);
    if (container === undefined) return;
    const endpoint = container.networks[network];
    const isWanted = container.owner?.hash === input.hash;
    const bindings = isWanted ? bindingsOf(definition.uid) : container.published;
    change(id, {
      ...{ state: 'running', startedAt: new Date(LATER_MS + ++moment).toISOString(), exitCode: 0, bindings },
      health: (healthcheck?.command.length ?? 0) > 0 ? 'healthy' : 'none',
      ...(endpoint !== undefined && {
        networks: { ...container.networks, [network]: { ...endpoint, ipAddress: addressAt(input, container) } },
      }),
    });
  }

  function perform(input: PlanInput, action: Action): void {
    const { definition } = input;
    const idOf = (target: Target): string =>
      target.kind === 'existing' ? target.id : (newIds.get(definition.uid) ?? '');
    switch (action.kind) {
      case 'pull-image':
        pulled.add(action.image);
        return;
      case 'create-network':
        networks.add(action.network);
        disconnectAll(observed, action.network);
        return;
      case 'remove-network':
        return;
      case 'reserve-ports':
        published.set(definition.uid, action.ports);
        return;
      case 'create':
        create(input, action.name);
        return;
      case 'start':
      case 'restart':
        start(input, idOf(action.target));
        return;
      case 'unpause':
        change(idOf(action.target), { state: 'running' });
        return;
      case 'stop':
        change(idOf(action.target), { state: 'exited', bindings: [], health: 'none' });
        return;
      case 'update':
        change(idOf(action.target), limitsOf(definition));
        return;
      case 'rename': {
        const id = idOf(action.target);
        renameLinks(observed.own(id)?.name ?? '', action.to);
        change(id, { name: action.to });
        return;
      }
      case 'remove': {
        const id = idOf(action.target);
        renameLinks(observed.own(id)?.name ?? '', null);
        observed.drop(id);
        return;
      }
      case 'forget':
        gone.add(definition.uid);
        return;
    }
  }

  /** Returns the definitions that are replaced if a container of this one gets another address on a network. */
  const followersOf = ({ name }: Definition, network: string): readonly string[] =>
    desired
      .recipientsOf(name)
      .filter(({ uid, spec }) => {
        const isUpThere = (one: OwnContainer): boolean => isUp(one) && one.networks[network] !== undefined;
        const hasAddress = spec.links.some(({ container, env }) => container === name && env !== 'none');
        return hasAddress && spec.onLinkChange !== 'ignore' && observed.ownOf(uid).some(isUpThere);
      })
      .map((recipient) => recipient.name);

  /**
   * Returns doubts about a step that only its real execution will settle.
   *
   * @param asked as the engine has it, without simulated changes
   */
  function doubtOf({ definition, runsOn, image, addresses }: PlanInput, action: Action): readonly string[] {
    if (action.kind === 'create' && image.kind === 'absent' && definition.spec.publishAll) {
      return ['the ports that publishAll publishes are known once the image is pulled'];
    }
    if (action.kind !== 'restart' && action.kind !== 'start') return [];
    // On the default bridge a new container costs its recipients a replacement at any address.
    if (action.target.kind === 'new' && runsOn === 'bridge') return [];
    if (addresses.some(({ network }) => network === runsOn)) return [];
    const followers = followersOf(definition, runsOn);
    if (followers.length === 0) return [];
    const are = followers.length === 1 ? 'is' : 'are';
    return [`if the engine gives it another address, ${listed(followers)} ${are} replaced`];
  }

  const withoutGone = (all: readonly Definition[]): readonly Definition[] =>
    gone.size === 0 ? all : all.filter(({ uid }) => !gone.has(uid));

  return {
    observed,
    perform,
    doubtOf,
    isGone: ({ uid }: Definition): boolean => gone.has(uid),
    desired: {
      byName(name: string) {
        const definition = desired.byName(name);
        return definition !== undefined && gone.has(definition.uid) ? undefined : definition;
      },
      reservationsOf,
      recipientsOf: (name: string) => withoutGone(desired.recipientsOf(name)),
      onNetwork: (network: string) => withoutGone(desired.onNetwork(network)),
      network: desired.network,
      addressesOf: desired.addressesOf,
      claims: desired.claims,
      hold: desired.hold,
      restored: desired.restored,
      linksMoved: desired.linksMoved,
    } satisfies DesiredState,
    /** Completes an input by the simulated changes. */
    completed(input: PlanInput): PlanInput {
      const { image, network } = input;
      const { spec, uid } = input.definition;
      const publishedAll = published.get(uid) ?? input.publishedAll;
      // A refreshed image mostly exposes the same ports; for an absent one they are unknown, and no port is released
      // for it.
      const exposed = image.kind === 'to-be-refreshed' ? image.exposed : publishedAll;
      const isPulled = image.kind !== 'present' && image.kind !== 'not-needed' && pulled.has(spec.image);
      return {
        ...input,
        publishedAll,
        // The real engine doesn't know simulated containers, so they can't have lost their network.
        stranded: new Map([...input.stranded].filter(([id]) => !id.startsWith('new-'))),
        image: isPulled ? { kind: 'present', exposed } : image,
        network: (network === 'absent' || network === 'outdated') && networks.has(input.runsOn) ? 'present' : network,
      };
    },
  };
}

/** Returns the fields of a container that an update in place sets. */
const limitsOf = ({ spec: { restartPolicy, resources } }: Definition) => ({
  restartPolicy: ENGINE_RESTART_POLICY[restartPolicy],
  memoryBytes: resources.memoryBytes ?? 0,
  nanoCpus: Math.round((resources.cpus ?? 0) * 1e9),
  pids: resources.pids,
});
