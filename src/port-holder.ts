/** Finds the process that listens on a TCP port of this host, for a message about a port that is in use. */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** The state of a listening socket in /proc/net/tcp. */
const LISTEN = '0A';

/**
 * Returns the process that listens on a port as `node dist/main.js (process 123)`; undefined where it can't be seen, as for
 * another user's process or on a system without /proc. Source: proc(5).
 */
export function holderOf(port: number, proc = '/proc'): string | undefined {
  const sockets = new Set(['tcp', 'tcp6'].flatMap((file) => listeningSockets(path.join(proc, 'net', file), port)));
  if (sockets.size === 0) return undefined;
  const pid = namesIn(proc).find((name) => /^\d+$/.test(name) && hasSocket(path.join(proc, name, 'fd'), sockets));
  if (pid === undefined) return undefined;
  const words = readOrEmpty(path.join(proc, pid, 'cmdline'))
    .split('\0')
    .filter(Boolean);
  const command = words.join(' ').slice(0, 80) || readOrEmpty(path.join(proc, pid, 'comm')).trim();
  return `${command} (process ${pid})`;
}

/** The sockets in a table of /proc/net that listen on a port, as the links in /proc/PID/fd name them. */
function listeningSockets(file: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readOrEmpty(file)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === LISTEN)
    .map((columns) => `socket:[${columns[9]}]`);
}

const hasSocket = (folder: string, sockets: ReadonlySet<string>): boolean =>
  namesIn(folder).some((fd) => sockets.has(unlessGone(() => readlinkSync(path.join(folder, fd))) ?? ''));

const namesIn = (folder: string): readonly string[] => unlessGone(() => readdirSync(folder)) ?? [];

const readOrEmpty = (file: string): string => unlessGone(() => readFileSync(file, 'utf8')) ?? '';

/** Processes end while they are looked at, and other users' can't be looked at. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR'].includes(code)) return undefined;
    throw error;
  }
}
