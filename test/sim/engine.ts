/**
 * An engine that behaves as real ones were measured to: a creation can succeed and its start fail, a recipient starts only
 * while its source runs, and a removed source takes its link's name along. A start takes a while: in the beginning the
 * container gets its address and its `/etc/hosts`, in the end the engine looks whether its sources run. A source without an
 * address in the beginning is left out of that file, and nothing adds it later. No past events are replayed, since the observer
 * asks for none: it lists after it has subscribed. What goes wrong on the way to it is drawn from the world.
 */

import { collide } from '../../src/domain/ports/conflicts.js';
import type {
  ContainerDetail,
  ContainerSummary,
  CreateRequest,
  EndpointRequest,
  Engine,
  EngineEvent,
  EngineNetwork,
  HostBinding,
  Owner,
} from '../../src/engine/engine.js';
import { EngineError, type EngineErrorKind } from '../../src/engine/errors.js';
import { ENGINE_RESTART_POLICY } from '../../src/engine/restart-policy.js';
import type { Life, World } from './world.js';

/** What the images of a simulation do when they are run. */
export const IMAGES = {
  good: {},
  other: {},
  /** Ends at once. */
  ends: { endsAfterMs: 100 },
  /** The engine can't start it. */
  broken: { startFails: 'exec: "/no/such/command": no such file or directory' },
  /** Its health check fails. */
  sick: { health: 'unhealthy' },
  /** Its health check passes after a while. */
  healthy: { health: 'healthy' },
  /** Not on the engine; a pull brings it. */
  remote: { isRemote: true },
  /** Nowhere to be had. */
  missing: { isMissing: true },
  /** Its health check passes late. */
  late: { health: 'healthy', healthAfterMs: 8_000 },
  /** Completes. */
  job: { endsAfterMs: 700, exitCode: 0 },
  /** Ends at once unless `aa` is healthy by then. */
  hasty: { endsAfterMs: 100, exitCode: 1, unlessHealthy: 'aa' },
} as const satisfies Record<string, Behaviour>;

interface Behaviour {
  readonly endsAfterMs?: number;
  /** By default 3. */
  readonly exitCode?: number;
  /** It goes on if a container of this name is healthy. */
  readonly unlessHealthy?: string;
  /** By default 500. */
  readonly healthAfterMs?: number;
  readonly startFails?: string;
  readonly health?: 'healthy' | 'unhealthy';
  readonly isRemote?: boolean;
  readonly isMissing?: boolean;
}

interface SimEndpoint {
  readonly request: EndpointRequest;
  /** The id of the network; empty before the first start. */
  networkId: string;
}

export interface SimContainer {
  readonly id: string;
  name: string;
  readonly owner: Owner | null;
  readonly request: CreateRequest;
  state: ContainerDetail['state'];
  health: ContainerDetail['health'];
  error: string;
  exitCode: number;
  startedAt: string | null;
  restartCount: number;
  /** Empty while it has none. */
  address: string;
  /** The lines of its links in `/etc/hosts`: alias to address. Null before its first start. */
  hosts: Map<string, string> | null;
  /** The start that is under way. */
  starting: Promise<void> | null;
  onNetwork: boolean;
  /** Its fixed addresses on the network that it was created on. */
  addresses: readonly string[];
  /** Its networks beside the one that it was created on, by name. */
  readonly further: Map<string, SimEndpoint>;
  /** The id of its user-defined network; empty before its first start, and on the default bridge. */
  networkId: string;
  restartPolicy: string;
  restartMaxRetries: number;
  memoryBytes: number;
  nanoCpus: number;
  pids: number;
  /** The links whose names still stand: alias to the source's id. */
  readonly links: Map<string, string>;
  /** When it was made, in virtual milliseconds. */
  readonly madeAt: number;
  /** Rises with every start: what was to happen to an earlier run does not. */
  run: number;
}

export interface Faults {
  /** How often a call goes wrong. */
  rate: number;
  /** How often an event is lost, doubled or late. */
  eventRate: number;
  isDown: boolean;
  /** Nothing more can be written to its disk. */
  isFull: boolean;
}

