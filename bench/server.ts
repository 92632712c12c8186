/** Berth as it is run: the built server, in a process and a data folder of its own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** Whatever takes longer is taken for lost, in milliseconds. */
export const LIMIT_MS = 30_000;

/** @throws Error where it takes longer than {@link LIMIT_MS} */
export async function within<T>(work: Promise<T>, what: string): Promise<T> {
  const end = new AbortController();
  const late = pause(LIMIT_MS, undefined, { signal: end.signal }).then(() => {
    throw new Error(`${what}: not within ${LIMIT_MS} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    end.abort();
    late.catch(() => undefined);
  }
}

export interface BenchServer {
  readonly url: string;
  readonly child: ChildProcess;
  readonly dataDir: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The log so far, one parsed line each. */
  readonly log: readonly LogLine[];
  /** Sends JSON, and throws what is no success. */
  send(method: string, path: string, body?: object): Promise<Response>;
  stop(): Promise<void>;
}

export interface LogLine {
  /** Milliseconds of the epoch. */
  readonly time: number;
  readonly msg: string;
  readonly action?: string;
  readonly operation?: string;
  readonly target?: string;
  readonly address?: string;
  /** In bytes: see {@link memoryOf}. */
  readonly memory?: number;
  /** In milliseconds: see bench/attacks/watched.mjs. */
  readonly longestBlockMs?: number;
  readonly busiestMs?: number;
}

/**
 * @param engine a DOCKER_HOST; by default one that nobody answers at
 * @param level of its log; `debug` has every call of the engine
 * @param flags for Node.js: {@link COLLECTABLE}
 */
export async function startServer(
  engine = 'unix:///nowhere/docker.sock',
  level = 'info',
  flags: readonly string[] = [],
): Promise<BenchServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-bench-'));
  const env = { PATH: process.env['PATH'], BERTH_DATA_DIR: dataDir, DOCKER_HOST: engine, BERTH_RATE_LIMIT: '0' };
  const args = [...flags, 'dist/main.js', '--port', '0', '--log-format', 'json', '--log-level', level];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const log: LogLine[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const entry = JSON.parse(text) as LogLine;
      log.push(entry);
      if (entry.address !== undefined) resolve(entry.address);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const token = readFileSync(path.join(dataDir, 'token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    ...{ url, child, dataDir, headers, log },
    async send(method, target, body) {
      const answer = await fetch(`${url}${target}`, {
        ...{ method, headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
      return answer;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** For a server whose memory is to be measured. */
export const COLLECTABLE = ['--expose-gc', '--import', './bench/collectable.mjs'] as const;

/** What a server holds once all that nobody needs is collected, in bytes. */
export async function memoryOf({ child, log }: BenchServer): Promise<number> {
  const before = log.length;
  child.kill('SIGWINCH');
  for (const until = Date.now() + LIMIT_MS; Date.now() < until; await pause(5)) {
    const line = log.slice(before).find(({ memory }) => memory !== undefined);
    if (line?.memory !== undefined) return line.memory;
  }
  throw new Error('the server does not tell of its memory');
}

/** A server of Node.js that gives one answer to everything. */
export async function bareServer(body: string) {
  const child = spawn(process.execPath, ['bench/bare.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(body);
  const [port] = await once(child.stdout, 'data', { signal: AbortSignal.timeout(LIMIT_MS) });
  return { url: `http://127.0.0.1:${Number(port)}`, stop: () => child.kill() };
}
