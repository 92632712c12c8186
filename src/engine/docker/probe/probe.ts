import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { Type } from 'typebox';
import { portKey } from '../../../domain/ports/parse.js';
import { EngineError } from '../../errors.js';
import { LABELS } from '../../labels.js';
import type { ProbeReport, ProbeRequest, Prober } from '../../probe.js';
import { asProgress, checker } from '../response-schemas.js';
import { type Calls, orNull } from '../transport/calls.js';
import { createContainer } from '../transport/create-container.js';
import { demux, ndjson } from '../transport/streams.js';
import { freeSpace } from './free-space.js';
import { HOST, portProbes } from './port-probes.js';
import { describeImage, ownPlatform, PROBE_LABEL, type ProbeImage, REPOSITORY } from './probe-image.js';

/** Time that the image may take to be handed to the engine, in milliseconds: about 100 MB, once for each Node.js. */
const IMPORT_MS = 180_000;
/** Time that a probe may run, in milliseconds; its own limits are below. */
const RUN_MS = 30_000;
/** Time limits of its program, in milliseconds: for a port, for the name, and until it begins with no further port. */
const PATIENCE = { waitMs: 3_000, resolveMs: 5_000, totalMs: 15_000 } as const;

/**
 * Space that must be free on the engine's disk for a container to be tried: its own files, and the first that it
 * writes.
 */
const ROOM_BYTES = 4 * 2 ** 20;
/** Above this much free space nothing is tried. */
const PLENTY_BYTES = 256 * 2 ** 20;
/**
 * Time that a container that could be written to says that there is room, where the disk can't be read, in
 * milliseconds.
 */
const ROOM_KNOWN_MS = 60_000;

const MEMORY_BYTES = 128 * 2 ** 20;
/** Processes and threads of Node.js alone. */
const PROCESSES = 32;
/** User and group of nobody on every Linux. */
const NOBODY = '65534:65534';

const Outcome = Type.Enum(['open', 'refused', 'unreachable', 'no-answer', 'failed', 'not-tried']);
const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);

const asTries = checker(
  'probe',
  Type.Object({
    tries: Type.Array(
      Type.Object({
        outcome: Outcome,
        code: TextOrNull,
        milliseconds: NumberOrNull,
        address: TextOrNull,
        accepted: Type.Union([Type.Boolean(), Type.Null()]),
      }),
    ),
  }),
);
const asReport = checker(
  'probe',
  Type.Object({
    resolved: Type.Object({
      addresses: Type.Array(Type.String()),
      code: TextOrNull,
      milliseconds: Type.Number(),
    }),
    ports: Type.Record(
      Type.String(),
      Type.Object({
        outcome: Outcome,
        code: TextOrNull,
        milliseconds: NumberOrNull,
      }),
    ),
  }),
);
/** The bridge driver's option that keeps containers of one network apart. */
const ICC = 'com.docker.network.bridge.enable_icc';
const asNetwork = checker(
  'inspect network',
  Type.Object({ Options: Type.Optional(Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()])) }),
);
const asInfo = checker('info', Type.Object({ DockerRootDir: Type.Optional(Type.String()) }));
const asExit = checker('wait', Type.Object({ StatusCode: Type.Integer() }));
const asPlatform = checker('version', Type.Object({ Os: Type.String(), Arch: Type.String() }));
const asFound = checker(
  'list containers',
  Type.Array(Type.Object({ Id: Type.String(), Names: Type.Array(Type.String()) })),
);
const asImages = checker(
  'list images',
  Type.Array(Type.Object({ Id: Type.String(), RepoTags: Type.Union([Type.Array(Type.String()), Type.Null()]) })),
);

/** True if a container's or image's labels are those of a probe: nothing that Berth observes or takes over. */
export const isProbe = (labels: Readonly<Record<string, unknown>> | null | undefined): boolean =>
  labels?.[PROBE_LABEL] !== undefined;

/**
 * Looks out of containers by short-lived ones of our own that share their network namespace, /etc/hosts and
 * /etc/resolv.conf. See docs/adr/0005-probe-with-our-own-node.md.
 *
 * @param isLocal whether the engine is on this host
 */
