// node scripts/engine.mjs up|stop|status   a private Docker engine under data/engine, for machines that have none.
//
// It is Debian's own dockerd with its data, sockets and log in folders of this checkout alone, in the host's network, so
// that published ports are where one expects them. Its bridge is its own too: on docker0 the containers that an engine
// leaves running when it is killed keep addresses that a second engine would give out again. `stop` ends it and its
// containers, and undoes what it changed in the host's network; its data stays.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { canInstall, dockerIsFromBerth, has, install, SBIN } from './apt.mjs';
import { networkBefore, undoNetwork } from './host-network.mjs';
import { Interrupted, throwIfInterrupted, watchSignals } from './run.mjs';

export { canInstall, install, SBIN };

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const DATA = path.join(ROOT, 'data');
const DIR = path.join(DATA, 'engine');
const SYSTEM = 'unix:///var/run/docker.sock';
/** A Unix socket's path has at most 107 bytes, and containerd puts longer ones below the folder that it is given. */
const MAX_DIR = 50;
const key = createHash('sha256').update(DIR).digest('hex').slice(0, 8);
const RUN = DIR.length <= MAX_DIR ? DIR : `/run/berth-${key}`;
const PATHS = {
  socket: path.join(RUN, 'docker.sock'),
  exec: path.join(RUN, 'exec'),
  data: path.join(DIR, 'data'),
  /** The daemon's own, which it refuses to start over while the process is alive. */
  pid: path.join(DIR, 'dockerd.pid'),
  /** Written at once, so that a daemon is found that has not come as far as writing its own. */
  started: path.join(DIR, 'started.pid'),
  log: path.join(DIR, 'dockerd.log'),
  /** The host's network as it was before. */
  before: path.join(DIR, 'network-before.json'),
};
export const PRIVATE = `unix://${PATHS.socket}`;
const BRIDGE = `berth-${key}`;
/** Time that an engine may take to come up: only one that hangs takes as long, also on a busy machine. */
const START_SECONDS = 300;
/** Time that a ping may take, in milliseconds. */
const PING_MS = 15_000;

