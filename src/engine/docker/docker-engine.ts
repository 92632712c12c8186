import type { Readable } from 'node:stream';
import Docker from 'dockerode';
import { extract, type Headers } from 'tar-stream';
import type { Engine, EngineEvent, LogFrame } from '../engine.js';
import { EngineError } from '../errors.js';
import { LABELS } from '../labels.js';
import { clientOptions, type EngineAddress } from './client.js';
import { withDeadline } from './deadline.js';
import { derive } from './derive.js';
import { asDerivable, asDerivableImage } from './derive-shapes.js';
import { toEngineError } from './failures.js';
import { toDetail, toImage, toSummary } from './read.js';
import { asContainer, asCreated, asEvent, asImage, asNetworks, asProgress, asSummaries, asVersion } from './shapes.js';
import { demux, ndjson } from './streams.js';
import { DOCKER, identify } from './versions.js';
import { createBody, limits } from './write.js';

/** How long calls may take, in milliseconds. */
export interface Deadlines {
  readonly ask: number;
  /** A change's answer comes when the engine is done. What a stop waits for the container comes on top. */
  readonly change: number;
  /** Between two signs of progress of a pull. */
  readonly pullSilence: number;
}

const DEADLINES: Deadlines = { ask: 10_000, change: 30_000, pullSilence: 120_000 };

/** The events after which an observed state may differ. */
const EVENTS: { readonly type: ('container' | 'image' | 'network')[]; readonly event: string[] } = {
  type: ['container', 'image', 'network'],
  event: [
    ...['create', 'start', 'die', 'oom', 'pause', 'unpause', 'rename', 'update', 'destroy', 'health_status'],
    ...['connect', 'disconnect', 'pull', 'import', 'load', 'tag', 'delete'],
  ],
};

/** The largest file that {@link Engine.readFile} takes, in bytes. */
const MAX_FILE_BYTES = 1 << 20;