export function dockerProbes(docker: () => Docker, calls: Calls, isLocal: boolean): Prober {
  let described: { readonly instance: string; readonly image: Promise<ProbeImage> } | undefined;
  let importing: Promise<void> | undefined;
  /** The names of the containers of this process. */
  const underWay = new Set<string>();
  /** The engine's folder; empty where it has none. */
  let dataRoot: string | undefined;
  /** Time at which a container could last be written to, by the monotonic clock. */
  let roomAt = Number.NEGATIVE_INFINITY;

  const isThere = async ({ reference }: ProbeImage): Promise<boolean> =>
    (await orNull(calls.ask('inspect image', () => docker().getImage(reference).inspect()))) !== null;

  /** @throws EngineError of kind `no-probe` where our own Node.js can't run there */
  async function importImage(image: ProbeImage, instance: string): Promise<void> {
    const { Os, Arch } = asPlatform(await calls.ask('version', () => docker().version()));
    if (`${Os}/${Arch}` !== ownPlatform()) {
      const message = `the engine runs ${Os}/${Arch}, but Berth runs ${ownPlatform()}: run Berth on a machine with the engine's platform`;
      throw new EngineError('no-probe', message);
    }
    const repository = { repo: REPOSITORY, tag: image.reference.slice(REPOSITORY.length + 1) };
    await calls.call(IMPORT_MS, 'import image', async (abortSignal) => {
      const archive = image.archive();
      try {
        const options = { ...repository, changes: [...image.changes], abortSignal };
        const answer = (await docker().importImage(archive as never, options)) as Readable;
        for await (const line of ndjson(answer)) {
          const { error } = asProgress(line);
          if (error !== undefined) throw new EngineError('failed', `importing the probe image failed: ${error}`);
        }
      } finally {
        archive.destroy();
      }
    });
    await removeOlder(image, instance);
  }

  /** Removes the images of an earlier Node.js of the same Berth. Those in use stay. */
  async function removeOlder({ reference }: ProbeImage, instance: string): Promise<void> {
    const filters = { label: [PROBE_LABEL, `${LABELS.instance}=${instance}`] };
    const all = asImages(
      await calls.ask('list images', (abortSignal) => docker().listImages({ filters, abortSignal } as object)),
    );
    for (const { RepoTags } of all) {
      for (const tag of RepoTags ?? []) {
        if (tag === reference || !tag.startsWith(`${REPOSITORY}:`)) continue;
        await calls
          .change('remove image', (abortSignal) => docker().getImage(tag).remove({ abortSignal }))
          .catch((error: unknown) => {
            const isUsed =
              error instanceof EngineError && ['conflict', 'image-absent', 'not-found'].includes(error.kind);
            if (!isUsed) throw error;
          });
      }
    }
  }

  /** One import, however many ask for it. */
  async function ensureImage(instance: string): Promise<ProbeImage> {
    if (described?.instance !== instance) described = { instance, image: describeImage(instance) };
    const image = await described.image.catch((error: unknown) => {
      described = undefined;
      throw new EngineError('no-probe', `building the probe image from ${process.execPath} failed: ${String(error)}`);
    });
    if (importing === undefined && (await isThere(image))) return image;
    importing ??= importImage(image, instance).finally(() => {
      importing = undefined;
    });
    await importing;
    return image;
  }

  async function run(name: string, image: ProbeImage, look: Look, signal: AbortSignal): Promise<unknown> {
    const container = docker().getContainer(name);
    const body = createBody(name, image, await programText(), look);
    await calls.change('create probe', (late) => createContainer(docker(), body, AbortSignal.any([signal, late])));
    await calls
      .change('start probe', (abortSignal) => container.start({ abortSignal }))
      .catch((error: unknown) => {
        if (!(error instanceof EngineError) || !/non running|not running|is restarting/i.test(error.message))
          throw error;
        throw new EngineError('not-running', error.message, { cause: error });
      });
    const exit = await calls.call(RUN_MS, 'wait for probe', (late) =>
      container.wait({ abortSignal: AbortSignal.any([signal, late]) }),
    );
    const output = await calls.ask('read probe', (abortSignal) =>
      container.logs({ stdout: true, stderr: true, follow: false, abortSignal }),
    );
    const { stdout, stderr } = await texts(output);
    const { StatusCode } = asExit(exit);
    if (StatusCode !== 0) {
      throw new EngineError('no-probe', `the probe exited with ${StatusCode}: ${stderr.trim().slice(0, 500)}`);
    }
    try {
      return JSON.parse(stdout);
    } catch (cause) {
      throw new EngineError('malformed', 'the output of the probe is incomplete', { cause });
    }
  }

  /** Removes a probe by its name, which works even if the answer to its creation was lost. */
  const remove = (name: string) =>
    orNull(
      calls.change('remove probe', (abortSignal) =>
        docker().getContainer(name).remove({ force: true, v: true, abortSignal }),
      ),
    );

  /** Runs one probe, and removes it. */
  async function lookOut(look: Look, signal: AbortSignal): Promise<unknown> {
    const image = await ensureImage(look.instance);
    const name = `${REPOSITORY}-${randomBytes(6).toString('hex')}`;
    underWay.add(name);
    try {
      return await run(name, image, look, signal);
    } finally {
      // One that can't be removed now, since the engine is gone, is removed when it is back.
      await remove(name).catch(() => null);
      underWay.delete(name);
    }
  }

  /** Creates a container that never starts, writes to it and removes it. @throws EngineError */
  async function writeTrial(image: string, instance: string): Promise<void> {
    const name = `${REPOSITORY}-${randomBytes(6).toString('hex')}`;
    underWay.add(name);
    try {
      const Labels = { [PROBE_LABEL]: 'container', [LABELS.instance]: instance };
      const body = { name, Image: image, Cmd: ['-'], Labels };
      await calls.change('create probe', (abortSignal) => createContainer(docker(), body, abortSignal));
      const archive = pack();
      archive.entry({ name: 'berth-room' }, randomBytes(ROOM_BYTES));
      archive.finalize();
      await calls.change('write to probe', (abortSignal) =>
        docker()
          .getContainer(name)
          .putArchive(archive as never, { path: '/', abortSignal } as never),
      );
    } finally {
      await remove(name).catch(() => null);
      underWay.delete(name);
    }
  }

  /** @returns bytes; null where the engine's disk can't be read from here */
  async function freeBytes(): Promise<number | null> {
    if (!isLocal) return null;
    dataRoot ??= asInfo(await calls.ask('info', () => docker().info())).DockerRootDir ?? '';
    return dataRoot === '' ? null : freeSpace(dataRoot);
  }

  return {
    async probe(request, signal) {
      const { name, address, ports, containerId, instance } = request;
      const question = { name, address, ports: ports.map(portKey) };
      return reportOf(
        request,
        asReport(await lookOut({ instance, networkMode: `container:${containerId}`, question }, signal)),
      );
    },

    probePorts: portProbes({
      async tryFrom(instance, networkMode, tries, signal) {
        return asTries(await lookOut({ instance, networkMode, question: { tries } }, signal)).tries;
      },
      async isOpenInside(networkId) {
        const found = await orNull(calls.ask('inspect network', () => docker().getNetwork(networkId).inspect()));
        return found !== null && asNetwork(found).Options?.[ICC] !== 'false';
      },
    }),

    async tryRoom(image, instance, isSuspected) {
      const free = await freeBytes();
      if (free !== null && free > PLENTY_BYTES && !isSuspected) return;
      const isKnown = free === null && !isSuspected && performance.now() - roomAt < ROOM_KNOWN_MS;
      if (isKnown) return;
      roomAt = Number.NEGATIVE_INFINITY;
      await writeTrial(image, instance);
      roomAt = performance.now();
    },

    async removeProbes(instance) {
      const filters = { label: [`${PROBE_LABEL}=container`, `${LABELS.instance}=${instance}`] };
      const found = await calls.ask('list containers', (abortSignal) =>
        docker().listContainers({ all: true, filters, abortSignal }),
      );
      const left = asFound(found).filter(({ Names }) => !Names.some((name) => underWay.has(name.slice(1))));
      await Promise.all(left.map(({ Id }) => remove(Id)));
    },
  };
}