/** Asks an engine at a DOCKER_HOST over its HTTP API: `{ status, text }`. */
export function ask(host, method, url, body, type) {
  const at = new URL(host);
  const where = at.protocol === 'unix:' ? { socketPath: at.pathname } : { host: at.hostname, port: at.port || 2375 };
  const headers = type === undefined ? {} : { 'content-type': type, 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, method, path: url, headers, timeout: 300_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
      answer.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error(`${host} did not answer ${method} ${url}`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

/**
 * Tries an engine for {@link PING_MS}: `up`, `denied` where this user may not open its socket, `down` where nothing listens,
 * `absent` where there is no socket, `silent` where nothing comes back.
 */
export async function stateOf(host) {
  const late = pause(PING_MS, 'silent', { ref: false });
  const STATES = { EACCES: 'denied', EPERM: 'denied', ECONNREFUSED: 'down', ENOENT: 'absent' };
  const ping = ask(host, 'GET', '/_ping').then(
    ({ status }) => (status === 200 ? 'up' : 'silent'),
    ({ code }) => STATES[code] ?? 'silent',
  );
  return Promise.race([ping, late]);
}

/** Returns true if an engine answers there. */
export const answers = async (host) => (await stateOf(host)) === 'up';

/** The engine that the scripts settled on: DOCKER_HOST, or what prepare.mjs wrote down. */
export function engineHost() {
  if (process.env.DOCKER_HOST) return process.env.DOCKER_HOST;
  const file = path.join(DATA, 'start.env');
  const line = existsSync(file) ? /^DOCKER_HOST=(.+)$/m.exec(readFileSync(file, 'utf8')) : null;
  return line?.[1] ?? SYSTEM;
}

/** The first engine that answers: DOCKER_HOST and no other if it is set, the system's, the private one. */
export async function findEngine() {
  const hosts = process.env.DOCKER_HOST ? [process.env.DOCKER_HOST] : [SYSTEM, PRIVATE];
  // Whether one answers by way of ssh is for the server to find out, and to say.
  for (const host of hosts) if (host.startsWith('ssh://') || (await answers(host))) return host;
  return undefined;
}

/** Says why no engine is set up here and what to do; undefined if one may be. */
export async function setupObstacle() {
  const { DOCKER_HOST, BERTH_ENGINE_SETUP: setup } = process.env;
  const socket = new URL(DOCKER_HOST ?? SYSTEM).pathname;
  return obstacleText({
    ...{ dockerHost: DOCKER_HOST, setup, socket },
    state: await stateOf(DOCKER_HOST ?? SYSTEM),
    isInstalled: has('dockerd'),
    isOurs: existsSync(PATHS.data) || dockerIsFromBerth(),
    canInstall: canInstall(),
    user: userName(),
    group: existsSync(socket) ? groupName(statSync(socket).gid) : undefined,
    startCommand: existsSync('/run/systemd/system') ? 'systemctl start docker' : 'service docker start',
  });
}

function userName() {
  try {
    return userInfo().username;
  } catch {
    // In a container a user may have no entry in /etc/passwd.
    return `#${process.getuid?.()}`;
  }
}

/** Names a group; undefined where it has no name, and for root's own. */
function groupName(gid) {
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((one) => Number(one.split(':')[2]) === gid);
  return gid === 0 ? undefined : line?.split(':')[0];
}

/** Words {@link setupObstacle}'s answer, by what was found. */
export function obstacleText(found) {
  const { dockerHost, setup, socket, state, isInstalled, isOurs, canInstall: can, user, group, startCommand } = found;
  if (state === 'denied') {
    const remedy =
      group === undefined
        ? 'run this as root, or set DOCKER_HOST to an engine that you may use'
        : `sudo usermod -aG ${group} ${user}, then log out and in again`;
    return `user ${user} has no permission to open ${socket}: ${remedy}`;
  }
  if (dockerHost) return `no engine answers at DOCKER_HOST=${dockerHost}: start it, or unset DOCKER_HOST`;
  const todo = 'install Docker and start it, or set DOCKER_HOST to a running engine';
  const start = `${can ? '' : 'sudo '}${startCommand}`;
  if (setup === 'off') {
    return `no engine answers, and BERTH_ENGINE_SETUP=off: ${isInstalled ? `start it (${start})` : todo}`;
  }
  if (isInstalled && !isOurs && !(can && setup === 'private')) {
    const beside = can ? ', or set BERTH_ENGINE_SETUP=private to start a private engine beside it' : '';
    return `Docker is installed, but its daemon is not running: start it (${start})${beside}`;
  }
  if (can) return undefined;
  return `no engine answers, and Berth can set one up only as root on Debian or Ubuntu: ${todo}`;
}

// curl, jq and Python run the examples of README and the tour, strace shows each sync to disk, Chromium opens the page,
// promtool checks the alert rules.
const TEST_TOOLS = {
  ...{ curl: 'curl', jq: 'jq', strace: 'strace', chromium: 'chromium', python3: 'python3' },
  promtool: 'prometheus',
};

/** Installs the programs that tests need beside the engine. */
export async function installTestTools(log, options) {
  if (canInstall() && process.env.BERTH_ENGINE_SETUP !== 'off') await install(TEST_TOOLS, log, options);
}

/** The private engine's process, if it runs: by its pid files, and only if its command line names our folder. */
function pidOf() {
  return [PATHS.started, PATHS.pid]
    .flatMap((file) => (existsSync(file) ? [Number(readFileSync(file, 'utf8'))] : []))
    .find((pid) => {
      const line = `/proc/${pid}/cmdline`;
      return pid > 0 && existsSync(line) && readFileSync(line, 'utf8').includes(PATHS.data);
    });
}

const tail = () =>
  existsSync(PATHS.log) ? readFileSync(PATHS.log, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : '';

const ip = (...args) => execFileSync('ip', args, { encoding: 'utf8', env: { ...process.env, PATH: SBIN } });

/** The bridge of the private engine, with the first of the subnets that Docker itself draws from that nothing routes. */
function bridge() {
  if (existsSync(`/sys/class/net/${BRIDGE}`)) return BRIDGE;
  const number = (address) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const routes = ip('-4', 'route', 'show', 'table', 'all').match(/\b\d+\.\d+\.\d+\.\d+(\/\d+)?/g) ?? [];
  const ranges = routes.map((route) => {
    const [address, bits = '32'] = route.split('/');
    const size = 2 ** (32 - Number(bits));
    return [number(address), number(address) + size - 1];
  });
  const second = Array.from({ length: 15 }, (_, at) => 17 + at).find((at) => {
    const [from, to] = [number(`172.${at}.0.0`), number(`172.${at}.255.255`)];
    return ranges.every(([first, last]) => last < from || first > to);
  });
  if (second === undefined) throw new Error('every subnet from 172.17.0.0/16 to 172.31.0.0/16 is in use on this host');
  ip('link', 'add', BRIDGE, 'type', 'bridge');
  ip('address', 'add', `172.${second}.0.1/16`, 'dev', BRIDGE);
  ip('link', 'set', BRIDGE, 'up');
  return BRIDGE;
}

/** Starts the private engine, installing it first where needed, and answers its DOCKER_HOST once it is up. */
export async function up(log, options) {
  if (await answers(PRIVATE)) return PRIVATE;
  await install({ dockerd: 'docker.io', iptables: 'iptables', ip: 'iproute2' }, log, options);
  for (const dir of [RUN, PATHS.exec, PATHS.data]) mkdirSync(dir, { recursive: true });
  if (pidOf() === undefined) startDaemon(log);
  try {
    for (let second = 0; second < START_SECONDS; second += 0.25) {
      if (await answers(PRIVATE)) return PRIVATE;
      throwIfInterrupted();
      if (pidOf() === undefined) throw new Error(`the private engine exited at once. End of its log:\n${tail()}`);
      await pause(250);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  throw new Error(`the private engine did not start within ${START_SECONDS} s. End of its log:\n${tail()}`);
}

function startDaemon(log) {
  // Left behind by a crash; dockerd and its containerd would wait for whoever has these numbers now.
  for (const stale of [PATHS.pid, path.join(PATHS.exec, 'containerd/containerd.pid')]) rmSync(stale, { force: true });
  log(
    `starting a private engine in ${path.relative(process.cwd(), DIR) || DIR}. While it runs, the host forwards packets ` +
      `(net.ipv4.ip_forward=1, iptables FORWARD policy DROP) and has the bridge ${BRIDGE} and iptables chains named DOCKER…; ` +
      '"node scripts/engine.mjs stop" undoes this and stops its containers',
  );
  // Of an engine that was killed it is still the state before that one.
  if (!existsSync(PATHS.before)) writeFileSync(PATHS.before, JSON.stringify(networkBefore()));
  const out = openSync(PATHS.log, 'a');
  const flags = {
    host: PRIVATE,
    'data-root': PATHS.data,
    'exec-root': PATHS.exec,
    pidfile: PATHS.pid,
    bridge: bridge(),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const daemon = spawn('dockerd', args, {
    detached: true,
    stdio: ['ignore', out, out],
    env: { ...process.env, PATH: SBIN },
  });
  daemon.once('error', (error) => log(`dockerd: ${error.message}`));
  daemon.unref();
  if (daemon.pid !== undefined) writeFileSync(PATHS.started, String(daemon.pid));
}

/** The bridges of the engine's networks. */
async function bridges() {
  if (!(await answers(PRIVATE))) return [];
  const { text } = await ask(PRIVATE, 'GET', '/networks');
  return JSON.parse(text)
    .filter(({ Driver }) => Driver === 'bridge')
    .map(({ Id, Options }) => Options?.['com.docker.network.bridge.name'] ?? `br-${Id.slice(0, 12)}`);
}

/** Ends the private engine, waits until it has ended, and undoes what it changed in the host's network. */
async function stop() {
  const pid = pidOf();
  const own = pid === undefined ? [] : await bridges();
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    while (existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) await pause(100);
  }
  if (existsSync(PATHS.before)) {
    undoNetwork(JSON.parse(readFileSync(PATHS.before, 'utf8')), [...new Set([...own, BRIDGE])], pid);
    rmSync(PATHS.before);
  } else if (existsSync(`/sys/class/net/${BRIDGE}`)) ip('link', 'delete', BRIDGE);
  if (RUN !== DIR) rmSync(RUN, { recursive: true, force: true });
  return pid !== undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , action] = process.argv;
  try {
    if (action === 'up') {
      watchSignals();
      console.log(await up((line) => console.error(line)));
    } else if (action === 'stop') console.log((await stop()) ? 'stopped' : 'it was not running');
    else if (action === 'status') console.log((await answers(PRIVATE)) ? `up at ${PRIVATE}` : 'down');
    else {
      console.error('usage: node scripts/engine.mjs up|stop|status');
      process.exitCode = 2;
    }
  } catch (error) {
    console.error(`${error.output ?? ''}berth: ${error.message}`);
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
  }
}
