/** An engine that a test may kill and freeze: a dockerd in a network and with mounts of its own. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import Docker from 'dockerode';
import { enterRoot } from '../../../scripts/engines.mjs';
import { ensureImages } from '../../../scripts/images.mjs';
import { note } from '../../notes.js';
import { eventually } from '../support.js';

const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`], { env }).status === 0;

/** The root file system of the engine that is tested, where that is not the host's own. */
const ROOT = process.env['BERTH_TEST_ENGINE_ROOT'];
const IN_ROOT = ROOT === undefined ? 'true' : enterRoot(ROOT, [['/var/tmp', '/var/tmp']]);
const hasDockerd = ROOT === undefined ? has('dockerd') : existsSync(path.join(ROOT, 'usr/sbin/dockerd'));

/** Whether what that needs is here: it is where npm test set the engine up. */
export const CAN_RUN_ENGINE = process.getuid?.() === 0 && hasDockerd && ['unshare', 'nsenter', 'ip'].every(has);

export class OwnEngine {
  readonly #dir = mkdtempSync('/var/tmp/berth-engine-');
  readonly docker = new Docker({ socketPath: path.join(this.#dir, 'docker.sock') });
  readonly host = `unix://${path.join(this.#dir, 'docker.sock')}`;
  /** Keeps the namespaces while no daemon runs. */
  #anchor: ChildProcess | undefined;
  #daemon: ChildProcess | undefined;

  constructor() {
    note('engine', this.#dir);
  }

  /** Starts it, for the first time or again, and waits until it answers. */
  async start(): Promise<this> {
    if (this.#anchor === undefined) {
      const script = `ip link set lo up\n${IN_ROOT}\necho up && exec sleep infinity`;
      const anchor = spawn('unshare', ['--net', '--mount', '--propagation', 'private', 'sh', '-c', script], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      this.#anchor = anchor;
      await once(anchor.stdout as NodeJS.ReadableStream, 'data');
    }
    // What a kill leaves behind: the new daemon would wait for whoever has these numbers now.
    for (const stale of ['docker.pid', 'exec/containerd/containerd.pid']) {
      rmSync(path.join(this.#dir, stale), { force: true });
    }
    const flags = ['--host', this.host, '--pidfile', `${this.#dir}/docker.pid`];
    const roots = ['--data-root', `${this.#dir}/data`, '--exec-root', `${this.#dir}/exec`];
    const inside = ['--target', String(this.#anchor.pid), '--net', '--mount'];
    this.#daemon = spawn('nsenter', [...inside, 'dockerd', ...flags, ...roots], { env, stdio: 'ignore' });
    await eventually(() => this.docker.ping(), 60_000);
    await ensureImages(this.host);
    return this;
  }

  /** As kill -9 does, and as a crash. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** It accepts connections, and answers nothing, until {@link thaw}. */
  freeze(): void {
    this.#daemon?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#daemon?.kill('SIGCONT');
  }

  /** Ends it with all that it runs, and removes what it had. */
  async remove(): Promise<void> {
    this.thaw();
    // One that was killed has left its containers running: they end with the next one.
    if (this.#daemon === undefined) await this.start();
    await this.#end('SIGTERM');
    const anchor = this.#anchor;
    if (anchor !== undefined) {
      anchor.kill('SIGKILL');
      await once(anchor, 'exit');
    }
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const daemon = this.#daemon;
    if (daemon === undefined) return;
    this.#daemon = undefined;
    const exit = once(daemon, 'exit');
    daemon.kill(signal);
    await exit;
  }
}
