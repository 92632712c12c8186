/** Berth as a process of its own, as tests start, kill and start it again. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ContainerView } from '../../src/service/containers/views.js';
import { note } from '../notes.js';
import { docker, ENGINE_HOST, sweep } from './support.js';

export interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

export interface StartOptions {
  readonly engine?: string;
  /** By default one that is free. */
  readonly port?: number;
  /** True if it asks for a token, as it does by default; here it does not, unless it is said. */
  readonly auth?: 'on' | 'off';
  /** BERTH_TEST_FAIL_POINT. */
  readonly failPoint?: string;
  /** True if the server derives its owner label, as it does without a configured one. */
  readonly ownInstance?: boolean;
  /** A command that runs it. */
  readonly under?: readonly string[];
}

const json = { 'content-type': 'application/json' };

/** A data folder with an owner label, and the servers that are started on it one after the other. */
export class Servers {
  readonly dataDir = mkdtempSync(path.join(tmpdir(), 'berth-process-'));
  readonly instance = `test-${randomBytes(4).toString('hex')}`;
  readonly #running = new Set<ChildProcess>();

  constructor() {
    note('label', `io.berth.instance=${this.instance}`);
  }

  /** Does not wait until it listens: the URL comes then. */
  begin(options: StartOptions = {}): { readonly child: ChildProcess; readonly url: Promise<string> } {
    const env = {
      ...{ PATH: process.env['PATH'], BERTH_DATA_DIR: this.dataDir, BERTH_AUTH: options.auth ?? 'off' },
      ...(!options.ownInstance && { BERTH_INSTANCE: this.instance }),
      DOCKER_HOST: options.engine ?? ENGINE_HOST,
      ...(options.failPoint !== undefined && { BERTH_TEST_FAIL_POINT: options.failPoint }),
    };
    const args = ['dist/main.js', '--port', String(options.port ?? 0), '--log-format', 'json'];
    const [command = '', ...rest] = [...(options.under ?? []), process.execPath, ...args];
    const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    const url = new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        const { address } = JSON.parse(line) as { address?: string };
        if (address !== undefined) resolve(address);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    url.catch(() => undefined);
    return { child, url };
  }

  async start(options: StartOptions = {}): Promise<Server> {
    const { child, url } = this.begin(options);
    return { child, url: await url };
  }

  /** What a server made that asks for tokens. */
  token(): string {
    return readFileSync(path.join(this.dataDir, 'token'), 'utf8').trim();
  }

  /** The containers of its owner label. */
  containers() {
    return docker.listContainers({ all: true, filters: { label: [`io.berth.instance=${this.instance}`] } });
  }

  /** Ends all that was started, and removes all that was made. */
  async end(): Promise<void> {
    await Promise.all([...this.#running].map(killed));
    await sweep(`io.berth.instance=${this.instance}`);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Ends as by kill -9. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

export const send = (method: string, url: string, body?: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method,
    headers: { ...(body !== undefined && json), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

export const post = (url: string, body: object) => send('POST', url, body);

export const view = async (server: Server, name: string): Promise<ContainerView> =>
  (await (await fetch(`${server.url}/v1/containers/${name}`)).json()) as ContainerView;
