// node scripts/engines.mjs up|stop|purge NAME   a private engine of another version: bookworm, trixie, forky or podman
//
// Each is Debian's own package in a root file system of its suite, made by debootstrap the first time (minutes, about
// 800 MB each), and runs with a network, mounts and data of its own under data/engines. Nothing of it touches the host's
// engine, ports or firewall: what it publishes is reached by `ip netns exec` with the namespace that `up` names.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answers, ask, canInstall, DATA, install, SBIN } from './engine.mjs';

export const DIR = path.join(DATA, 'engines');
const key = createHash('sha256').update(DIR).digest('hex').slice(0, 6);
/** A Unix socket's path has at most 107 bytes. */
const MAX_SOCKET = 100;
const START_SECONDS = 300;
/** Where the tests' registry listens for an engine that has to be told. */
export const REGISTRY_PORT = 5001;
const MIRROR = process.env.BERTH_DEBIAN_MIRROR ?? 'http://deb.debian.org/debian';
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';
const APT_SETTINGS = ['http', 'https', 'Retries', 'Check-Valid-Until', 'Check-Date'].map((name) => `Acquire::${name}`);
/** What every suite gets beside its engine. */
const BASE = ['iptables', 'iproute2', 'procps', 'ca-certificates'];

/** Debian's suites and the engines that they have; their versions are what the engines say themselves. */
export const ENGINES = {
  bookworm: { suite: 'bookworm', packages: ['docker.io'], serve: dockerd },
  trixie: { suite: 'trixie', packages: ['docker.io', 'docker-cli'], serve: dockerd },
  forky: { suite: 'forky', packages: ['docker.io', 'docker-cli'], serve: dockerd },
  podman: {
    suite: 'bookworm',
    packages: ['podman', 'netavark', 'aardvark-dns', 'crun', 'conmon', 'catatonit', 'golang-github-containers-common'],
    serve: podman,
  },
};

/** Where an engine's things are. `inner` is the same folder as the engine sees it: short, as containerd's sockets need. */
function placesOf(name) {
  const state = path.join(DIR, name);
  const plain = path.join(state, 'engine.sock');
  const socket = Buffer.byteLength(plain) <= MAX_SOCKET ? plain : `/run/berth-${key}-${name}.sock`;
  return {
    ...{ state, plain, socket, host: `unix://${socket}`, inner: '/engine', netns: `berth-${key}-${name}` },
    ...{ pid: path.join(state, 'pid'), log: path.join(state, 'log'), root: path.join(DIR, 'roots', name) },
  };
}

function dockerd({ inner }) {
  const roots = ['--data-root', `${inner}/data`, '--exec-root', `${inner}/exec`, '--pidfile', `${inner}/dockerd.pid`];
  return ['dockerd', '--host', `unix://${inner}/engine.sock`, ...roots];
}

function podman({ inner }) {
  const roots = ['--root', `${inner}/data`, '--runroot', `${inner}/exec`, '--tmpdir', `${inner}/run`];
  const kinds = ['--cgroup-manager', 'cgroupfs', '--network-backend', 'netavark', '--events-backend', 'file'];
  return ['podman', ...roots, ...kinds, 'system', 'service', '--time', '0', `unix://${inner}/engine.sock`];
}

export const env = { ...process.env, PATH: SBIN, DEBIAN_FRONTEND: 'noninteractive' };
const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', env });
const quietly = (log, command, ...args) => {
  const out = openSync(log, 'a');
  const { status } = spawnSync(command, args, { env, stdio: ['ignore', out, out] });
  if (status !== 0) throw new Error(`${command} failed. End of ${log}:\n${tail(log)}`);
};
export const tail = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n');

/** Stops at mounts, which an installation that was cut short may have left. */
const remove = (...paths) => run('rm', '-rf', '--one-file-system', ...paths);

/** Why none can be set up here; undefined if they can. */
export function obstacle() {
  if (canInstall()) return undefined;
  return 'engines of other versions need root on Debian or Ubuntu: they are installed with debootstrap and run in namespaces';
}

