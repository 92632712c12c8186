// Runs commands so that Ctrl-C, SIGTERM or a closed terminal ends them in order. Plain Node: runs before anything is installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fullDisk, lostNetwork, remedy } from './remedy.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Time that a command may take to end after an interruption, in milliseconds; then it is killed. */
const GRACE_MS = 10_000;
/** How much of a command's output is kept, in characters: its end. */
const MAX_OUTPUT = 20_000;

/** Thrown where a signal has ended the work. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
    this.exitCode = 128 + constants.signals[signal];
  }
}

let received;
const listeners = new Set();

/** From now on signals are noted instead of ending the process at once. */
export function watchSignals() {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      received ??= signal;
      for (const listener of listeners) listener(signal);
    });
  }
}

/** @throws Interrupted after a signal */
export function throwIfInterrupted() {
  if (received !== undefined) throw new Interrupted(received);
}

/** Calls a function when a signal comes. @returns a function that ends this */
export function onInterrupt(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends a signal to a process group; the group may have ended already. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Runs a command in a process group of its own, so that a Ctrl-C on the terminal reaches it only through here.
 *
 * @param options.fd an open file that the command inherits, and with it the lock on that file
 * @param options.onSignal called instead of ending the command when a signal comes: the command then runs to its end
 * @throws Interrupted after a signal, once the command has ended
 * @throws Error with what to do about it when the command fails, and what that has printed as `output`
 */
export async function run(command, args, { fd, onSignal, env = process.env, cwd } = {}) {
  throwIfInterrupted();
  const stdio = ['ignore', 'pipe', 'pipe', ...(fd === undefined ? [] : [fd])];
  // Some tools would leave a compile cache in /tmp.
  const child = spawn(command, args, { detached: true, stdio, env: { ...env, NODE_DISABLE_COMPILE_CACHE: '1' }, cwd });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      said = `${said}${part}`.slice(-MAX_OUTPUT);
    });
  }
  let killer;
  const release = onInterrupt((signal) => {
    if (onSignal !== undefined) return onSignal(signal);
    signalGroup(child.pid, 'SIGTERM');
    killer ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
  });
  const outcome = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  release();
  clearTimeout(killer);
  throwIfInterrupted();
  if (outcome.error === undefined && outcome.code === 0) return;
  const how = outcome.error?.message ?? (outcome.code === null ? `ended by ${outcome.signal}` : `exit ${outcome.code}`);
  const advice = remedy(`${said}\n${outcome.error?.message ?? ''}`) ?? fullDisk() ?? (await lostNetwork(said));
  const failure = `${[command, ...args].slice(0, 2).join(' ')} failed (${how})`;
  throw Object.assign(new Error(advice === undefined ? failure : `${failure}: ${advice}`), { output: said });
}
