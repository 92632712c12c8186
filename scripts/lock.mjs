// A lock between processes. The kernel holds it for as long as the process that took it, or a command that inherited the
// open file, is alive: nothing stays locked after a kill -9, and nothing is unlocked while a command still writes.
import { spawn } from 'node:child_process';
import { ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { onInterrupt, throwIfInterrupted } from './run.mjs';

/** Runs flock(1), which is part of every Linux; where it is missing there is no lock. @returns its exit status */
function flock(fd, ...flags) {
  return new Promise((resolve, reject) => {
    const child = spawn('flock', [...flags, '3'], { detached: true, stdio: ['ignore', 'ignore', 'inherit', fd] });
    const release = onInterrupt(() => child.kill());
    child.once('error', (error) => (error.code === 'ENOENT' ? resolve(0) : reject(error)));
    child.once('exit', (code) => {
      release();
      resolve(code);
    });
  });
}

/**
 * Takes the lock of a file, and waits for it where another process has it.
 *
 * @param waiting called with the process id of the holder before a wait
 * @returns the open file: the lock is held until it is closed here and in every command that inherited it
 */
export async function takeLock(file, waiting) {
  const fd = openSync(file, 'a+', 0o600);
  if ((await flock(fd, '--nonblock')) !== 0) {
    throwIfInterrupted();
    waiting(readFileSync(file, 'utf8').trim());
    await flock(fd);
  }
  throwIfInterrupted();
  ftruncateSync(fd);
  writeSync(fd, `${process.pid}\n`);
  return fd;
}
