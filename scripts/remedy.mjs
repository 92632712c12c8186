// Recognises why a command failed by what it printed.

const REMEDIES = [
  [
    /ENOSPC|no space left on device|don't have enough free space|disk quota exceeded/i,
    'the disk is full: free some space (df -h shows where) and run the command again',
  ],
  [
    /EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|temporary failure resolving|could not resolve|could not connect|unable to connect|network is unreachable|unable to locate package|failed to fetch/i,
    'the network is down or the server does not answer: check the connection (and https_proxy, if you need one) and run the command again',
  ],
  [/dpkg --configure -a/, 'an earlier installation was cut off: run "dpkg --configure -a" and then the command again'],
  [
    /could not get lock|is another process using it/i,
    'another program is installing packages: wait until it has ended and run the command again',
  ],
  [/EROFS|read-only file system/i, 'the file system is read-only: use a copy of this folder that can be written to'],
  [
    /EACCES|EPERM|permission denied/i,
    'this user may not write here: use a folder of your own, or correct the owner of this one',
  ],
];

/** What to do about a failure, by the output of the command; undefined where that says nothing known. */
export function remedy(text) {
  return REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
}