/** An engine that speaks Docker's HTTP API. Nothing is asked of it before {@link Engine.connect}. */
export function dockerEngine(address: EngineAddress, deadlines: Deadlines = DEADLINES): Engine {
  const options = clientOptions(address);
  let docker = new Docker(options);
  let dialect = DOCKER;

  async function call<T>(ms: number, what: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withDeadline(ms, what, run);
    } catch (error) {
      throw toEngineError(what, address.host, error);
    }
  }
  const ask = <T>(what: string, run: (signal: AbortSignal) => Promise<T>) => call(deadlines.ask, what, run);
  const change = <T>(what: string, run: (signal: AbortSignal) => Promise<T>) => call(deadlines.change, what, run);

  /** What the engine answers with "no such thing" is null; every other failure stays one. */
  async function orNull<T>(asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'image-absent')) return null;
      throw error;
    }
  }

  /** 304 is Docker's "already so". */
  async function unlessAlready(changed: Promise<unknown>): Promise<void> {
    try {
      await changed;
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 304) throw error;
    }
  }

  const inspectRaw = async (id: string) => {
    const answer: unknown = await ask('inspect container', (abortSignal) =>
      docker.getContainer(id).inspect({ abortSignal }),
    );
    asContainer(answer);
    return answer as Readonly<Record<string, unknown>>;
  };

  const filters = {
    all: () => ({}),
    uid: (uid: string) => ({ filters: { label: [`${LABELS.uid}=${uid}`] } }),
    ids: (ids: readonly string[]) => ({ filters: { id: [...ids] } }),
  };

  return {
    address: address.host,

    async connect() {
      const answer = await ask('version', () => new Docker(options).version());
      const found = identify(asVersion(answer));
      dialect = found.dialect;
      docker = new Docker({ ...options, version: `v${found.engine.apiVersion}` });
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
        docker.listContainers({ all: true, ...query, abortSignal }),
      );
      return asSummaries(answer).map((raw) => toSummary(raw, dialect));
    },

    inspect: (id) => orNull(inspectRaw(id).then((raw) => toDetail(asContainer(raw), dialect))),
    inspectRaw: (id) => orNull(inspectRaw(id)),

    derive: (nameOrId) =>
      orNull(
        inspectRaw(nameOrId).then(async (answer) => {
          const raw = asDerivable(answer);
          const asked = ask('inspect image', () => docker.getImage(String(answer['Image'])).inspect());
          const image = await orNull(asked.then(asDerivableImage));
          return derive(raw, image?.Config ?? null, dialect);
        }),
      ),
    inspectImage: (reference) =>
      orNull(
        ask('inspect image', () => docker.getImage(reference).inspect()).then((answer) => toImage(asImage(answer))),
      ),

    async pull(reference, signal) {
      const stream = (await call(deadlines.pullSilence, 'pull', () =>
        docker.pull(reference, { abortSignal: signal }),
      )) as Readable;
      let silence: NodeJS.Timeout | undefined;
      const heard = () => {
        clearTimeout(silence);
        const late = new EngineError('timeout', `pulling ${reference}: no progress for ${deadlines.pullSilence} ms`);
        silence = setTimeout(() => stream.destroy(late), deadlines.pullSilence);
      };
      try {
        heard();
        for await (const line of ndjson(stream)) {
          heard();
          const progress = asProgress(line);
          const failure = progress.errorDetail?.message ?? progress.error;
          if (failure !== undefined) throw new EngineError('image-absent', failure);
        }
      } catch (error) {
        throw toEngineError('pull', address.host, error);
      } finally {
        clearTimeout(silence);
        stream.destroy();
      }
    },

    async create(request) {
      const created = await change('create container', (abortSignal) =>
        docker.createContainer({ ...createBody(request), abortSignal }),
      );
      return asCreated({ Id: created.id }).Id;
    },

    start: (id) => unlessAlready(change('start', (abortSignal) => docker.getContainer(id).start({ abortSignal }))),
    stop: (id, timeoutSeconds) =>
      unlessAlready(
        call(deadlines.change + timeoutSeconds * 1000, 'stop', (abortSignal) =>
          docker.getContainer(id).stop({ t: timeoutSeconds, abortSignal }),
        ),
      ),
    restart: (id, timeoutSeconds) =>
      unlessAlready(
        call(deadlines.change + timeoutSeconds * 1000, 'restart', (abortSignal) =>
          docker.getContainer(id).restart({ t: timeoutSeconds, abortSignal }),
        ),
      ),
    unpause: async (id) => {
      await change('unpause', (abortSignal) => docker.getContainer(id).unpause({ abortSignal }));
    },
    rename: async (id, name) => {
      await change('rename', (abortSignal) => docker.getContainer(id).rename({ name, abortSignal }));
    },
    remove: async (id) => {
      await orNull(change('remove', (abortSignal) => docker.getContainer(id).remove({ abortSignal })));
    },
    update: async (id, { restartPolicy, resources }) => {
      await change('update', () => docker.getContainer(id).update(limits(resources, restartPolicy)));
    },

    async inspectNetwork(name) {
      const answer = await ask('list networks', (abortSignal) =>
        docker.listNetworks({ filters: { name: [name] }, abortSignal }),
      );
      const found = asNetworks(answer).filter((network) => network.Name === name);
      if (found.length > 1) {
        throw new EngineError('conflict', `the engine has ${found.length} networks called ${name}: remove all but one`);
      }
      const [network] = found;
      return network === undefined ? null : { id: network.Id, instance: network.Labels?.[LABELS.instance] ?? null };
    },
    createNetwork: async (name, instance) => {
      await change('create network', (abortSignal) =>
        docker.createNetwork({
          Name: name,
          Driver: 'bridge',
          CheckDuplicate: true,
          Labels: { [LABELS.instance]: instance },
          abortSignal,
        }),
      );
    },
    removeNetwork: async (id) => {
      await orNull(change('remove network', (abortSignal) => docker.getNetwork(id).remove({ abortSignal })));
    },

    async events(signal) {
      const stream = (await ask('events', (late) =>
        docker.getEvents({
          filters: { ...EVENTS, event: [...EVENTS.event, ...dialect.events] },
          abortSignal: AbortSignal.any([signal, late]),
        }),
      )) as Readable;
      return readEvents(stream, signal);
    },

    async logs(id, request, signal) {
      const { since, until } = request;
      const query = {
        follow: request.follow,
        stdout: request.stdout,
        stderr: request.stderr,
        timestamps: request.timestamps,
        ...(request.tail !== 'all' && { tail: request.tail }),
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until }),
        abortSignal: signal,
      };
      const container = docker.getContainer(id);
      const answer = await ask<Readable | Buffer>('logs', async () =>
        request.follow
          ? ((await container.logs({ ...query, follow: true })) as Readable)
          : container.logs({ ...query, follow: false }),
      );
      return readLogs(answer, signal);
    },

    async readFile(id, path) {
      const stream = await orNull(
        ask('read file', (abortSignal) =>
          docker.getContainer(id).getArchive({ path, abortSignal } as { path: string }),
        ),
      );
      if (stream === null) return null;
      return call(deadlines.ask, 'read file', () => firstFile(stream as Readable));
    },

    close() {
      (options as { agent?: { destroy(): void } }).agent?.destroy();
    },
  };
}

async function* readEvents(stream: Readable, signal: AbortSignal): AsyncGenerator<EngineEvent> {
  try {
    for await (const line of ndjson(stream)) {
      const event = asEvent(line);
      const container = event.Actor.Attributes?.['container'];
      const action = event.Action.split(':')[0] as string;
      if (event.Type === 'container') yield { kind: 'container', action, id: event.Actor.ID };
      if (event.Type === 'network' && typeof container === 'string') yield { kind: 'container', action, id: container };
      if (event.Type === 'image') yield { kind: 'image', action, id: event.Actor.ID };
    }
  } catch (error) {
    if (!signal.aborted) throw toEngineError('events', '', error);
  } finally {
    stream.destroy();
  }
}

async function* readLogs(answer: Readable | Buffer, signal: AbortSignal): AsyncGenerator<LogFrame> {
  const source = Buffer.isBuffer(answer) ? [answer] : answer;
  try {
    for await (const frame of demux(chunks(source))) {
      yield { stream: frame.stream === 'stderr' ? 'stderr' : 'stdout', data: frame.data };
    }
  } catch (error) {
    if (!signal.aborted) throw toEngineError('logs', '', error);
  } finally {
    if (!Buffer.isBuffer(answer)) answer.destroy();
  }
}

async function* chunks(source: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* source;
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
