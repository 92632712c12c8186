import type { Exec } from '../../engine/streaming.js';
import { shuttingDown } from '../core/engine-errors.js';

/** Exit of a command. */
interface ExecExit {
  /** Exit code; null if the command ran out of its time, its client left, or its container went. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** True if it was to be ended, and could not be: it goes on inside the container. */
  readonly stillRunning: boolean;
}

/** A signal from a command: its output, and at the end its exit. */
export type ExecSignal =
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly chunk: Uint8Array }
  | ({ readonly kind: 'exit' } & ExecExit);

/**
 * Starts a command, and ends it when its time is over or the signal is aborted, however slowly it is read.
 *
 * @param start starts it; what it is given ends its output
 */
export async function runLimited(
  start: (stop: AbortSignal) => Promise<Exec>,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<AsyncIterable<ExecSignal>> {
  const stop = new AbortController();
  const exec = await start(stop.signal);
  // From here on, not from the first read: it may never be read.
  const ended = new Promise<boolean>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(exec.end()), { once: true });
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, timeoutSeconds * 1000);
  const cancel = (): void => {
    clearTimeout(timer);
    stop.abort();
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();

  async function* signals(): AsyncGenerator<ExecSignal> {
    let exit: ExecExit | undefined;
    try {
      for await (const { stream, data } of exec.output) yield { kind: 'output', stream, chunk: data };
      const exitCode = await exec.exited(stop.signal);
      const isEnded = exitCode !== null || !stop.signal.aborted;
      exit = { exitCode, timedOut: exitCode === null && timedOut, stillRunning: isEnded ? false : !(await ended) };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      if (exit === undefined) stop.abort();
    }
    yield { kind: 'exit', ...exit };
  }
  return signals();
}

/** Output of a command, as far as it is kept, and its exit. */
interface ExecResult extends ExecExit {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** True if it wrote more to one of them than is kept. */
  readonly truncated: boolean;
}

/**
 * Reads all, and keeps the first so many bytes of each stream.
 *
 * @param gone aborted when the client has left
 * @throws Problem `shutting-down`
 */
export async function collected(
  signals: AsyncIterable<ExecSignal>,
  maxBytes: number,
  gone: AbortSignal,
): Promise<ExecResult> {
  const kept = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const room = { stdout: maxBytes, stderr: maxBytes };
  let truncated = false;
  for await (const signal of signals) {
    if (signal.kind === 'exit') {
      const { exitCode, timedOut, stillRunning } = signal;
      if (exitCode === null && !timedOut && gone.aborted) throw shuttingDown();
      const [stdout, stderr] = [Buffer.concat(kept.stdout), Buffer.concat(kept.stderr)];
      return { exitCode, timedOut, stillRunning, stdout, stderr, truncated };
    }
    const { stream, chunk } = signal;
    if (chunk.length > room[stream]) truncated = true;
    // A copy: a piece of a frame would keep the whole read alive.
    const part = Uint8Array.from(chunk.subarray(0, room[stream]));
    room[stream] -= part.length;
    if (part.length > 0) kept[stream].push(part);
  }
  throw new Error('the exec stream ended without an exit code');
}
