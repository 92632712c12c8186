/** Symbolic links of the host, as far as this process sees the host's file system. */

import { readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

/** Time for one path, in milliseconds: a network file system may never answer. */
const LIMIT_MS = 1_000;
/** Rule: Linux, `MAXSYMLINKS`. */
const MAX_LINKS = 40;

/**
 * Follows the links of an absolute path. What doesn't exist yet is taken as it is written, below what does: an engine may
 * create it.
 *
 * @returns undefined where it can't be known: no permission, a cycle, or no answer in time
 */
export async function followLinks(hostPath: string): Promise<string | undefined> {
  const limit = new Promise<undefined>((resolve) => {
    setTimeout(resolve, LIMIT_MS, undefined).unref();
  });
  return Promise.race([follow(hostPath, MAX_LINKS), limit]);
}

async function follow(hostPath: string, links: number): Promise<string | undefined> {
  let missing = '';
  for (let at = hostPath; ; at = path.dirname(at)) {
    try {
      return path.join(await realpath(at), missing);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || at === '/' || links === 0) return undefined;
      const target = await readlink(at).catch(() => undefined);
      if (target !== undefined) return follow(path.resolve(path.dirname(at), target, missing), links - 1);
      missing = path.join(path.basename(at), missing);
    }
  }
}