export interface SimEngine {
  readonly containers: ReadonlyMap<string, SimContainer>;
  readonly faults: Faults;
  /** Calls that came to it. */
  readonly calls: number;
  /** Calls that changed something. */
  readonly changes: number;
  open(life: Life): Engine;
  /**
   * Returns the address that an alias resolves to in a container: by `/etc/hosts` on the default bridge, and elsewhere by
   * the engine's DNS, which knows the containers that are up by their names.
   */
  addressOf(container: SimContainer, alias: string): string | undefined;
  /** What an outsider does, with the docker CLI as it were. */
  readonly outside: {
    find(name: string): SimContainer | undefined;
    kill(container: SimContainer): void;
    stop(container: SimContainer): void;
    pause(container: SimContainer): void;
    rename(container: SimContainer, name: string): void;
    remove(container: SimContainer): void;
    /** The engine ends a container and keeps something of its own under its id, so that it never starts it again. */
    leaveTask(container: SimContainer): void;
    /** A container that is not Berth's. */
    add(name: string, ports: readonly number[], owner?: Owner): SimContainer | undefined;
    /** Something that is no container holds a port. */
    hold(port: number): void;
    /** An outgoing connection takes a port when a container has let it go, and keeps it so long. */
    lose(port: number, forMs: number): void;
    /** Stops a container and takes its ports before it can have them again. */
    steal(container: SimContainer): readonly number[];
    restart(container: SimContainer): void;
    /** Disconnects a container from a network. */
    detach(container: SimContainer, network: string): void;
    release(port: number): void;
    isHeld(port: number): boolean;
    /** Removes the networks that no container up is on: now, or just before the next call of this kind is done. */
    prune(before?: Step): void;
    /** Removes an image, as `docker rmi -f` does: now, or just before the next call of this kind is done. */
    removeImage(image: string, before?: Step): void;
    /** True if the engine would start it now. */
    canStart(container: SimContainer): boolean;
    cutEvents(): void;
    shutDown(): void;
    /** The engine starts what ran before, by restart policy, and waits for nothing. */
    boot(): void;
  };
}

/** The calls that need what may just have gone. */
export type Step = 'create' | 'start';

/** Shorter than the real ones, so that a run needs fewer virtual minutes. */
const DEADLINE_MS = { ask: 2_000, change: 5_000 } as const;

/** After so long without faults nothing of them is under way any more, in milliseconds. */
export const LATEST_EFFECT_MS = 1.5 * DEADLINE_MS.change + 500;

export const isUp = ({ state }: SimContainer): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting';

/** From the beginning of a start to its end, in milliseconds: the engines that were measured take 50 to 300. */
const START_MS = { from: 20, to: 200 } as const;

/** Time that a container that is restarted is down before its start begins, in milliseconds. */
const RESTART_MS = { from: 5, to: 60 } as const;

/**
 * @param touched hears of every change that Berth makes to a container
 * @param asked hears of every change that Berth asks for, when it does; of which container, where there is one
 * @param overlap hears of a start of a recipient that Berth has under way beside a start or a stop of its source
 */