/** The root file system of an engine's suite with its packages. */
async function prepareRoot(name, log) {
  const { suite, packages } = ENGINES[name];
  const { root } = placesOf(name);
  const ready = path.join(root, '.ready');
  const wanted = [...packages, ...BASE].join(' ');
  if (existsSync(ready) && readFileSync(ready, 'utf8') === wanted) return;
  log(`${name}: installing Debian ${suite} with ${packages[0]} into ${path.relative(process.cwd(), root)} (minutes)`);
  await debootstrap(suite, root, log);
  const said = `${root}.log`;
  const apt = 'apt-get -qq update && apt-get -qq install -y --no-install-recommends';
  quietly(said, 'chroot', root, 'sh', '-c', `${apt} ${wanted}`);
  writeFileSync(ready, wanted);
}

/** Makes a root file system of a Debian suite that reaches the same mirror as the host; its log is beside it. */
export async function debootstrap(suite, root, log) {
  await install({ debootstrap: 'debootstrap', ip: 'iproute2' }, log);
  if (!existsSync(KEYS)) run('apt-get', '-qq', 'install', '-y', '--no-install-recommends', 'debian-archive-keyring');
  remove(root);
  mkdirSync(root, { recursive: true });
  // A debootstrap that is older than the suite knows it by no name; all of Debian's are made alike.
  const script = existsSync(`/usr/share/debootstrap/scripts/${suite}`) ? [] : ['/usr/share/debootstrap/scripts/sid'];
  quietly(`${root}.log`, 'debootstrap', '--variant=minbase', `--keyring=${KEYS}`, suite, root, MIRROR, ...script);
  writeFileSync(path.join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  writeFileSync(path.join(root, 'etc/resolv.conf'), readFileSync('/etc/resolv.conf'));
  // What the host needs to reach and believe a mirror: a proxy, a clock that is wrong.
  writeFileSync(path.join(root, 'etc/apt/apt.conf.d/90host'), run('apt-config', 'dump', ...APT_SETTINGS));
}

/**
 * A shell script that makes a root file system the root of its own mount namespace and goes on there. runc pivots into
 * its containers, which it can't from a mere chroot.
 *
 * @param binds folders of the host, and where they are inside
 */
export function enterRoot(root, binds) {
  return [
    'set -e',
    'cgroups=$(mktemp -d) && mount --rbind /sys/fs/cgroup $cgroups',
    `mount --bind '${root}' '${root}' && cd '${root}' && mkdir -p .old`,
    'mount -t proc proc proc && mount -t sysfs sysfs sys && mount --rbind $cgroups sys/fs/cgroup',
    'umount -l $cgroups && rmdir $cgroups',
    'mount --rbind /dev dev && mount -t tmpfs tmpfs run && mkdir -p run/lock',
    ...binds.map(([from, to]) => `mkdir -p '.${to}' && mount --bind '${from}' '.${to}'`),
    'pivot_root . .old && cd / && umount -l /.old',
    `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  ].join('\n');
}

const hasNetns = (netns) => existsSync(`/run/netns/${netns}`);
const isAlive = (pid) => existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

/** Starts an engine, installing it first where needed, and answers where it is once it is up. */
export async function up(name, log) {
  const places = placesOf(name);
  const { state, socket, plain, host, inner, netns, root } = places;
  const found = { host, netns, root };
  if (await answers(host)) return found;
  await prepareRoot(name, log);
  await stop(name);
  mkdirSync(state, { recursive: true });
  if (name === 'podman') preparePodman(root);
  for (const stale of ['engine.sock', 'dockerd.pid', 'exec/containerd/containerd.pid']) {
    rmSync(path.join(state, stale), { force: true });
  }
  if (socket !== plain) {
    rmSync(socket, { force: true });
    symlinkSync(plain, socket);
  }
  if (!hasNetns(netns)) run('ip', 'netns', 'add', netns);
  run('ip', '-n', netns, 'link', 'set', 'lo', 'up');
  const lines = [enterRoot(root, [[state, inner]])];
  // crun refuses a host that has both kinds of control groups.
  if (name === 'podman') lines.push('umount /sys/fs/cgroup/unified 2>/dev/null || true');
  const script = [...lines, `exec ${ENGINES[name].serve(places).join(' ')}`].join('\n');
  const out = openSync(places.log, 'w');
  const inside = [`--net=/run/netns/${netns}`, 'unshare', '--mount', '--propagation', 'private', 'sh', '-c', script];
  const daemon = spawn('nsenter', inside, { detached: true, stdio: ['ignore', out, out], env });
  daemon.unref();
  writeFileSync(places.pid, String(daemon.pid));
  log(`${name}: starting`);
  for (let second = 0; second < START_SECONDS; second += 0.25) {
    if (await answers(host)) return found;
    if (!isAlive(daemon.pid)) throw new Error(`${name} exited at once. End of its log:\n${tail(places.log)}`);
    await pause(250);
  }
  throw new Error(`${name} did not start within ${START_SECONDS} s. End of its log:\n${tail(places.log)}`);
}

/** Podman gives its containers higher limits than it has, which not every root may; and it wants TLS on loopback too. */
function preparePodman(root) {
  const conf = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n';
  writeFileSync(path.join(root, 'etc/containers/containers.conf'), conf);
  const plain = `[[registry]]\nlocation = "127.0.0.1:${REGISTRY_PORT}"\ninsecure = true\n`;
  writeFileSync(path.join(root, 'etc/containers/registries.conf.d/loopback.conf'), plain);
}

/** Ends an engine and whatever runs in its namespaces. */
export async function stop(name) {
  const { host, netns, pid: file, socket, plain } = placesOf(name);
  // Podman's containers have no daemon to end with.
  if (name === 'podman' && (await answers(host))) {
    const { text } = await ask(host, 'GET', '/containers/json?all=true');
    for (const { Id } of JSON.parse(text)) await ask(host, 'DELETE', `/containers/${Id}?force=true`);
  }
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  const isOurs = pid !== undefined && hasNetns(netns) && pidsIn(netns).includes(pid);
  if (isOurs) {
    process.kill(pid, 'SIGTERM');
    for (let tries = 0; tries < 300 && isAlive(pid); tries++) await pause(100);
  }
  rmSync(file, { force: true });
  if (socket !== plain) rmSync(socket, { force: true });
  if (!hasNetns(netns)) return isOurs;
  for (let left = pidsIn(netns); left.length > 0; left = pidsIn(netns)) {
    for (const one of left) spawnSync('kill', ['-KILL', String(one)]);
    await pause(100);
  }
  run('ip', 'netns', 'delete', netns);
  return isOurs;
}

const pidsIn = (netns) => run('ip', 'netns', 'pids', netns).split('\n').filter(Boolean).map(Number);

/** Ends an engine and removes all that it had, its root file system included. */
async function purge(name) {
  await stop(name);
  const { state, root } = placesOf(name);
  remove(state, root);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , action, name] = process.argv;
  const log = (line) => console.error(`berth: ${line}`);
  try {
    const problem = obstacle();
    if (problem !== undefined) throw new Error(problem);
    if (!['up', 'stop', 'purge'].includes(action) || !Object.hasOwn(ENGINES, name)) {
      throw new Error(`usage: node scripts/engines.mjs up|stop|purge ${Object.keys(ENGINES).join('|')}`);
    }
    if (action === 'stop') console.log((await stop(name)) ? 'stopped' : 'it was not running');
    if (action === 'purge') await purge(name);
    if (action === 'up') {
      const { host, netns } = await up(name, log);
      console.log(host);
      log(`its ports: ip netns exec ${netns} curl http://127.0.0.1:PORT/`);
    }
  } catch (error) {
    log(error.message);
    process.exitCode = 2;
  }
}
