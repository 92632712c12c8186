import { execFile } from 'node:child_process';

/** Longest that one message may take, in milliseconds. */
const SEND_MS = 5_000;

/** Reports the state of this process to systemd; without systemd, every call does nothing. */
export interface Systemd {
  /** Reports that requests are answered, and starts to report that the process is alive. */
  ready(): void;
  /** Reports that the process stops. Resolves when systemd has the message, or can't have it. */
  stopping(): Promise<void>;
}

/** Sends a message, such as `READY=1`. */
export type Send = (message: string) => Promise<void>;

/**
 * Reads from the environment whether systemd started this process as `Type=notify` (sd_notify(3), sd_watchdog_enabled(3)).
 * Removes the variables, so that no program started from here takes them for its own.
 *
 * @param send for tests; by default the program `systemd-notify`, because Node.js has no datagram sockets for Unix paths
 * @param onFault takes the first failure to send; further ones are not reported
 */
export function systemd(
  env: NodeJS.ProcessEnv,
  pid: number,
  onFault: (error: Error) => void,
  send: Send = sender(env['NOTIFY_SOCKET']),
): Systemd {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: usec, WATCHDOG_PID: watched } = env;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete env[name];
  if (socket === undefined || socket === '') return { ready: () => undefined, stopping: async () => undefined };
  const isWatched = watched === undefined || watched === String(pid);
  const limitMs = isWatched ? Number(usec) / 1000 : Number.NaN;
  let timer: NodeJS.Timeout | undefined;
  let isSending = false;
  let hasFailed = false;

  async function report(message: string): Promise<void> {
    try {
      await send(message);
    } catch (error) {
      if (!hasFailed) onFault(error as Error);
      hasFailed = true;
    }
  }

  async function reportAlive(): Promise<void> {
    if (isSending) return;
    isSending = true;
    await report('WATCHDOG=1');
    isSending = false;
  }

  return {
    ready() {
      void report('READY=1');
      // Half of the limit, as sd_watchdog_enabled(3) recommends.
      if (limitMs > 0) timer = setInterval(() => void reportAlive(), limitMs / 2).unref();
    },
    stopping() {
      clearInterval(timer);
      return report('STOPPING=1');
    },
  };
}

const sender =
  (socket: string | undefined): Send =>
  (message) =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env['PATH'], NOTIFY_SOCKET: socket };
      execFile('systemd-notify', [message], { env, timeout: SEND_MS }, (error) =>
        error === null ? resolve() : reject(error),
      );
    });
