import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { extract, type Headers } from 'tar-stream';
import { slices } from '../../observability/slices.js';
import type { CreateRequest, Engine, EngineEvent, EngineLacks, EngineVolume } from '../engine.js';
import { EngineError } from '../errors.js';
import { LABELS } from '../labels.js';
import { derive } from './containers/describe-container.js';
import { dockerExec } from './containers/exec.js';
import { createImageLabels } from './containers/image-labels.js';
import { imageVolumes } from './containers/image-volumes.js';
import { dockerImages } from './containers/images.js';
import { dockerLogs } from './containers/logs.js';
import { placeFiles } from './containers/place-files.js';
import { dockerUsage } from './containers/usage.js';
import { asDerivable, asDerivableImage, asInfo } from './derive-shapes.js';
import { foreignPlatform, toDetail, toImage, toNetwork, toOwner, toSummary } from './from-docker.js';
import { dockerProbes, isProbe } from './probe/probe.js';
import {
  asContainer,
  asCreated,
  asEvent,
  asImage,
  asMounted,
  asNetworkContainers,
  asNetworks,
  asSummaries,
  asVersion,
} from './response-schemas.js';
import { createBody, endpointBody, limits, networkBody } from './to-docker.js';
import { type Calls, createCalls, DEADLINES, type Deadlines, orNull, unlessAlready } from './transport/calls.js';
import { type EngineAddress, openClients } from './transport/client.js';
import { createContainer } from './transport/create-container.js';
import { ndjson } from './transport/streams.js';
import { DOCKER, identify, usualCgroupns } from './versions.js';

/** The events after which an observed state may differ. */
const EVENTS: { readonly type: ('container' | 'image' | 'network')[]; readonly event: string[] } = {
  type: ['container', 'image', 'network'],
  event: [
    'create',
    'start',
    'kill',
    'die',
    'oom',
    'pause',
    'unpause',
    'rename',
    'update',
    'destroy',
    'health_status',
    'connect',
    'disconnect',
    'pull',
    'import',
    'load',
    'tag',
    'delete',
  ],
};

/** Numbers of signals that mostly ask a program for something else than its end: SIGHUP, SIGUSR1, SIGUSR2. */
const KEEPS_RUNNING: ReadonlySet<string> = new Set(['1', '10', '12']);

/** The largest file that {@link Engine.readFile} takes, in bytes. */
const MAX_FILE_BYTES = 1 << 20;

