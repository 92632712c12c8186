import type { ContainerPort, Definition, PlacedFile, Reservation } from '../../domain/definition/definition.js';
import type { Run } from '../../domain/jobs/run.js';
import { aliasesOf } from '../../domain/links/network-names.js';
import { publishedClaims } from '../../domain/ports/host-network.js';
import { parseExpose } from '../../domain/ports/parse.js';
import type { CreateRequest, Engine, FileToPlace } from '../../engine/engine.js';
import { engineRestartPolicy } from '../../engine/restart-policy.js';
import { environmentOf, hostsLinesOf } from '../plan/link-state.js';
import { endpointRequest } from '../plan/networks/connections.js';
import type { Action, PlanInput, Target } from '../plan/types.js';
import { logEnd } from './jobs/log-end.js';
import type { Networks } from './networks/networks.js';
import type { WorkContext } from './queue.js';

/** Changes that the executor makes in the store. */
export interface StoreWrites {
  /** Gives exactly these container ports of `publishAll` a host port each; those that have one keep it. */
  reservePublishAll(uid: string, ports: readonly ContainerPort[]): Promise<void>;
  /** True if the record says that a container has run since the definition was last written. */
  hasRun(definition: Definition): Promise<boolean>;
  /** Stores a run of a job. */
  putRun(run: Run): Promise<void>;
  /** Removes the definition and its reservations. */
  forget(uid: string): Promise<void>;
}

export interface ExecuteOptions {
  readonly engine: Engine;
  readonly store: StoreWrites;
  readonly networks: Networks;
  readonly instance: string;
  /** Returns the value of a secret. @throws Error if it can't be read */
  readonly secretOf: (name: string) => string;
  /** Notes the digest that a pull has reported. */
  readonly pulled?: (digest: string | null) => void;
}

/** A run through one plan: remembers the container that it created, for the steps that follow. */
export interface Executor {
  /** @throws EngineError, or a Problem of the store */
  step(action: Action): Promise<void>;
}

/** Executes one action as one call. The next look at the engine shows whether it had the intended effect. */
export function createExecutor(
  { engine, store, networks, instance, secretOf, pulled = () => undefined }: ExecuteOptions,
  input: PlanInput,
  reservations: readonly Reservation[],
  context: WorkContext,
): Executor {
  const { definition } = input;
  const { stopTimeoutSeconds, restartMaxRetries, resources, memorySwap } = definition.spec;
  let created: string | undefined;

  const idOf = (target: Target): string => {
    if (target.kind === 'existing') return target.id;
    if (created === undefined) throw new Error('a step about a new container came before its creation');
    return created;
  };

  /** The named volumes that a container of this definition has had, and that the engine will make again, empty. */
  async function vanishedVolumes(definition: Definition): Promise<readonly string[]> {
    const names = definition.spec.volumes.map(({ volume }) => volume).filter((volume) => !volume.startsWith('/'));
    if (names.length === 0) return [];
    const found = await engine.inspectVolumes([...new Set(names)]);
    const missing = [...new Set(names)].filter((name) => !found.has(name));
    return missing.length > 0 && (await store.hasRun(definition)) ? missing : [];
  }

  /** Places the files of a container that has never been started: also of one that a crash left without them. */
  async function placeFiles(target: Target): Promise<void> {
    const { files = [] } = definition.spec;
    const isStarted =
      target.kind === 'existing' && input.own.some(({ id, startedAt }) => id === target.id && startedAt !== null);
    if (files.length > 0 && !isStarted) await engine.placeFiles(idOf(target), filesOf(files, secretOf));
  }

  return {
    async step(action) {
      switch (action.kind) {
        case 'pull-image':
          pulled(
            (
              await context.outside(() =>
                engine.pull(action.image, context.signal, undefined, { platform: action.platform }),
              )
            ).digest,
          );
          return;
        case 'create-network':
          await networks.make(action.network);
          return;
        case 'remove-network':
          await networks.removeUnused(action.network);
          return;
        case 'reserve-ports':
          return store.reservePublishAll(definition.uid, action.ports);
        case 'create': {
          const request = createRequest(input, reservations, instance);
          const recreated = await vanishedVolumes(definition);
          created = await engine.create({
            ...request,
            env: [...request.env, ...secretEnvOf(definition, secretOf)],
            ...(action.run && { name: action.name, addresses: [] }),
            owner: {
              ...request.owner,
              ...(recreated.length > 0 && { recreatedVolumes: recreated }),
              ...(action.run && { run: action.run.id, attempt: action.run.attempt }),
            },
            ...(action.replaces && { replacedId: idOf(action.replaces) }),
          });
          return;
        }
        case 'record-run': {
          const log = action.logOf === undefined ? action.run.log : await logEnd(engine, action.logOf, context.signal);
          return store.putRun({ ...action.run, log });
        }
        case 'start':
          await placeFiles(action.target);
          return engine.start(idOf(action.target));
        case 'stop':
          return engine.stop(idOf(action.target), stopTimeoutSeconds);
        case 'restart':
          return engine.restart(idOf(action.target), stopTimeoutSeconds);
        case 'unpause':
          return engine.unpause(idOf(action.target));
        case 'rename':
          return engine.rename(idOf(action.target), action.to);
        case 'remove':
          return engine.remove(idOf(action.target));
        case 'update':
          return engine.update(idOf(action.target), {
            restartPolicy: engineRestartPolicy(definition.spec),
            resources,
            ...(restartMaxRetries !== undefined && { restartMaxRetries }),
            ...(memorySwap !== undefined && { memorySwap }),
          });
        case 'connect':
          return engine.connectTo(idOf(action.target), action.endpoint);
        case 'disconnect':
          return engine.disconnect(action.networkId || action.network, idOf(action.target));
        case 'forget':
          return store.forget(definition.uid);
      }
    },
  };
}

