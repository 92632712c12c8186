/** The built server with a simulated engine that carries out every call at once, and measurements of its process. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchServer, LIMIT_MS, startServer } from '../server.js';

export interface Target extends BenchServer {
  /** Returns the longest block of the event loop since the last call. */
  longestBlock(): Promise<Block>;
  /** Starts a measurement of memory. @returns a function that returns by how much the process has grown at most, in MB */
  growth(): () => number;
}

/** In milliseconds. */
export interface Block {
  readonly passed: number;
  /** CPU time. */
  readonly used: number;
}

const WATCHED = ['--import', './bench/attacks/watched.mjs'] as const;

/** The value of a line of /proc/PID/status, in MB. */
const statusOf = (pid: number, name: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

export async function startTarget(dir: string, flags: readonly string[] = []): Promise<Target> {
  const socket = path.join(dir, 'engine.sock');
  const engine = spawn(process.execPath, ['--import', 'tsx', 'bench/attacks/engine.ts', socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(engine.stdout, 'data', { signal: AbortSignal.timeout(LIMIT_MS) });
  const server = await startServer(`unix://${socket}`, 'info', [...WATCHED, ...flags]);
  const { child, log } = server;
  const { pid = 0 } = child;
  const isReady = async () => (await fetch(`${server.url}/readyz`)).ok;
  for (const until = Date.now() + LIMIT_MS; !(await isReady()); await pause(20)) {
    if (Date.now() > until) throw new Error('the server is not ready');
  }
  return {
    ...server,
    async longestBlock() {
      const before = log.length;
      child.kill('SIGWINCH');
      for (const until = Date.now() + LIMIT_MS; Date.now() < until; await pause(5)) {
        const line = log.slice(before).find(({ longestBlockMs }) => longestBlockMs !== undefined);
        if (line?.longestBlockMs !== undefined) return { passed: line.longestBlockMs, used: line.busiestMs ?? 0 };
      }
      throw new Error('the server does not report its longest block');
    },
    growth() {
      const before = statusOf(pid, 'VmRSS');
      // Resets the peak: proc_pid_clear_refs(5).
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
      return () => statusOf(pid, 'VmHWM') - before;
    },
    async stop() {
      await server.stop();
      engine.kill();
    },
  };
}
