import type { Readable } from 'node:stream';
import { serverOf } from '../../../domain/registries/docker-config.js';
import { EngineError } from '../../errors.js';
import type { LiveEngine, RegistryLogin } from '../../streaming.js';
import { saysDiskFull } from '../docker-errors.js';
import { asDiskUsage, asImages, asProgress } from '../response-schemas.js';
import type { Calls } from '../transport/calls.js';
import type { Clients } from '../transport/client.js';
import { ndjson } from '../transport/streams.js';

/** The images of an engine, and pulling them. */
export function dockerImages(clients: Clients, calls: Calls): Pick<LiveEngine, 'images' | 'diskUsage' | 'pull'> {
  const { pullSilence } = calls.deadlines;
  return {
    async images() {
      const answer = await calls.ask('list images', (abortSignal) =>
        clients.control.listImages({ abortSignal } as object),
      );
      return asImages(answer).map(({ Id, RepoTags, RepoDigests, Size, Created }) => ({
        id: Id,
        tags: (RepoTags ?? []).filter(isNamed),
        digests: (RepoDigests ?? []).filter(isNamed),
        sizeBytes: Size,
        createdAt: new Date(Created * 1000).toISOString(),
      }));
    },

    async diskUsage() {
      const answer = await calls.call(MEASURE_MS, 'measure the disk', (abortSignal) =>
        (clients.streams.df as (options: object) => Promise<unknown>).call(clients.streams, { abortSignal }),
      );
      const { Images, Volumes, Containers } = asDiskUsage(answer);
      return {
        images: (Images ?? []).map(({ Id, RepoTags, RepoDigests, Size, SharedSize }) => ({
          ...{ id: Id, sizeBytes: Size, sharedBytes: sizeOrNull(SharedSize) },
          tags: (RepoTags ?? []).filter(isNamed),
          digests: (RepoDigests ?? []).filter(isNamed),
        })),
        volumes: (Volumes ?? []).map(({ Name, UsageData }) => ({ name: Name, sizeBytes: sizeOrNull(UsageData?.Size) })),
        containers: (Containers ?? []).map(({ Id, SizeRw, ImageID, Mounts }) => ({
          ...{ id: Id, writtenBytes: SizeRw ?? 0, imageId: ImageID },
          volumes: (Mounts ?? []).flatMap(({ Type, Name }) => (Type === 'volume' && Name ? [Name] : [])),
        })),
      };
    },

    async pull(reference, signal, heard, { login, platform } = {}) {
      const docker = heard === undefined ? clients.pulls : clients.streams;
      const stream = (await calls.call(pullSilence, 'pull', (late) =>
        docker.pull(reference, {
          abortSignal: AbortSignal.any([signal, late]),
          ...(login !== undefined && { authconfig: authConfigOf(login) }),
          ...(platform !== undefined && { platform }),
        }),
      )) as Readable;
      let silence: NodeJS.Timeout | undefined;
      const progressed = () => {
        clearTimeout(silence);
        const late = new EngineError('timeout', `pulling ${reference}: no progress for ${pullSilence} ms`);
        silence = setTimeout(() => stream.destroy(late), pullSilence);
      };
      let digest: string | null = null;
      try {
        progressed();
        for await (const line of ndjson(stream)) {
          progressed();
          const { id, status = '', progressDetail, error, errorDetail } = asProgress(line);
          const failure = errorDetail?.message ?? error;
          if (failure !== undefined)
            throw new EngineError(saysDiskFull(failure) ? 'disk-full' : 'image-absent', failure);
          digest = /^Digest: (sha\d+:[0-9a-f]+)$/.exec(status)?.[1] ?? digest;
          heard?.({
            layer: isLayer(id) ? id : null,
            status,
            currentBytes: progressDetail?.current ?? null,
            totalBytes: progressDetail?.total ?? null,
          });
        }
        // A stream that is cut by an abort may look like one that ended.
        if (signal.aborted) throw givenUp(reference);
        return { digest };
      } catch (error) {
        throw signal.aborted ? givenUp(reference) : calls.failure('pull', error);
      } finally {
        clearTimeout(silence);
        stream.destroy();
      }
    },
  };
}

/** Longest time for measuring the disk, in milliseconds. */
const MEASURE_MS = 60_000;

/** Rule: moby, -1 where a size was not determined. */
const sizeOrNull = (size: number | null | undefined): number | null => (size == null || size < 0 ? null : size);

/** Credentials as the engine takes them. */
function authConfigOf({ host, credentials }: RegistryLogin): object {
  const serveraddress = serverOf(host);
  return 'identityToken' in credentials
    ? { serveraddress, identitytoken: credentials.identityToken }
    : { serveraddress, username: credentials.username, password: credentials.password };
}

const givenUp = (reference: string) => new EngineError('unreachable', `the pull of ${reference} was abandoned`);

/** An image that lost its name to another is listed as `<none>:<none>`. */
const isNamed = (name: string): boolean => !name.includes('<none>');

/** `Pulling from library/mysql` has the tag as its id; layers have the beginning of their digest. */
const isLayer = (id: string | undefined): id is string => id !== undefined && /^[0-9a-f]{12}$/.test(id);
