/** Simulates the steps of plans on a copy of the observed state. */

import type { ContainerPort, Definition, Reservation } from '../../../domain/definition/definition.js';
import { hostOf } from '../../../domain/host.js';
import { isSameImage } from '../../../domain/images/image-ref.js';
import { byAge, type Run } from '../../../domain/jobs/run.js';
import { linkEnvironment } from '../../../domain/links/link-env.js';
import { dependenciesOf } from '../../../domain/links/start-order.js';
import { isIpv4 } from '../../../domain/networks/addresses.js';
import { publishedClaims } from '../../../domain/ports/host-network.js';
import { portKey, uniquePorts } from '../../../domain/ports/parse.js';
import { isUp } from '../../../engine/container-state.js';
import type { HostBinding } from '../../../engine/engine.js';
import { ENGINE_RESTART_POLICY, engineRestartPolicy } from '../../../engine/restart-policy.js';
import { listed } from '../../../lib/sentence.js';
import { splitAtEquals } from '../../../lib/text/env-entry.js';
import { exposedPorts } from '../../loop/executor.js';
import { disconnectAll, type NetworkState } from '../../observe/network-state.js';
import { createObservedState, type ObservedState, type OwnContainer } from '../../observe/observed-state.js';
import type { DesiredState } from '../../store.js';
import { environmentOf, hostsLinesOf } from '../link-state.js';
import { simulatedEndpoint, simulatedNetworks, withAddresses } from '../networks/simulated.js';
import type { Action, PlanInput, Target } from '../types.js';

/** Time of the first simulated start, after every real one, in milliseconds since 1970. */
const LATER_MS = Date.UTC(9999, 0);

/** The desired state after the change. */
export interface DryRunState extends DesiredState {
  byUid(uid: string): Definition | undefined;
}

