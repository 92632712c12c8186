import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { cleanPath } from '../../../domain/definition/storage/paths.js';
import { isBelow, MOUNTED } from '../../../domain/definition/storage/validate-files.js';
import type { Engine, FileToPlace } from '../../engine.js';
import { EngineError } from '../../errors.js';
import { type Calls, orNull } from '../transport/calls.js';

/** Permissions of directories that are created for files. */
const FOLDER_MODE = 0o755;

/** Places files in a container by one archive. */
export function placeFiles(docker: () => Docker, calls: Calls): Engine['placeFiles'] {
  return async (id, files) => {
    const container = docker().getContainer(id);
    const { Mounts, HostConfig } = await calls.ask('look for mounts', (abortSignal) =>
      container.inspect({ abortSignal }),
    );
    const mounts = [
      ...Mounts.map(({ Destination }) => Destination),
      ...Object.keys(HostConfig.Tmpfs ?? {}),
      ...MOUNTED,
    ];
    const look = async (path: string): Promise<Folder> => {
      const found = await orNull(
        calls.ask('look for a directory', (abortSignal) =>
          container.infoArchive({ path, abortSignal } as { path: string }),
        ),
      );
      return { isThere: found !== null, leadsTo: found === null ? '' : linkTargetOf(found) };
    };
    const archive = archiveOf(files, await missingFolders(files, mounts, look));
    await calls
      .change('place files', (abortSignal) =>
        container.putArchive(archive as never, { path: '/', noOverwriteDirNonDir: '1', abortSignal } as never),
      )
      .catch((error: unknown) => {
        throw error instanceof EngineError && !error.leavesUnknown ? named(error) : error;
      });
  };
}

interface Folder {
  readonly isThere: boolean;
  /** The place that a symbolic link leads to, with every link resolved; empty if it is none. */
  readonly leadsTo: string;
}

const ABSENT: Folder = { isThere: false, leadsTo: '' };

/** Reads the answer to a look. Rule: moby, `container.PathStat`. */
function linkTargetOf(answer: unknown): string {
  const { headers } = answer as { readonly headers: Readonly<Record<string, string | undefined>> };
  const text = Buffer.from(headers['x-docker-container-path-stat'] ?? '', 'base64').toString();
  return (JSON.parse(text) as { readonly linkTarget?: string }).linkTarget ?? '';
}

/** Refuses a link into a mount, where the file would come into what is mounted. */
function checkLink(path: string, place: string, mounts: readonly string[]): void {
  const mount = mounts.find((folder) => isBelow(place, folder));
  if (mount === undefined) return;
  throw new EngineError(
    'invalid',
    `a link in the image leads from ${path} to ${place}, where ${mount} is mounted; choose another path`,
  );
}

/**
 * Directories that have to be created, each before those in it. One that exists keeps its owner and permissions.
 * @throws EngineError `invalid` where a link leads into a mount
 */
async function missingFolders(
  files: readonly FileToPlace[],
  mounts: readonly string[],
  look: (path: string) => Promise<Folder>,
): Promise<readonly string[]> {
  const known = new Map<string, Folder>();
  for (const { path } of files) {
    const parts = path.split('/').slice(1, -1);
    for (let end = 1; end <= parts.length; end += 1) {
      const folder = `/${parts.slice(0, end).join('/')}`;
      // Nothing is in a directory that is not there.
      const parent = known.get(`/${parts.slice(0, end - 1).join('/')}`)?.isThere ?? true;
      const found = known.get(folder) ?? (parent ? await look(folder) : ABSENT);
      known.set(folder, found);
      if (found.leadsTo !== '') checkLink(path, `${cleanPath(found.leadsTo)}${path.slice(folder.length)}`, mounts);
    }
  }
  return [...known].flatMap(([folder, { isThere }]) => (isThere ? [] : [folder]));
}

function archiveOf(files: readonly FileToPlace[], folders: readonly string[]) {
  const archive = pack();
  for (const folder of folders) archive.entry({ name: folder.slice(1), type: 'directory', mode: FOLDER_MODE });
  for (const { path, content, mode, uid, gid } of files)
    archive.entry({ name: path.slice(1), mode, uid, gid }, content);
  archive.finalize();
  return archive;
}

const named = (error: EngineError): EngineError =>
  new EngineError(error.kind, `its files can't be placed: ${error.message}`, {
    status: error.status,
    cause: error.cause,
  });
