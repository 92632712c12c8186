import { access, statfs } from 'node:fs/promises';
import path from 'node:path';

/** The part of Node.js's file system that is used, for tests. */
interface FileSystem {
  access(file: string): Promise<void>;
  statfs(file: string): Promise<{ readonly bavail: number; readonly bsize: number }>;
}

/**
 * Free space of the engine's disk in bytes; null where it can't be read: the engine is on another host, or Berth or the
 * engine sees other mounts. A folder of that name that isn't the engine's counts as unreadable.
 *
 * @param root the engine's `DockerRootDir`
 */
export async function freeSpace(root: string, files: FileSystem = { access, statfs }): Promise<number | null> {
  // Without root's rights nothing below it can be seen, which also says that it is there.
  const isThere = await files.access(path.join(root, 'containers')).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  );
  if (!isThere) return null;
  return files.statfs(root).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}