/** The variables whose values are secrets, as the engine takes them. */
const secretEnvOf = ({ spec: { secretEnv = {} } }: Definition, secretOf: (name: string) => string): readonly string[] =>
  Object.entries(secretEnv).map(([name, secret]) => `${name}=${secretOf(secret)}`);

const filesOf = (files: readonly PlacedFile[], secretOf: (name: string) => string): readonly FileToPlace[] =>
  files.map(({ path, mode, uid, gid, content = '', secret }) => ({
    ...{ path, uid, gid, mode: Number.parseInt(mode, 8) },
    content: secret === undefined ? content : secretOf(secret),
  }));

/** The container ports that a definition itself exposes. */
export const exposedPorts = (definition: Definition): readonly ContainerPort[] =>
  definition.spec.expose.flatMap((text) => {
    const parsed = parseExpose(text);
    return parsed.ok ? parsed.value : [];
  });

/** Builds the engine's creation request for a container of the definition. */
export function createRequest(input: PlanInput, reservations: readonly Reservation[], instance: string): CreateRequest {
  const { definition, hash, links, runsOn } = input;
  const { spec, name, uid, generation } = definition;
  const {
    service,
    secretEnv,
    files,
    networkAliases: _,
    networks: _networks,
    keepNetworks,
    expose,
    publishAll,
    ports,
    pullPolicy,
    onLinkChange,
    onUnhealthy,
    kind,
    retries,
    deadlineSeconds,
    keepSeconds,
    schedule,
    dependsOn,
    boot,
    state,
    updatePolicy,
    updateIntervalSeconds,
    updateWindow,
    stateful,
    ...asDeclared
  } = spec;
  const networkAliases = aliasesOf(name, spec);
  const hostsLines = hostsLinesOf(input);
  const secrets = Object.keys(secretEnv ?? {});
  return {
    ...asDeclared,
    image: input.imageReference ?? spec.image,
    restartPolicy: engineRestartPolicy(spec),
    network: input.networkOwner === null ? runsOn : `container:${input.networkOwner.id}`,
    name,
    env: environmentOf(input) ?? [],
    exposed: exposedPorts(definition),
    bindings: publishedClaims(spec, reservations),
    links: links.flatMap(({ link, source, network = runsOn }) =>
      source.kind === 'running' && network === runsOn
        ? { sourceId: source.container.id, sourceName: link.container, alias: link.alias }
        : [],
    ),
    ...(hostsLines.length > 0 && { hostsLines }),
    addresses: input.addresses.filter(({ network }) => network === input.runsOn).map(({ address }) => address),
    ...(networkAliases.length > 0 && { networkAliases }),
    ...(input.further.length > 0 && { further: input.further.map((one) => endpointRequest(input, one)) }),
    owner: { instance, uid, name, generation, hash, ...(secrets.length > 0 && { secretVariables: secrets }) },
  };
}