/** An engine that speaks Docker's HTTP API. It receives no request before {@link Engine.connect}. */
export function dockerEngine(address: EngineAddress, deadlines: Deadlines = DEADLINES): Engine {
  let dialect = DOCKER;
  let lacks: EngineLacks = {};
  const clients = openClients(address);
  const calls = createCalls(address.host, deadlines);
  const { call, ask, change } = calls;
  /** Client of the last connection. */
  const docker = () => clients.control;

  /** In slices: one with thousands of ports takes as long to check as to read. */
  const inspectChecked = async (id: string, breathe = slices()) => {
    const answer: unknown = await ask('inspect container', (abortSignal) =>
      docker().getContainer(id).inspect({ abortSignal }),
    );
    await breathe();
    return asContainer(answer);
  };
  const inspectRaw = async (id: string) => (await inspectChecked(id)) as unknown as Readonly<Record<string, unknown>>;

  const rawImage = (reference: string) =>
    orNull(ask('inspect image', () => docker().getImage(reference).inspect()).then(asImage));

  const labelsOf = createImageLabels(async (imageId) => {
    const image = await rawImage(imageId);
    return image === null ? null : (image.Config?.Labels ?? {});
  });

  const inspect = async (id: string) => {
    const breathe = slices();
    const raw = await inspectChecked(id, breathe);
    const isClaimed = toOwner(raw.Config.Labels) !== null;
    const labels = isClaimed ? await labelsOf(raw.Image) : null;
    await breathe();
    return toDetail(raw, labels, dialect);
  };

  /** @returns none where what was to be replaced, or the image, is gone */
  async function keptVolumes({ replacedId, image: reference, volumes }: CreateRequest) {
    if (replacedId === undefined) return [];
    const [replaced, image] = await Promise.all([orNull(inspectRaw(replacedId)), rawImage(reference)]);
    return replaced === null || image === null ? [] : imageVolumes(asMounted(replaced), image, volumes);
  }

  const filters = {
    all: () => ({}),
    uid: (uid: string) => ({ filters: { label: [`${LABELS.uid}=${uid}`] } }),
    ids: (ids: readonly string[]) => ({ filters: { id: [...ids] } }),
  };

  return {
    address: address.host,

    async connect() {
      const answer = await ask('version', () => clients.unversioned().version());
      const found = identify(asVersion(answer));
      dialect = found.dialect;
      lacks = found.engine.lacks;
      clients.speak(found.engine.apiVersion);
      return found.engine;
    },

    async list(filter) {
      const query =
        filter.kind === 'uid'
          ? filters.uid(filter.uid)
          : filter.kind === 'ids'
            ? filters.ids(filter.ids)
            : filters.all();
      const answer = await ask('list containers', (abortSignal) =>
        docker().listContainers({ all: true, ...query, abortSignal }),
      );
      return asSummaries(answer)
        .filter(({ Labels }) => !isProbe(Labels))
        .map((raw) => toSummary(raw, dialect));
    },

    inspect: (id) => orNull(inspect(id)),
    inspectRaw: (id) => orNull(inspectRaw(id)),

    derive: (nameOrId) =>
      orNull(
        inspectRaw(nameOrId).then(async (answer) => {
          const raw = asDerivable(answer);
          const asked = ask('inspect image', () => docker().getImage(String(answer['Image'])).inspect());
          const image = await orNull(asked.then(asDerivableImage));
          const info = asInfo(await ask('info', () => docker().info()));
          const derived = derive(raw, image?.Config ?? null, dialect, usualCgroupns(info.CgroupVersion));
          const platform = foreignPlatform(image, info);
          return platform === undefined ? derived : { ...derived, input: { ...derived.input, platform } };
        }),
      ),
    async inspectImage(reference) {
      const image = await rawImage(reference);
      return image === null ? null : toImage(image);
    },

    async create(request) {
      const volumes = [...request.volumes, ...(await keptVolumes(request))];
      const created = await change('create container', (abortSignal) =>
        createContainer(docker(), createBody({ ...request, volumes }, randomUUID(), lacks), abortSignal),
      );
      return asCreated({ Id: created.id }).Id;
    },

    placeFiles: placeFiles(docker, calls),
    start: (id) => unlessAlready(change('start', (abortSignal) => docker().getContainer(id).start({ abortSignal }))),
    stop: (id, timeoutSeconds) =>
      unlessAlready(
        call(deadlines.change + timeoutSeconds * 1000, 'stop', (abortSignal) =>
          docker().getContainer(id).stop({ t: timeoutSeconds, abortSignal }),
        ),
      ),
    restart: (id, timeoutSeconds) =>
      unlessAlready(
        call(deadlines.change + timeoutSeconds * 1000, 'restart', (abortSignal) =>
          docker().getContainer(id).restart({ t: timeoutSeconds, abortSignal }),
        ),
      ),
    unpause: async (id) => {
      await change('unpause', (abortSignal) => docker().getContainer(id).unpause({ abortSignal }));
    },
    rename: async (id, name) => {
      await change('rename', (abortSignal) => docker().getContainer(id).rename({ name, abortSignal }));
    },
    remove: async (id) => {
      await orNull(change('remove', (abortSignal) => docker().getContainer(id).remove({ abortSignal })));
    },
    update: async (id, wanted) => {
      await change('update', () => docker().getContainer(id).update(limits(wanted)));
    },

    async inspectNetwork(name) {
      const answer = await ask('list networks', (abortSignal) =>
        docker().listNetworks({ filters: { name: [name] }, abortSignal }),
      );
      const found = asNetworks(answer).filter((network) => network.Name === name);
      if (found.length > 1) {
        throw new EngineError('conflict', `the engine has ${found.length} networks named ${name}: remove all but one`);
      }
      const [network] = found;
      return network === undefined ? null : toNetwork(network);
    },
    async listNetworks() {
      const answer = await ask('list networks', (abortSignal) => docker().listNetworks({ abortSignal }));
      return asNetworks(answer).map(toNetwork);
    },
    async containersOn(id) {
      const answer = await orNull(ask('inspect network', () => docker().getNetwork(id).inspect()));
      const { Containers } = answer === null ? {} : asNetworkContainers(answer);
      return Object.entries(Containers ?? {}).map(([containerId, { Name }]) => ({ id: containerId, name: Name }));
    },
    async inspectVolumes(names) {
      const found = await Promise.all(
        names.map(async (name): Promise<readonly [string, EngineVolume][]> => {
          const volume = await orNull(ask('inspect volume', () => docker().getVolume(name).inspect()));
          return volume === null ? [] : [[name, { driver: volume.Driver, driverOptions: volume.Options ?? {} }]];
        }),
      );
      return new Map(found.flat());
    },
    createNetwork: async (settings, instance) => {
      await change('create network', (abortSignal) =>
        docker().createNetwork({ ...networkBody(settings, instance), abortSignal }),
      );
    },
    connectTo: async (containerId, endpoint) => {
      const body = { Container: containerId, EndpointConfig: endpointBody(endpoint, lacks) };
      await change('connect', (abortSignal) => {
        const options = { ...body, abortSignal };
        return docker().getNetwork(endpoint.network).connect(options);
      });
    },
    disconnect: async (networkId, containerId) => {
      await orNull(
        change('disconnect', (abortSignal) =>
          docker().getNetwork(networkId).disconnect({ Container: containerId, Force: true, abortSignal }),
        ),
      );
    },
    removeNetwork: async (id) => {
      await orNull(change('remove network', (abortSignal) => docker().getNetwork(id).remove({ abortSignal })));
    },

    async events(signal) {
      const filters = { ...EVENTS, event: [...EVENTS.event, ...dialect.events] };
      const open = (abortSignal: AbortSignal) => docker().getEvents({ filters, abortSignal }) as Promise<Readable>;
      if (dialect.eventsBeginLate) return readEvents(open(signal), signal, calls);
      return readEvents(await ask('events', (late) => open(AbortSignal.any([signal, late]))), signal, calls);
    },

    async readFile(id, path) {
      const stream = await orNull(
        ask('read file', (abortSignal) =>
          docker()
            .getContainer(id)
            .getArchive({ path, abortSignal } as { path: string }),
        ),
      );
      if (stream === null) return null;
      return call(deadlines.ask, 'read file', () => firstFile(stream as Readable));
    },

    ...dockerImages(clients, calls),
    ...dockerLogs(clients, calls),
    ...dockerUsage(clients, calls),
    ...dockerExec(clients, calls),
    ...dockerProbes(docker, calls, address.host.startsWith('unix://')),

    close: () => clients.close(),
  };
}

