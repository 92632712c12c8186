// node scripts/engine.mjs up|stop|status   a private Docker engine under data/engine, for machines that have none.
//
// It is Debian's own dockerd with its data, sockets and log in folders of this checkout alone, in the host's network, so
// that published ports are where one expects them. Its bridge is its own too: on docker0 the containers that an engine
// leaves running when it is killed keep addresses that a second engine would give out again. `stop` ends it; its
// containers and its bridge end with it, its data stays.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

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
  pid: path.join(DIR, 'dockerd.pid'),
  log: path.join(DIR, 'dockerd.log'),
};
export const PRIVATE = `unix://${PATHS.socket}`;
const BRIDGE = `berth-${key}`;
const START_SECONDS = 60;

/** Asks an engine at a DOCKER_HOST over its HTTP API: `{ status, text }`. */
export function ask(host, method, url, body, type) {
  const at = new URL(host);
  const where = at.protocol === 'unix:' ? { socketPath: at.pathname } : { host: at.hostname, port: at.port || 2375 };
  const headers = type === undefined ? {} : { 'content-type': type, 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, method, path: url, headers, timeout: 60_000 }, (answer) => {
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

/** Whether an engine answers there within three seconds. */
export async function answers(host) {
  const late = pause(3_000, false, { ref: false });
  const ping = ask(host, 'GET', '/_ping').then(
    ({ status }) => status === 200,
    () => false,
  );
  return Promise.race([ping, late]);
}

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

/** Why no engine can be set up here, in a sentence that says what to do; undefined if one can. */
export function setupObstacle() {
  const todo = 'install Docker and start it, or set DOCKER_HOST to an engine that runs';
  if (process.env.DOCKER_HOST)
    return `no engine answers at DOCKER_HOST=${process.env.DOCKER_HOST}: start it, or unset DOCKER_HOST`;
  if (process.env.BERTH_ENGINE_SETUP === 'off') return `no engine answers, and BERTH_ENGINE_SETUP=off: ${todo}`;
  if (canInstall()) return undefined;
  return `no engine answers, and only root on a Debian or Ubuntu gets one set up: ${todo}`;
}

/** Whether packages can be installed with apt. */
export function canInstall() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return process.getuid?.() === 0 && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

export const SBIN = `${process.env.PATH}:/usr/sbin:/sbin`;
const has = (command) =>
  ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/bin'].some((dir) => existsSync(path.join(dir, command)));

/** Installs Debian's packages for those of some commands that are missing; services are not started. */
export function install(packages, log) {
  const missing = Object.keys(packages).flatMap((command) => (has(command) ? [] : [packages[command]]));
  if (missing.length === 0) return;
  log(`installing ${missing.join(' and ')} with apt-get`);
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const run = (...args) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    run('-qq', 'update');
    run('-qq', 'install', '-y', '--no-install-recommends', ...missing);
  } finally {
    if (ours) rmSync(policy);
  }
}

// README's tour is typed with curl and Python, strace shows what is synced when, and the page is looked at in Chromium.
const TEST_TOOLS = { curl: 'curl', strace: 'strace', chromium: 'chromium', python3: 'python3' };

/** What the tests use beside the engine. */
export function installTestTools(log) {
  if (canInstall() && process.env.BERTH_ENGINE_SETUP !== 'off') install(TEST_TOOLS, log);
}

/** The private engine's process, if it runs: by its pid file, and only if its command line names our folder. */
function pidOf() {
  if (!existsSync(PATHS.pid)) return undefined;
  const pid = Number(readFileSync(PATHS.pid, 'utf8'));
  const line = `/proc/${pid}/cmdline`;
  return existsSync(line) && readFileSync(line, 'utf8').includes(PATHS.data) ? pid : undefined;
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
  if (second === undefined) throw new Error('every subnet from 172.17.0.0/16 to 172.31.0.0/16 is in use here');
  ip('link', 'add', BRIDGE, 'type', 'bridge');
  ip('address', 'add', `172.${second}.0.1/16`, 'dev', BRIDGE);
  ip('link', 'set', BRIDGE, 'up');
  return BRIDGE;
}

/** Starts the private engine, installing it first where needed, and answers its DOCKER_HOST once it is up. */
export async function up(log) {
  if (await answers(PRIVATE)) return PRIVATE;
  install({ dockerd: 'docker.io', iptables: 'iptables', ip: 'iproute2' }, log);
  for (const dir of [RUN, PATHS.exec, PATHS.data]) mkdirSync(dir, { recursive: true });
  if (pidOf() === undefined) {
    // Left behind by a crash; dockerd and its containerd would wait for whoever has these numbers now.
    for (const stale of [PATHS.pid, path.join(PATHS.exec, 'containerd/containerd.pid')]) rmSync(stale, { force: true });
    log(`starting a private engine under ${path.relative(process.cwd(), DIR) || DIR}`);
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
  }
  for (let second = 0; second < START_SECONDS; second += 0.25) {
    if (await answers(PRIVATE)) return PRIVATE;
    await pause(250);
  }
  throw new Error(`the private engine did not come up within ${START_SECONDS} s; its log ends so:\n${tail()}`);
}

/** Ends the private engine and waits until it has. */
async function stop() {
  const pid = pidOf();
  if (pid === undefined) return false;
  process.kill(pid, 'SIGTERM');
  while (existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) await pause(100);
  if (existsSync(`/sys/class/net/${BRIDGE}`)) ip('link', 'delete', BRIDGE);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , action] = process.argv;
  if (action === 'up') console.log(await up((line) => console.error(line)));
  else if (action === 'stop') console.log((await stop()) ? 'stopped' : 'it did not run');
  else if (action === 'status') console.log((await answers(PRIVATE)) ? `up at ${PRIVATE}` : 'down');
  else {
    console.error('usage: node scripts/engine.mjs up|stop|status');
    process.exitCode = 2;
  }
}
