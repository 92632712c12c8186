/** Limit on this process's file descriptors. */

/** Node.js raises the soft limit to the hard one when it starts. */
const LIMITS = '/proc/self/limits';

/** Reads the limit from Linux; infinite elsewhere, and without one. @param read returns null if there is no such file */
export function openFiles(read: (path: string) => string | null): number {
  const soft = /^Max open files\s+(\S+)/m.exec(read(LIMITS) ?? '')?.[1];
  const limit = Number(soft);
  return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit;
}
