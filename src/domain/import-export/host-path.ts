/** Paths of the host as people write them, where the directory is known in which they write them. */

import { cleanPath } from '../definition/storage/paths.js';
import { type FieldFault, failure, type Result, success } from '../problems/result.js';

/** Directories that relative paths are relative to. */
export interface HostPlaces {
  /** The directory of the Compose file, or that in which the line is typed. */
  readonly directory?: string | undefined;
  /** What `~` stands for; by default the directory as well. */
  readonly home?: string | undefined;
}

const ON_WINDOWS = 'it is a path on a Windows host, but the engine runs on Linux: write the path on that host';
const SEND = 'send projectDirectory, or write an absolute path';

/** True for a source of a short form that is a path, not the name of a volume. Rule: docker/cli, `isFilePath`. */
export const isPathText = (source: string): boolean => /^(?:[./~]|\\|[a-zA-Z]:)/.test(source);

/** Resolves a path by its text; a failure says why that can't be done, and what to do. */
export function resolveHostPath(written: string, { directory, home = directory }: HostPlaces): Result<string> {
  if (/^(?:\\|[a-zA-Z]:)/.test(written)) return failure(ON_WINDOWS);
  if (written.startsWith('/')) return success(resolved(written));
  if (written === '~' || written.startsWith('~/')) {
    return home === undefined ? failure(`~ is a home directory: ${SEND}`) : success(resolved(home + written.slice(1)));
  }
  if (written.startsWith('~'))
    return failure("another user's home directory is not known here: write an absolute path");
  if (directory === undefined) return failure(`${written} is relative to the directory where it is written: ${SEND}`);
  return success(resolved(`${directory}/${written}`));
}

/** Faults of the `projectDirectory` of a request. */
export const directoryFaults = (directory: string | undefined): readonly FieldFault[] =>
  directory === undefined || directory.startsWith('/')
    ? []
    : [{ pointer: '/projectDirectory', message: `${JSON.stringify(directory)} must be an absolute path on the host` }];

/** A clean path whose `..` are resolved by the text. Rule: Go, `filepath.Clean`. */
function resolved(path: string): string {
  const parts: string[] = [];
  for (const part of cleanPath(path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
