/** Texts that were sent beside a Compose file or a line, by their paths relative to it. */

import { posix } from 'node:path';
import { pointer } from '../problems/result.js';

export interface Neighbour {
  /** Path in its normal form. */
  readonly path: string;
  readonly text: string;
  /** JSON pointer to the text in the request body. */
  readonly file: string;
}

export interface Neighbours {
  /** @param dir the folder that the path is relative to; empty for that of the Compose file */
  find(dir: string, path: string): Neighbour | undefined;
}

export function createNeighbours(files: Readonly<Record<string, string>> = {}): Neighbours {
  const all = new Map(
    Object.entries(files).map(([written, text]) => {
      const path = pathIn('', written);
      return [path, { path, text, file: pointer('files', written) }];
    }),
  );
  return { find: (dir, path) => all.get(pathIn(dir, path)) };
}

/** Returns a path relative to the Compose file in its normal form: `./a/../b` is `b`. */
export function pathIn(dir: string, path: string): string {
  const isWhole = path.startsWith('/') || path.startsWith('~') || /^[a-zA-Z][\w+.-]*:/.test(path);
  return posix.normalize(isWhole ? path : posix.join(dir, path));
}

/** Returns the folder of a path in its normal form; empty for that of the Compose file. */
export function folderOf(path: string): string {
  const dir = posix.dirname(path);
  return dir === '.' ? '' : dir;
}

/** Says which text to send for a file that isn't there. */
export const absent = (path: string): string =>
  `the file ${path} was not sent: send its text in files, under ${JSON.stringify(path)}`;