/** A copy of the observed state, on which steps are simulated. */
export function createSimulatedEngine(options: {
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
  /** The running containers that a recreated network was taken from, by the network's name. */
  const disconnected = new Map<string, ReadonlySet<string>>();
  const newIds = new Map<string, string>();
  const runs = new Map<string, readonly Run[]>();
  const runsOf = (uid: string): readonly Run[] => runs.get(uid) ?? desired.runsOf?.(uid) ?? [];
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

  function create(input: PlanInput, { name, run }: Extract<Action, { kind: 'create' }>): void {
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
      owner: {
        instance,
        uid,
        name: definition.name,
        generation,
        hash,
        ...(run && { run: run.id, attempt: run.attempt }),
      },
      ...{ state: 'created', health: 'none', error: '', exitCode: 0, startedAt: null, finishedAt: null },
      ...{ restartCount: 0, linkNames: [], exposed, bindings: [], published: bindingsOf(definition) },
      isAdopted: false,
      ...(input.networkOwner !== null && { networkOf: input.networkOwner.id }),
      imageEnvNames: imageEnvNames ?? new Set(),
      env: [...imageEnv, ...(environmentOf(input) ?? [])],
      networks: simulatedNetworks(input),
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

  const bindingsOf = ({ uid, spec }: Definition): readonly HostBinding[] =>
    publishedClaims(spec, reservationsOf(uid)).map((claim) => ({ ...claim, hostIp: claim.hostIp ?? '0.0.0.0' }));

  /** The conditions that other definitions wait for a container of this one to meet. */
  const awaitedOf = ({ name }: Definition): readonly string[] =>
    desired
      .dependentsOf(name)
      .flatMap(({ spec }) => dependenciesOf(spec).filter(({ container }) => container === name))
      .map(({ condition }) => condition);

  /** The outcome of a start that goes well: one that others wait for completes, or becomes healthy. */
  function outcomeOf(definition: Definition): Pick<OwnContainer, 'health'> & Partial<OwnContainer> {
    const { healthcheck, restartPolicy } = definition.spec;
    const awaited = awaitedOf(definition);
    if (definition.spec.kind === 'job') {
      return { state: 'exited', health: 'none', finishedAt: new Date(LATER_MS).toISOString() };
    }
    if (awaited.includes('completed') && restartPolicy !== 'always') return { state: 'exited', health: 'none' };
    const isChecked = healthcheck === undefined ? awaited.includes('healthy') : healthcheck.command.length > 0;
    return { health: isChecked ? 'healthy' : 'none' };
  }

  function start(input: PlanInput, id: string): void {
    const { definition, runsOn: network } = input;
    const container = observed.own(id);
    if (container === undefined) return;
    const endpoint = container.networks[network];
    const isWanted = container.owner?.hash === input.hash;
    const bindings = isWanted ? bindingsOf(definition) : container.published;
    change(id, {
      ...{ state: 'running', startedAt: new Date(LATER_MS + ++moment).toISOString(), exitCode: 0, bindings },
      ...outcomeOf(definition),
      networks: {
        ...withAddresses(container.networks),
        ...(endpoint !== undefined && { [network]: { ...endpoint, ipAddress: addressAt(input, container) } }),
      },
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
        noteDisconnected(action.network);
        disconnectAll(observed, action.network);
        return;
      case 'remove-network':
        return;
      case 'reserve-ports':
        published.set(definition.uid, action.ports);
        return;
      case 'create':
        create(input, action);
        return;
      case 'record-run': {
        const others = runsOf(definition.uid).filter(({ id }) => id !== action.run.id);
        runs.set(definition.uid, [...others, action.run].sort(byAge));
        return;
      }
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
      case 'connect': {
        const id = idOf(action.target);
        const networks = { ...observed.own(id)?.networks, ...simulatedEndpoint(action.endpoint) };
        const isRunning = observed.own(id)?.startedAt != null;
        change(id, { networks: isRunning ? withAddresses(networks) : networks });
        return;
      }
      case 'disconnect': {
        const id = idOf(action.target);
        const { [action.network]: _, ...networks } = observed.own(id)?.networks ?? {};
        change(id, { networks });
        return;
      }
      case 'forget':
        gone.add(definition.uid);
        return;
    }
  }

  function noteDisconnected(network: string): void {
    const id = observed.network(network)?.id;
    if (id === undefined) return;
    const there = [...observed.allOwn()].filter((one) => isUp(one) && one.networks[network]?.networkId === id);
    disconnected.set(network, new Set([...(disconnected.get(network) ?? []), ...there.map(({ id }) => id)]));
  }

  /** Names the interruption of a container that is connected again after its network was recreated. */
  function withInterruption(action: Action): Action {
    if (action.kind !== 'connect' || action.target.kind === 'new') return action;
    const { network } = action.endpoint;
    if (disconnected.get(network)?.has(action.target.id) !== true) return action;
    return { ...action, interrupts: true, reason: `the network ${network} was recreated; ${action.reason}` };
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
    return [...imageCheckOf(definition), ...addressDoubts({ definition, runsOn, addresses }, action.target)];
  }

  /** Says that only the image can have the health check that others wait for. */
  function imageCheckOf(definition: Definition): readonly string[] {
    const isDeclared = definition.spec.healthcheck !== undefined;
    if (isDeclared || !awaitedOf(definition).includes('healthy')) return [];
    const has = options.observed.ownOf(definition.uid).some(({ health }) => health !== 'none');
    return has ? [] : ['others wait until it is healthy, for which its image must have a health check'];
  }

  function addressDoubts(
    { definition, runsOn, addresses }: Pick<PlanInput, 'definition' | 'runsOn' | 'addresses'>,
    target: Target,
  ): readonly string[] {
    // On the default bridge a new container costs its recipients a replacement at any address.
    if (target.kind === 'new' && runsOn === 'bridge') return [];
    if (addresses.some(({ network }) => network === runsOn)) return [];
    const followers = followersOf(definition, runsOn);
    if (followers.length === 0) return [];
    const are = followers.length === 1 ? 'is' : 'are';
    return [`if the engine gives it another address, ${listed(followers)} ${are} replaced`];
  }

  const made = (name: string, state: NetworkState): NetworkState =>
    (state === 'absent' || state === 'outdated') && networks.has(name) ? 'present' : state;

  const withoutGone = (all: readonly Definition[]): readonly Definition[] =>
    gone.size === 0 ? all : all.filter(({ uid }) => !gone.has(uid));

  return {
    observed,
    perform,
    doubtOf,
    withInterruption,
    isGone: ({ uid }: Definition): boolean => gone.has(uid),
    desired: {
      byName(name: string) {
        const definition = desired.byName(name);
        return definition !== undefined && gone.has(definition.uid) ? undefined : definition;
      },
      reservationsOf,
      recipientsOf: (name: string) => withoutGone(desired.recipientsOf(name)),
      dependentsOf: (name: string) => withoutGone(desired.dependentsOf(name)),
      onNetwork: (network: string) => withoutGone(desired.onNetwork(network)),
      ...{ network: desired.network, addressesOf: desired.addressesOf, sealed: desired.sealed },
      ownerOfAddress: desired.ownerOfAddress,
      runsOf,
      claims: desired.claims,
      ...{ hold: desired.hold, restored: desired.restored },
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
        network: made(input.runsOn, network),
        further: input.further.map((one) => ({ ...one, state: made(one.name, one.state) })),
      };
    },
  };
}

/** Returns the fields of a container that an update in place sets. */
const limitsOf = ({ spec, spec: { resources } }: Definition) => ({
  restartPolicy: ENGINE_RESTART_POLICY[engineRestartPolicy(spec)],
  restartMaxRetries: spec.restartMaxRetries ?? 0,
  memoryBytes: resources.memoryBytes ?? 0,
  nanoCpus: Math.round((resources.cpus ?? 0) * 1e9),
  pids: resources.pids,
});