export function createSimEngine(
  world: World,
  instance: () => string,
  touched: (container: SimContainer, operation: string) => void,
  asked: (operation: string, container: SimContainer | undefined) => void,
  overlap: (recipient: SimContainer, source: SimContainer) => void,
): SimEngine {
  const containers = new Map<string, SimContainer>();
  const faults: Faults = { rate: 0, eventRate: 0, isDown: false, isFull: false };
  const held = new Set<number>();
  /** Ports that are taken when a container lets them go, and for how long. */
  const losing = new Map<number, number>();
  /** The named volumes that there are. */
  const volumes = new Set<string>();
  const pulled = new Set<string>();
  const removedImages = new Set<string>();
  const networks = new Map<string, EngineNetwork>();
  /** The ids of containers that the engine never starts again. */
  const leftTasks = new Set<string>();
  const armed = new Map<Step, () => void>();
  const watchers = new Set<{ send(event: EngineEvent): void; end(): void }>();
  let serial = 0;
  let calls = 0;
  let changes = 0;

  function emit(kind: EngineEvent['kind'], action: string, id: string): void {
    const event = { kind, action, id };
    for (const watcher of watchers) {
      const times = world.chance(faults.eventRate) ? world.pick([0, 0, 2]) : 1;
      for (let n = 0; n < times; n++) {
        const late = world.chance(faults.eventRate) ? world.between(100, 5_000) : world.between(0, 3);
        world.after(late, () => watcher.send(event));
      }
    }
  }

  const byName = (name: string): SimContainer | undefined => [...containers.values()].find((one) => one.name === name);

  const behaviourOf = ({ request }: SimContainer): Behaviour => IMAGES[request.image as keyof typeof IMAGES] ?? {};

  const bindingsOf = ({ request }: SimContainer): readonly HostBinding[] =>
    request.bindings.map(({ hostIp, hostPort, containerPort, protocol }) => ({
      hostIp: hostIp ?? '0.0.0.0',
      hostPort: hostPort ?? 0,
      containerPort,
      protocol,
    }));

  function portTaken(container: SimContainer): HostBinding | undefined {
    return bindingsOf(container).find(
      (binding) =>
        held.has(binding.hostPort) ||
        [...containers.values()].some(
          (other) =>
            other !== container &&
            (isUp(other) || other.starting !== null) &&
            bindingsOf(other).some((one) => collide(one, binding)),
        ),
    );
  }

  /** On the default bridge the links are the engine's own; elsewhere they are names for a container alone. */
  const bridgeLinks = ({ request }: SimContainer): CreateRequest['links'] =>
    request.network === 'bridge' ? request.links : [];

  const hasImage = (name: string): boolean => {
    const image: Behaviour = IMAGES[name as keyof typeof IMAGES] ?? {};
    return !image.isMissing && (image.isRemote ? pulled.has(name) : !removedImages.has(name));
  };

  /** The network that a container is to be started on: by its name the first time, by its id from then on. */
  const networkOf = ({ request, networkId }: SimContainer): string | undefined => {
    if (request.network === 'bridge') return 'n';
    const id = networks.get(request.network)?.id;
    return networkId === '' || networkId === id ? id : undefined;
  };

  const isOn = (container: SimContainer, name: string): boolean =>
    (container.onNetwork && container.request.network === name) || container.further.has(name);

  const isInUse = (name: string): boolean => [...containers.values()].some((one) => isUp(one) && isOn(one, name));

  function prune(): void {
    for (const name of networks.keys()) if (!isInUse(name)) networks.delete(name);
  }

  /** A network of a container that is gone, or was made again; undefined where there is none. */
  const lostNetworkOf = (container: SimContainer): string | undefined => {
    const { request, networkId, further } = container;
    if (container.onNetwork && networkOf(container) === undefined) return networkId || request.network;
    const lost = [...further].find(([name, one]) => {
      const id = networks.get(name)?.id;
      return id === undefined || (one.networkId !== '' && one.networkId !== id);
    });
    return lost?.[0];
  };

  function connect(container: SimContainer, request: EndpointRequest): void {
    const { network: name } = request;
    const network = networks.get(name);
    if (network === undefined) throw new EngineError('network-absent', `network ${name} not found`, { status: 404 });
    if (isOn(container, name)) {
      const message = `endpoint with name ${container.name} already exists in network ${name}`;
      throw new EngineError('failed', message, { status: 403 });
    }
    const networkId = isUp(container) ? network.id : '';
    if (name === container.request.network) {
      container.onNetwork = true;
      container.networkId = networkId;
      container.addresses = request.addresses;
      if (isUp(container)) container.address = request.addresses[0] ?? anyAddress();
    } else container.further.set(name, { request, networkId });
    emit('container', 'connect', container.id);
  }

  /** @param network its id; or its name, by which a container that is down knows it */
  function disconnect(container: SimContainer, network: string): void {
    const isIt = (name: string, networkId: string): boolean =>
      isUp(container) ? networkId === network : name === network;
    const further = [...container.further].find(([name, one]) => isIt(name, one.networkId))?.[0];
    if (further !== undefined) container.further.delete(further);
    else if (isIt(container.request.network, container.networkId)) {
      container.onNetwork = false;
      container.address = '';
    } else return;
    emit('container', 'disconnect', container.id);
  }

  const nameOfNetwork = (id: string): string => [...networks.values()].find((one) => one.id === id)?.name ?? '';

  const anyAddress = (): string => `172.17.${Math.floor(++serial / 250) % 250}.${serial % 250}`;

  function removeImage(image: string): void {
    pulled.delete(image);
    removedImages.add(image);
    emit('image', 'delete', image);
  }

  /** What an outsider does just before a call is done. */
  function happenBefore(step: Step): void {
    const deed = armed.get(step);
    armed.delete(step);
    deed?.();
  }

  interface Refusal {
    readonly kind: EngineErrorKind;
    readonly message: string;
    readonly port?: number;
  }

  /** What keeps a container from being started now. */
  const refusalOf = (container: SimContainer): Refusal | undefined =>
    networkRefusal(container) ??
    addressRefusal(container) ??
    linkRefusal(container) ??
    portRefusal(container) ??
    taskRefusal(container) ??
    imageRefusal(container);

  /** As engine 20.10 refuses a start after it was killed during one. */
  function taskRefusal({ id }: SimContainer): Refusal | undefined {
    return leftTasks.has(id) ? { kind: 'failed', message: `task ${id}: already exists` } : undefined;
  }

  function networkRefusal(container: SimContainer): Refusal | undefined {
    const lost = lostNetworkOf(container);
    if (lost === undefined) return undefined;
    const message = `network ${lost} not found`;
    return { kind: 'network-absent', message };
  }

  /** A fixed address belongs to the container that is up. */
  function addressRefusal(container: SimContainer): Refusal | undefined {
    const [wanted] = container.addresses;
    const other = [...containers.values()].find(
      (one) =>
        one !== container && wanted !== undefined && one.address === wanted && (isUp(one) || one.starting !== null),
    );
    return other === undefined ? undefined : { kind: 'address-in-use', message: 'Address already in use' };
  }

  function linkRefusal(container: SimContainer): Refusal | undefined {
    for (const { alias, sourceName } of bridgeLinks(container)) {
      const source = containers.get(container.links.get(alias) ?? '');
      if (source === undefined || !isUp(source)) {
        return { kind: 'link-source-not-running', message: `Cannot link to a non running container: /${sourceName}` };
      }
    }
    return undefined;
  }

  function portRefusal(container: SimContainer): Refusal | undefined {
    const taken = portTaken(container);
    if (taken === undefined) return undefined;
    const why = held.has(taken.hostPort) ? 'address already in use' : 'port is already allocated';
    return { kind: 'port-in-use', message: `Bind for 0.0.0.0:${taken.hostPort} failed: ${why}`, port: taken.hostPort };
  }

  function imageRefusal(container: SimContainer): Refusal | undefined {
    const { startFails } = behaviourOf(container);
    return startFails === undefined ? undefined : { kind: 'invalid', message: startFails };
  }

  /** A start as a whole; one that is under way already is the same one. */
  function start(container: SimContainer): Promise<void> {
    if (isUp(container)) return Promise.resolve();
    container.starting ??= startAnew(container).finally(() => {
      container.starting = null;
    });
    return container.starting;
  }

  async function startAnew(container: SimContainer): Promise<void> {
    const refusal = networkRefusal(container) ?? addressRefusal(container) ?? portRefusal(container);
    if (refusal !== undefined) throw refused(container, refusal);
    join(container);
    await world.sleep(world.between(START_MS.from, START_MS.to));
    existing(container.id);
    const late = linkRefusal(container) ?? taskRefusal(container) ?? imageRefusal(container);
    if (late === undefined) return run(container);
    container.address = '';
    throw refused(container, late);
  }

  function refused(container: SimContainer, { kind, message, port }: Refusal): EngineError {
    container.state = container.state === 'restarting' ? 'exited' : container.state;
    container.error = message;
    container.exitCode = 128;
    return new EngineError(kind, message, { status: 500, ...(port !== undefined && { port: { hostPort: port } }) });
  }

  /** The beginning of a start: its address, its hosts file, and its line in those of its recipients, where there is one. */
  function join(container: SimContainer): void {
    container.address = container.onNetwork ? (container.addresses[0] ?? anyAddress()) : '';
    const addresses = [...container.links].map(([alias, id]) => [alias, containers.get(id)?.address ?? ''] as const);
    container.hosts = new Map(addresses.filter(([, address]) => address !== ''));
    for (const other of containers.values()) {
      if (other.address === '') continue;
      for (const [alias, id] of other.links) {
        if (id === container.id && other.hosts?.has(alias)) other.hosts.set(alias, container.address);
      }
    }
  }

  function run(container: SimContainer): void {
    const { endsAfterMs, exitCode = 3, unlessHealthy = '', health, healthAfterMs = 500 } = behaviourOf(container);
    container.state = 'running';
    container.networkId = container.request.network === 'bridge' ? '' : (networkOf(container) ?? '');
    for (const [name, one] of container.further) one.networkId = networks.get(name)?.id ?? '';
    container.error = '';
    container.exitCode = 0;
    container.startedAt = `t${String(Math.round(world.now)).padStart(9, '0')}.${++serial}`;
    container.health = health === undefined ? 'none' : 'starting';
    const mine = ++container.run;
    const later = (ms: number, then: () => void): void => {
      world.after(ms, () => {
        if (!containers.has(container.id) || container.run !== mine) return;
        if (container.state === 'running') then();
        else later(ms, then);
      });
    };
    emit('container', 'start', container.id);
    if (endsAfterMs !== undefined) {
      later(endsAfterMs, () => {
        if (byName(unlessHealthy)?.health !== 'healthy') end(container, exitCode, false);
      });
    }
    if (health !== undefined) {
      later(healthAfterMs, () => {
        container.health = health;
        emit('container', 'health_status', container.id);
      });
    }
  }

  const isRestartedByEngine = (container: SimContainer): boolean =>
    container.restartPolicy !== 'no' &&
    !(container.restartPolicy === 'on-failure' && (container.exitCode === 0 || hasFailedEnough(container)));

  /** The containers that the engine starts when it comes back. */
  let atBoot: readonly SimContainer[] = [];

  /** The engine ends, and every container with it. */
  function shutDown(): void {
    atBoot = [...containers.values()].filter(isUp);
    for (const container of atBoot) halt(container, 137);
  }

  async function boot(): Promise<void> {
    for (const container of atBoot) {
      if (isRestartedByEngine(container) && containers.has(container.id)) await attempt(() => start(container));
    }
  }

  function end(container: SimContainer, exitCode: number, byHand: boolean): void {
    container.exitCode = exitCode;
    container.health = 'none';
    container.address = '';
    container.run++;
    const isRestarted = !byHand && isRestartedByEngine(container);
    container.state = isRestarted ? 'restarting' : 'exited';
    emit('container', 'die', container.id);
    if (!isRestarted) return;
    const mine = container.run;
    world.after(Math.min(60_000, 300 * 2 ** container.restartCount), () => {
      if (!containers.has(container.id) || container.run !== mine || container.state !== 'restarting') return;
      container.restartCount++;
      void attempt(() => {
        container.starting ??= startAnew(container).finally(() => {
          container.starting = null;
        });
        return container.starting;
      });
    });
  }

  function halt(container: SimContainer, exitCode = 0): void {
    if (!isUp(container)) return;
    end(container, exitCode, true);
    container.state = 'exited';
    for (const { hostPort } of bindingsOf(container)) {
      const forMs = losing.get(hostPort);
      if (forMs === undefined) continue;
      losing.delete(hostPort);
      held.add(hostPort);
      world.after(forMs, () => held.delete(hostPort));
    }
  }

  /** The engine sends a signal to a container, which ends it. */
  function interrupt(container: SimContainer, exitCode?: number): void {
    if (isUp(container)) emit('container', 'kill', container.id);
    halt(container, exitCode);
  }

  /** The engine stops a container that is being started once it has started. */
  async function haltAfterStart(container: SimContainer): Promise<void> {
    if (container.starting !== null) await attempt(() => container.starting);
    interrupt(container);
  }

  async function restart(container: SimContainer): Promise<void> {
    await haltAfterStart(container);
    await world.sleep(world.between(RESTART_MS.from, RESTART_MS.to));
    await start(existing(container.id));
  }

  function drop(container: SimContainer): void {
    containers.delete(container.id);
    for (const other of containers.values()) {
      for (const [alias, id] of other.links) if (id === container.id) other.links.delete(alias);
    }
    emit('container', 'destroy', container.id);
  }

  function rename(container: SimContainer, name: string): void {
    if (byName(name) !== undefined && byName(name) !== container) {
      throw new EngineError('name-in-use', `The container name "/${name}" is already in use by container`, {
        status: 409,
      });
    }
    container.name = name;
    emit('container', 'rename', container.id);
  }

  function needRoom(): void {
    if (!faults.isFull) return;
    throw new EngineError('disk-full', 'write /var/lib/docker: no space left on device', { status: 500 });
  }

  function create(request: CreateRequest, owner: Owner | null): SimContainer {
    if (byName(request.name) !== undefined) {
      throw new EngineError('name-in-use', `The container name "/${request.name}" is already in use by container`, {
        status: 409,
      });
    }
    if (!hasImage(request.image))
      throw new EngineError('image-absent', `No such image: ${request.image}`, { status: 404 });
    for (const { sourceId } of request.network === 'bridge' ? request.links : []) {
      if (!containers.has(sourceId)) {
        throw new EngineError('link-source-absent', `could not get container for ${sourceId}`, { status: 400 });
      }
    }
    const container: SimContainer = {
      ...{ id: `c${String(++serial).padStart(11, '0')}`, name: request.name, owner, request },
      ...{ state: 'created', health: 'none', error: '', exitCode: 0, startedAt: null, restartCount: 0 },
      further: new Map((request.further ?? []).map((one) => [one.network, { request: one, networkId: '' }])),
      ...{
        addresses: request.addresses,
        address: '',
        hosts: null,
        starting: null,
        onNetwork: true,
        networkId: '',
        madeAt: world.now,
        run: 0,
      },
      ...limitsOf(request),
      links: new Map(request.network === 'bridge' ? request.links.map(({ alias, sourceId }) => [alias, sourceId]) : []),
    };
    containers.set(container.id, container);
    emit('container', 'create', container.id);
    return container;
  }

  const linkNamesOf = ({ id }: SimContainer): readonly string[] =>
    [...containers.values()]
      .flatMap((other) => [...other.links].filter(([, to]) => to === id).map(([alias]) => `${other.name}/${alias}`))
      .sort();

  const summary = (container: SimContainer): ContainerSummary => ({
    ...{ id: container.id, name: container.name, linkNames: linkNamesOf(container), owner: container.owner },
    ...{ state: container.state, health: container.health },
    bindings: container.state === 'running' || container.state === 'paused' ? bindingsOf(container) : [],
    addresses: Object.fromEntries(
      Object.entries(endpointsOf(container)).map(([name, { ipAddress }]) => [name, ipAddress]),
    ),
  });

  const endpointsOf = (container: SimContainer): ContainerDetail['networks'] => {
    const { request, further, onNetwork } = container;
    const first = {
      networkId: request.network === 'bridge' ? 'n' : container.networkId,
      ipAddress: isUp(container) ? container.address : '',
      fixedAddresses: container.addresses,
      links: request.network === 'bridge' ? [] : request.links.map(({ sourceName, alias }) => `${sourceName}:${alias}`),
    };
    const others = [...further].map(([name, { request: one, networkId }]) => [
      name,
      {
        ...{ networkId, fixedAddresses: one.addresses, aliases: one.aliases, isOurs: one.isOurs },
        ipAddress: isUp(container) ? (one.addresses[0] ?? `10.0.${name.length}.1`) : '',
        links: one.links.map(({ sourceName, alias }) => `${sourceName}:${alias}`),
      },
    ]);
    return { ...(onNetwork && { [request.network]: first }), ...Object.fromEntries(others) };
  };

  const detail = (container: SimContainer): ContainerDetail => ({
    ...{ id: container.id, name: container.name, owner: container.owner, state: container.state },
    ...{ health: container.health, error: container.error, exitCode: container.exitCode },
    ...{ startedAt: container.startedAt, finishedAt: null, restartCount: container.restartCount },
    ...{ image: container.request.image, imageId: `sha256:${container.request.image}`, env: container.request.env },
    ...{ hostname: container.id, user: '', exposed: container.request.bindings },
    bindings: summary(container).bindings,
    published: bindingsOf(container),
    networks: endpointsOf(container),
    hostsLines: container.request.hostsLines ?? [],
    linkAliases: bridgeLinks(container).map(({ alias }) => alias),
    ...{ restartPolicy: container.restartPolicy, restartMaxRetries: container.restartMaxRetries },
    memoryBytes: container.memoryBytes,
    ...{ nanoCpus: container.nanoCpus, pids: container.pids },
  });

  const existing = (id: string): SimContainer => {
    const found = containers.get(id);
    if (found === undefined) throw new EngineError('not-found', `No such container: ${id}`, { status: 404 });
    return found;
  };

  /** One call: the way there, what it does, the way back; and whatever may go wrong on it. */
  async function call<T>(life: Life, kind: keyof typeof DEADLINE_MS, effect: () => T | Promise<T>): Promise<T> {
    calls++;
    await life.sleep(world.between(0, 3));
    if (faults.isDown) throw new EngineError('unreachable', 'no engine answers (ECONNREFUSED)');
    const deed = (): T | Promise<T> => {
      if (kind === 'change') changes++;
      return effect();
    };
    if (world.chance(faults.rate)) {
      const late = new EngineError('timeout', `the container engine did not answer within ${DEADLINE_MS[kind]} ms`);
      switch (world.pick(['lost', 'hangs', 'after', 'failed', 'malformed', 'reset', 'conflict'] as const)) {
        case 'lost':
          void attempt(deed);
          await life.sleep(world.between(0, 20));
          throw new EngineError('unreachable', 'the connection was reset (ECONNRESET)');
        case 'hangs':
          await life.sleep(DEADLINE_MS[kind]);
          throw late;
        case 'after':
          world.after(world.between(0, 1.5 * DEADLINE_MS[kind]), () => void attempt(deed));
          await life.sleep(DEADLINE_MS[kind]);
          throw late;
        case 'failed':
          throw new EngineError('failed', 'the engine is in trouble', { status: 500 });
        case 'malformed':
          if (kind === 'change') void attempt(deed);
          throw new EngineError('malformed', 'not of its shape');
        case 'reset':
          throw new EngineError('unreachable', 'the connection was reset (ECONNRESET)');
        case 'conflict':
          throw new EngineError('conflict', 'another operation is in progress', { status: 409 });
      }
    }
    let value: T;
    try {
      value = await deed();
    } finally {
      // Never comes back to a server that died meanwhile.
      await life.sleep(world.between(0, 3));
    }
    return value;
  }

  /** Nobody hears what came of it. */
  async function attempt(deed: () => unknown): Promise<void> {
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }

  function open(life: Life): Engine {
    const ask = <T>(effect: () => T): Promise<T> => call(life, 'ask', effect);
    /** The starts and stops that this server waits for, by container. */
    const running = new Map<string, 'start' | 'stop' | 'restart'>();
    const alongside = async (id: string, operation: 'start' | 'stop' | 'restart', done: Promise<void>) => {
      running.set(id, operation);
      for (const [recipientId, its] of running) {
        const recipient = containers.get(recipientId);
        if (recipient === undefined || its === 'stop') continue;
        for (const sourceId of recipient.links.values()) {
          const source = containers.get(sourceId);
          if (source !== undefined && running.has(sourceId)) overlap(recipient, source);
        }
      }
      try {
        await done;
      } finally {
        running.delete(id);
      }
    };
    const change = (
      id: string,
      operation: string,
      effect: (container: SimContainer) => void | Promise<void>,
    ): Promise<void> => {
      asked(operation, containers.get(id));
      return call(life, 'change', () => {
        const container = existing(id);
        touched(container, operation);
        return effect(container);
      });
    };
    const stop = async (id: string): Promise<void> => {
      asked('stop', containers.get(id));
      await life.sleep(world.between(0, 50));
      await call(life, 'change', () => {
        const container = existing(id);
        touched(container, 'stop');
        return haltAfterStart(container);
      });
    };
    const unused = (): never => {
      throw new Error('not simulated');
    };
    return {
      address: 'sim',
      connect: () =>
        ask(() => ({
          kind: 'docker',
          version: '28.5.2',
          apiVersion: '1.51',
          linkEnvRules: 'tcp-first' as const,
          bridgeLinks: 'kept' as const,
          lacks: {},
        })),
      list: (filter) =>
        ask(() =>
          [...containers.values()]
            .filter((one) => filter.kind !== 'uid' || one.owner?.uid === filter.uid)
            .filter((one) => filter.kind !== 'ids' || filter.ids.includes(one.id))
            .map(summary),
        ),
      inspect: (id) =>
        ask(() => {
          const found = containers.get(id);
          return found === undefined ? null : detail(found);
        }),
      inspectRaw: unused,
      diskUsage: unused,
      derive: unused,
      inspectImage: (reference) =>
        ask(() => {
          const name = reference.replace('sha256:', '');
          return hasImage(name)
            ? { id: `sha256:${name}`, env: [], exposed: [{ containerPort: 80, protocol: 'tcp' }] }
            : null;
        }),
      pull(reference) {
        asked('pull', undefined);
        return call(life, 'change', () => {
          const image: Behaviour = IMAGES[reference as keyof typeof IMAGES] ?? {};
          if (image.isMissing) throw new EngineError('image-absent', `pull access denied for ${reference}`);
          needRoom();
          pulled.add(reference);
          removedImages.delete(reference);
          emit('image', 'pull', reference);
          return { digest: null };
        });
      },
      create(request) {
        asked('create', undefined);
        return call(life, 'change', () => {
          happenBefore('create');
          needRoom();
          for (const { volume } of request.volumes) volumes.add(volume);
          return create(request, request.owner).id;
        });
      },
      start: (id) =>
        alongside(
          id,
          'start',
          change(id, 'start', (container) => {
            happenBefore('start');
            return start(container);
          }),
        ),
      stop: (id) => alongside(id, 'stop', stop(id)),
      restart: (id) => alongside(id, 'restart', change(id, 'restart', restart)),
      unpause: (id) =>
        change(id, 'unpause', (container) => {
          if (container.state !== 'paused') throw new EngineError('failed', 'it is not paused', { status: 500 });
          container.state = 'running';
          emit('container', 'unpause', id);
        }),
      rename: (id, name) => change(id, 'rename', (container) => rename(container, name)),
      remove(id) {
        asked('remove', containers.get(id));
        return call(life, 'change', () => {
          const container = containers.get(id);
          if (container === undefined) return;
          touched(container, 'remove');
          if (isUp(container))
            throw new EngineError('conflict', 'stop the container before removing it', { status: 409 });
          drop(container);
        });
      },
      update: (id, limits) =>
        change(id, 'update', (container) => {
          Object.assign(container, limitsOf(limits));
          emit('container', 'update', id);
        }),
      inspectNetwork: (name) => ask(() => networks.get(name) ?? null),
      async listNetworks() {
        if (faults.isDown) throw new EngineError('unreachable', 'no engine answers (ECONNREFUSED)');
        return [...networks.values()];
      },
      containersOn: (id) =>
        ask(() =>
          [...containers.values()]
            .filter((one) => isUp(one) && isOn(one, nameOfNetwork(id)))
            .map(({ id: one, name }) => ({ id: one, name })),
        ),
      connectTo: (id, endpoint) => change(id, 'connect', (container) => connect(container, endpoint)),
      disconnect(networkId, id) {
        return call(life, 'change', () => {
          const container = containers.get(id);
          if (container !== undefined) disconnect(container, networkId);
        });
      },
      createNetwork({ name, subnets, hash }, instance) {
        asked('create-network', undefined);
        return call(life, 'change', () => {
          const clash = [...networks.values()].some((one) =>
            one.subnets.some(({ subnet }) => subnets.some((other) => other.subnet === subnet)),
          );
          if (clash) throw new EngineError('subnet-overlaps', 'Pool overlaps with other one on this address space');
          networks.set(name, { id: `n${++serial}`, name, instance, hash, subnets });
        });
      },
      removeNetwork(id) {
        asked('remove-network', undefined);
        return call(life, 'change', () => {
          for (const [name, network] of networks) {
            if (network.id !== id) continue;
            if (isInUse(name)) throw new EngineError('failed', `network ${name} has active endpoints`, { status: 403 });
            networks.delete(name);
          }
        });
      },
      async events(signal) {
        await call(life, 'ask', () => undefined);
        if (signal.aborted) throw new EngineError('unreachable', 'the request was given up');
        return stream(life, signal);
      },
      ...{ logs: unused, usage: unused, followUsage: unused, exec: unused, images: unused, placeFiles: unused },
      readFile: (id, path) =>
        ask(() => {
          const { hosts } = existing(id);
          if (path !== '/etc/hosts' || hosts === null) return null;
          return new TextEncoder().encode([...hosts].map(([alias, address]) => `${address}\t${alias}\n`).join(''));
        }),
      probe: unused,
      probePorts: unused,
      inspectVolumes: (names) =>
        ask(
          () =>
            new Map(
              names.filter((name) => volumes.has(name)).map((name) => [name, { driver: 'local', driverOptions: {} }]),
            ),
        ),
      tryRoom: () => call(life, 'ask', needRoom),
      removeProbes: async () => undefined,
      close: () => undefined,
    };
  }

  function stream(life: Life, signal: AbortSignal): AsyncIterable<EngineEvent> {
    const waiting: EngineEvent[] = [];
    let isOver = false;
    let wake: () => void = () => undefined;
    const watcher = {
      send(event: EngineEvent) {
        if (isOver || life.isOver) return;
        waiting.push(event);
        wake();
      },
      end() {
        isOver = true;
        watchers.delete(watcher);
        wake();
      },
    };
    watchers.add(watcher);
    signal.addEventListener('abort', watcher.end, { once: true });
    return (async function* () {
      while (!isOver || waiting.length > 0) {
        const event = waiting.shift();
        if (event === undefined) await new Promise<void>((resolve) => (wake = resolve));
        else yield event;
      }
    })();
  }

  function addressOf({ hosts, request, networkId }: SimContainer, alias: string): string | undefined {
    if (request.network === 'bridge') return hosts?.get(alias);
    const source = byName(request.links.find((link) => link.alias === alias)?.sourceName ?? '');
    return source !== undefined && isUp(source) && source.networkId === networkId ? source.address : undefined;
  }

  return {
    containers,
    faults,
    addressOf,
    get calls() {
      return calls;
    },
    get changes() {
      return changes;
    },
    open,
    outside: {
      find: byName,
      kill: (container) => interrupt(container, 137),
      stop: (container) => interrupt(container),
      pause(container) {
        if (container.state !== 'running') return;
        container.state = 'paused';
        emit('container', 'pause', container.id);
      },
      rename(container, name) {
        if (byName(name) === undefined) rename(container, name);
      },
      remove(container) {
        halt(container, 137);
        drop(container);
      },
      leaveTask(container) {
        halt(container, 137);
        leftTasks.add(container.id);
      },
      add(name, ports, owner) {
        if (byName(name) !== undefined) return undefined;
        removedImages.delete('good');
        const container = create(foreignRequest(name, ports), owner ?? null);
        if (portTaken(container) !== undefined) return container;
        join(container);
        run(container);
        return container;
      },
      hold(port) {
        if (![...containers.values()].some((one) => isUp(one) && bindingsOf(one).some((b) => b.hostPort === port)))
          held.add(port);
      },
      lose: (port, forMs) => void losing.set(port, forMs),
      restart: (container) => void attempt(() => restart(container)),
      detach: (container, network) =>
        disconnect(container, isUp(container) ? (networks.get(network)?.id ?? '') : network),
      steal(container) {
        halt(container);
        const ports = bindingsOf(container).map(({ hostPort }) => hostPort);
        for (const port of ports) held.add(port);
        return ports;
      },
      release: (port) => held.delete(port),
      isHeld: (port) => held.has(port),
      prune(before) {
        if (before === undefined) prune();
        else armed.set(before, prune);
      },
      removeImage(image, before) {
        if (before === undefined) removeImage(image);
        else armed.set(before, () => removeImage(image));
      },
      canStart: (container) => refusalOf(container) === undefined,
      shutDown,
      boot: () => void boot(),
      cutEvents() {
        for (const watcher of [...watchers]) watcher.end();
      },
    },
  };

  function foreignRequest(name: string, ports: readonly number[]): CreateRequest {
    return {
      ...{
        name,
        image: 'good',
        env: [],
        exposed: [],
        links: [],
        addresses: [],

        network: 'bridge',
        volumes: [],
        labels: {},
      },
      bindings: ports.map((hostPort) => ({ hostPort, containerPort: 80, protocol: 'tcp' as const })),
      owner: { instance: `not ${instance()}`, uid: '', name, generation: 0, hash: '' },
      ...{ restartPolicy: 'no', resources: { pids: 0 }, stopTimeoutSeconds: 10 },
    };
  }
}

/** Rule: moby, `restartmanager.ShouldRestart`. */
const hasFailedEnough = ({ restartMaxRetries, restartCount }: SimContainer): boolean =>
  restartMaxRetries > 0 && restartCount >= restartMaxRetries;

type Limits = Pick<CreateRequest, 'restartPolicy' | 'restartMaxRetries' | 'resources'>;

const limitsOf = ({ restartPolicy, restartMaxRetries = 0, resources }: Limits) => ({
  restartPolicy: ENGINE_RESTART_POLICY[restartPolicy],
  restartMaxRetries,
  memoryBytes: resources.memoryBytes ?? 0,
  nanoCpus: Math.round((resources.cpus ?? 0) * 1e9),
  pids: resources.pids,
});
