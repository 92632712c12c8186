// Recognises why a command failed, by what it printed and by the room on the disks.
import { statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';

const NETWORK_DOWN =
  'the network is down or the server does not answer: check the connection (and https_proxy, if you need one), then run the command again';
/** Time that npm's registry has to answer, in milliseconds. */
const REGISTRY_MS = 10_000;

const REMEDIES = [
  [
    /ENOSPC|no space left on device|don't have enough free space|disk quota exceeded/i,
    'the disk is full: free some space (df -h shows where) and run the command again',
  ],
  [
    /EAI_AGAIN|FETCH_ERROR|request to \S+ failed|proxy connection|socket hang up|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|temporary failure resolving|could not resolve|could not connect|unable to connect|network is unreachable|unable to locate package|failed to fetch/i,
    NETWORK_DOWN,
  ],
  [/dpkg --configure -a/, 'an earlier installation was interrupted: run "dpkg --configure -a", then the command again'],
  [
    /could not get lock|is another process using it/i,
    'another program is installing packages: wait until it is done, then run the command again',
  ],
  [/EROFS|read-only file system/i, 'the file system is read-only: use a copy of this folder on a writable one'],
  [
    /EACCES|EPERM|permission denied/i,
    'this user may not write here: use a folder of your own, or correct the owner of this one',
  ],
];

const MB = 2 ** 20;
/** A disk with less room than this is full, in megabytes. */
const FULL_MB = 20;

/** Reads how much room a folder's disk has for this user, in megabytes. */
export function roomIn(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / MB);
}

/** Says that a disk is full that commands write to; undefined where none is. */
export function fullDisk(folders = ['.', tmpdir(), homedir()]) {
  const full = folders.find((folder) => roomIn(folder) < FULL_MB);
  return full === undefined ? undefined : `the disk is full: free some space in ${full} and run the command again`;
}

/** Says that a folder has less room than is needed, in megabytes; undefined where it has enough. */
export function tooSmall(folder, neededMb, room = roomIn(folder)) {
  if (room >= neededMb) return undefined;
  return `the disk is full: ${folder} needs ${neededMb} MB and has ${room} MB free. Free some space and run the command again`;
}

/** What to do about a failure, by the output of the command; undefined where that says nothing known. */
export function remedy(text) {
  return REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * Says that the network is down where npm ended without a reason, as npm 10 does when it can't reach its registry: asks the
 * registry. Undefined for any other output, and where the registry answers.
 */
export async function lostNetwork(text, registry = process.env.npm_config_registry ?? 'https://registry.npmjs.org/') {
  if (!text.includes('Exit handler never called')) return undefined;
  try {
    await fetch(registry, { method: 'HEAD', signal: AbortSignal.timeout(REGISTRY_MS) });
  } catch {
    return NETWORK_DOWN;
  }
  return undefined;
}
