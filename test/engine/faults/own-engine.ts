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

/** True if what that needs is here: it is where npm test set the engine up. */
export const CAN_RUN_ENGINE = process.getuid?.() === 0 && hasDockerd && ['unshare', 'nsenter', 'ip'].every(has);

/** A machine beside the engine's host: what a client outside sees. */
export interface Neighbour {
  /** True if an HTTP server answers there on this port of the engine's host. */
  gets(port: number): boolean;
  remove(): Promise<void>;
}

/** Starts a dockerd with all that it has in one folder. @param under a command that runs it */
function spawnDaemon(dir: string, flags: readonly string[] = [], under: readonly string[] = []): ChildProcess {
  // A kill leaves these pid files behind: the new daemon would wait for the processes that have those numbers now.
  for (const stale of ['docker.pid', 'exec/containerd/containerd.pid']) rmSync(path.join(dir, stale), { force: true });
  const roots = ['--data-root', `${dir}/data`, '--exec-root', `${dir}/exec`];
  const places = ['--host', `unix://${dir}/docker.sock`, '--pidfile', `${dir}/docker.pid`, ...roots];
  const [command, ...args] = [...under, 'dockerd', ...places, ...flags] as [string, ...string[]];
  return spawn(command, args, { env, stdio: 'ignore' });
}

/** Ends a daemon. */
async function endDaemon(daemon: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(daemon, 'exit');
  daemon.kill(signal);
  await exit;
}

/** Starts an engine in the network and with the mounts of this process, which has to have its own. */
export async function engineHere(): Promise<{ readonly host: string; remove(): Promise<void> }> {
  const dir = mkdtempSync('/var/tmp/berth-engine-');
  note('engine', dir);
  const daemon = spawnDaemon(dir);
  const socketPath = path.join(dir, 'docker.sock');
  await eventually(() => new Docker({ socketPath }).ping());
  return {
    host: `unix://${socketPath}`,
    async remove() {
      await endDaemon(daemon, 'SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export class OwnEngine {
  readonly #dir = mkdtempSync('/var/tmp/berth-engine-');
  readonly docker = new Docker({ socketPath: path.join(this.#dir, 'docker.sock') });
  readonly host = `unix://${path.join(this.#dir, 'docker.sock')}`;
  /** Keeps the namespaces while no daemon runs. */
  #anchor: ChildProcess | undefined;
  #daemon: ChildProcess | undefined;
  readonly #flags: readonly string[];
  readonly #setUp: string;
  readonly #data = path.join(this.#dir, 'data');

  /**
   * @param options.flags of its daemon, beside where it is
   * @param options.diskMegabytes of a disk of its own; by default it has the host's
   * @param options.setUp shell commands that run in its network before its daemon does, the first time
   */
  constructor(
    options: { readonly flags?: readonly string[]; readonly setUp?: string; readonly diskMegabytes?: number } = {},
  ) {
    note('engine', this.#dir);
    this.#flags = options.flags ?? [];
    const { diskMegabytes, setUp = 'true' } = options;
    const mount = `mkdir ${this.#data} && mount -t tmpfs -o size=${diskMegabytes}m tmpfs ${this.#data}`;
    this.#setUp = diskMegabytes === undefined ? setUp : `${setUp}\n${mount}`;
  }

  /** Leaves no room on its disk, until {@link emptyDisk}. */
  fillDisk(): void {
    this.run('sh', '-c', `dd if=/dev/zero of=${this.#data}/filled bs=1M || true; echo >>${this.#data}/filled || true`);
  }

  emptyDisk(): void {
    this.run('rm', '-f', `${this.#data}/filled`);
  }

  /** Starts it, for the first time or again, and waits until it answers. */
  async start(): Promise<this> {
    if (this.#anchor === undefined) {
      const script = `set -e\nip link set lo up\n${this.#setUp}\n${IN_ROOT}\necho up && exec sleep infinity`;
      const anchor = spawn('unshare', ['--net', '--mount', '--propagation', 'private', 'sh', '-c', script], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      this.#anchor = anchor;
      await once(anchor.stdout as NodeJS.ReadableStream, 'data');
    }
    const inside = ['nsenter', '--target', String(this.#anchor.pid), '--net', '--mount'];
    this.#daemon = spawnDaemon(this.#dir, this.#flags, inside);
    const ended = once(this.#daemon, 'exit').then(([code]) => {
      throw new Error(`the engine ended with ${code} instead of answering`);
    });
    // It also ends later, when it is killed.
    ended.catch(() => undefined);
    await Promise.race([eventually(() => this.docker.ping(), 60_000), ended]);
    await ensureImages(this.host);
    return this;
  }

  /** Removes the networks that it has stored, as an administrator does where it can't read them any more. */
  forgetNetworks(): void {
    this.#daemon = undefined;
    rmSync(path.join(this.#data, 'network/files/local-kv.db'), { force: true });
  }

  /** Runs a command in its network and with its mounts. @throws Error with what it wrote */
  run(...command: readonly string[]): string {
    const pid = String(this.#anchor?.pid);
    const done = spawnSync('nsenter', ['--target', pid, '--net', '--mount', ...command], { env, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
    return done.stdout;
  }

  /** Starts a command there, whose output the caller reads and which the caller ends. */
  spawn(...command: readonly string[]): ChildProcess {
    const pid = String(this.#anchor?.pid);
    return spawn('nsenter', ['--target', pid, '--net', ...command], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Adds a machine of its own network that reaches the engine's host at 10.77.0.1; it goes with the engine. */
  async neighbour(): Promise<Neighbour> {
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo up && exec sleep infinity'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(holder.stdout as NodeJS.ReadableStream, 'data');
    const pid = String(holder.pid);
    const there = (...command: readonly string[]) => this.run(...command);
    there('ip', 'link', 'add', 'host0', 'type', 'veth', 'peer', 'name', 'far0', 'netns', pid);
    there('ip', 'addr', 'add', '10.77.0.1/24', 'dev', 'host0');
    there('ip', 'link', 'set', 'host0', 'up');
    const inside = (...command: readonly string[]) =>
      spawnSync('nsenter', ['--target', pid, '--net', ...command], { env, encoding: 'utf8' });
    inside('ip', 'addr', 'add', '10.77.0.2/24', 'dev', 'far0');
    inside('ip', 'link', 'set', 'far0', 'up');
    return {
      gets(port) {
        const url = `http://10.77.0.1:${port}/`;
        const program = `fetch('${url}', { signal: AbortSignal.timeout(3000) }).then(() => process.exit(0), () => process.exit(1))`;
        return inside(process.execPath, '--eval', program).status === 0;
      },
      async remove() {
        holder.kill('SIGKILL');
        await once(holder, 'exit');
      },
    };
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
    await endDaemon(daemon, signal);
  }
}