const programText = (): Promise<string> => readFile(new URL('./probe-program.mjs', import.meta.url), 'utf8');

/** One look by one probe. */
interface Look {
  readonly instance: string;
  /** The network namespace that it looks out of, as the engine's `NetworkMode`. */
  readonly networkMode: string;
  /** Input of its program. */
  readonly question: object;
}

function createBody(name: string, image: ProbeImage, program: string, look: Look) {
  const question = { ...look.question, ...PATIENCE };
  return {
    name,
    Image: image.reference,
    Entrypoint: [process.execPath],
    Cmd: ['--v8-pool-size=0', '--input-type=module', '--eval', program, '--', JSON.stringify(question)],
    User: NOBODY,
    WorkingDir: '/',
    Labels: { [PROBE_LABEL]: 'container', [LABELS.instance]: look.instance },
    HostConfig: {
      NetworkMode: look.networkMode,
      // An engine that maps users shares the host's network with none but the host's own.
      ...(look.networkMode === HOST && { UsernsMode: 'host' }),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      PidsLimit: PROCESSES,
      Memory: MEMORY_BYTES,
      MemorySwap: MEMORY_BYTES,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
    },
  };
}

async function texts(output: Buffer): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const all = { stdin: '', stdout: '', stderr: '' };
  for await (const { stream, data } of demux(once(output))) all[stream] += data.toString();
  return all;
}

async function* once(output: Buffer): AsyncGenerator<Buffer> {
  yield output;
}

/** Returns the findings in the order of the requested ports. */
function reportOf({ ports }: ProbeRequest, { resolved, ports: findings }: ReturnType<typeof asReport>): ProbeReport {
  return {
    resolved,
    ports: ports.flatMap((port) => {
      const found = findings[portKey(port)];
      return found === undefined ? [] : [{ ...port, ...found }];
    }),
  };
}