async function* readEvents(
  opened: Readable | Promise<Readable>,
  signal: AbortSignal,
  calls: Calls,
): AsyncGenerator<EngineEvent> {
  let stream: Readable | undefined;
  try {
    stream = await opened;
    for await (const line of ndjson(stream)) {
      const event = asEvent(line);
      if (isProbe(event.Actor.Attributes)) continue;
      const container = event.Actor.Attributes?.['container'];
      const action = event.Action.split(':')[0] as string;
      if (action === 'kill' && KEEPS_RUNNING.has(String(event.Actor.Attributes?.['signal']))) continue;
      if (event.Type === 'container') yield { kind: 'container', action, id: event.Actor.ID };
      if (event.Type === 'network' && typeof container === 'string') yield { kind: 'container', action, id: container };
      if (event.Type === 'network' && container === undefined) yield { kind: 'network', action, id: event.Actor.ID };
      if (event.Type === 'image') yield { kind: 'image', action, id: event.Actor.ID };
    }
  } catch (error) {
    if (!signal.aborted) throw calls.failure('events', error);
  } finally {
    stream?.destroy();
  }
}

/** The content of the first file of a tar stream. */
async function firstFile(stream: Readable): Promise<Uint8Array | null> {
  const entries = stream.pipe(extract());
  stream.once('error', (error) => entries.destroy(error));
  try {
    for await (const entry of entries) {
      const header = entry.header as Headers;
      if (header.type !== 'file') continue;
      if ((header.size ?? 0) > MAX_FILE_BYTES) throw new EngineError('invalid', `${header.name} is larger than 1 MiB`);
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(part as Buffer);
      return Buffer.concat(parts);
    }
    return null;
  } finally {
    stream.destroy();
  }
}
