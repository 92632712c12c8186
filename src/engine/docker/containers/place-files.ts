import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import type { Engine, FileToPlace } from '../../engine.js';
import { EngineError } from '../../errors.js';
import { type Calls, orNull } from '../transport/calls.js';

/** Permissions of directories that are created for files. */
const FOLDER_MODE = 0o755;

/** Places files in a container by one archive. */
export function placeFiles(docker: () => Docker, calls: Calls): Engine['placeFiles'] {
  return async (id, files) => {
    const container = docker().getContainer(id);
    const isThere = async (path: string): Promise<boolean> =>
      (await orNull(
        calls.ask('look for a directory', (abortSignal) =>
          container.infoArchive({ path, abortSignal } as { path: string }),
        ),
      )) !== null;
    const archive = archiveOf(files, await missingFolders(files, isThere));
    await calls
      .change('place files', (abortSignal) =>
        container.putArchive(archive as never, { path: '/', noOverwriteDirNonDir: '1', abortSignal } as never),
      )
      .catch((error: unknown) => {
        throw error instanceof EngineError && !error.leavesUnknown ? named(error) : error;
      });
  };
}

/** Directories that have to be created, each before those in it. One that exists keeps its owner and permissions. */
async function missingFolders(
  files: readonly FileToPlace[],
  isThere: (path: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const known = new Map<string, boolean>();
  for (const { path } of files) {
    const parts = path.split('/').slice(1, -1);
    for (let end = 1; end <= parts.length; end += 1) {
      const folder = `/${parts.slice(0, end).join('/')}`;
      // Nothing is in a directory that is not there.
      const parent = known.get(`/${parts.slice(0, end - 1).join('/')}`) ?? true;
      if (!known.has(folder)) known.set(folder, parent && (await isThere(folder)));
    }
  }
  return [...known].flatMap(([folder, there]) => (there ? [] : [folder]));
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
