// npm run test:start -- [SCENARIO…] [--suite bookworm,trixie] [--node 20,22,24] [--every SECONDS] [--from SECONDS] [--to SECONDS]
//   [--moment TEXT,…]
//
// Tries the first start on bare Debian machines with the npm that each Node.js is shipped with: root, Debian, minutes. Without
// a scenario it runs all but `test`. Each result is a line; the exit status is 1 where one failed.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bareMachine, filesLeft, NODES, SUITES } from './bare-root.mjs';
import { DATA } from './engine.mjs';
import { obstacle } from './engines.mjs';

const CTRL_C = '\x03';
/** How long anything may take before it counts as hanging, in milliseconds. */
const PATIENCE_MS = 600_000;
const MAX_TEST_MS = 3_600_000;
const STARTED = /Sign in {5}http:\S+#token=/;

/** The warning of a kernel that gives Berth's ports to outgoing connections, as each does by default. */
const EXPECTED = /WARN: host ports from \d+ to \d+ are picked, .* Reserve them: sysctl/;

/** What the first start announces, in this order. */
const MOMENTS = [
  'installing dependencies',
  'generating the database client',
  'building',
  'building the page',
  'installing docker.io',
  'starting a private engine',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: 'string', default: SUITES.join() },
    node: { type: 'string', default: Object.keys(NODES).join() },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '600' },
    moment: { type: 'string' },
  },
});
const log = (line) => console.error(`berth: ${line}`);

/** Runs a command of the machine on a terminal of its own. */
function onTerminal(machine, text) {
  const [command, ...args] = machine.command(text, { isTerminal: true });
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const terminal = {
    said: '',
    ended: undefined,
    type: (keys) => child.stdin.write(keys),
    /** Waits until something has been printed, or the command has ended. @throws after ten minutes, with what was printed */
    async until(isDone, ms = PATIENCE_MS) {
      for (const begun = performance.now(); terminal.ended === undefined && !isDone(terminal.said); await pause(50)) {
        if (performance.now() - begun > ms) throw new Error(`it hangs:\n${terminal.said}`);
      }
      return terminal;
    },
    end: () => terminal.until(() => false),
  };
  child.stdout.setEncoding('utf8').on('data', (part) => {
    terminal.said += part;
  });
  child.once('close', (code) => {
    terminal.ended = code;
  });
  return terminal;
}

function check(isTrue, message, said = '') {
  if (!isTrue) throw new Error(`${message}\n${said}`);
}

/** What is not as on a machine on which nothing was started; the engine counts only where it should have ended. */
function left(machine, { engine }) {
  const script = [
    'for f in /usr/sbin/policy-rc.d .berth-install /etc/docker/key.json /run/docker; do [ -e $f ] && echo "$f is there"; done',
    // Its own first process and what this runs are no finding.
    `for p in /proc/[0-9]*; do n=\${p#/proc/}; [ $n = 1 ] || [ $n = $$ ] || tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -v '^sleep 1 $\\|^grep\\|^tr ' | grep . | sed 's/^/running: /'; done`,
    ...(engine
      ? [
          'ls /sys/class/net | grep -v "^lo$\\|^tunl0$\\|^sit0$\\|^ip6tnl0$" | sed "s/^/interface: /"',
          '[ $(cat /proc/sys/net/ipv4/ip_forward) = 0 ] || echo "it forwards packets"',
          'if command -v iptables-save >/dev/null; then (iptables-save; ip6tables-save) | grep "DOCKER\\|FORWARD DROP"; fi',
        ]
      : []),
    'true',
  ].join('\n');
  const lines = machine
    .sh(script)
    .text.split('\n')
    .filter((line) => line !== '' && !line.startsWith('running: sh -c'));
  const isEngine = (line) => /dockerd|containerd|\/etc\/docker|\/run\/docker/.test(line);
  return engine ? lines : lines.filter((line) => !isEngine(line));
}

/** Starts, looks at the answer, stops, stops the engine, and looks at what is left. */
async function startsAndStops(machine) {
  const terminal = await onTerminal(machine, 'npm start').until((said) => STARTED.test(said));
  check(STARTED.test(terminal.said), 'npm start ended without a sign-in link', terminal.said);
  const answer = machine.sh(
    `node -e "fetch('http://127.0.0.1:8080/readyz').then(async (r) => console.log(r.status, await r.text()))"`,
  );
  check(answer.text.startsWith('200'), 'the server is not ready', `${answer.text}${terminal.said}`);
  terminal.type(CTRL_C);
  await terminal.end();
  stopEngine(machine);
  return terminal;
}

function stopEngine(machine) {
  const stopped = machine.sh('node scripts/engine.mjs stop');
  check(stopped.status === 0, 'the engine could not be stopped', stopped.text);
  const found = left(machine, { engine: true });
  check(found.length === 0, 'left behind after the engine was stopped:', found.join('\n'));
}

const machines = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    for (const machine of machines) await machine.end();
    process.exit(128 + constants.signals[signal]);
  });
}

async function on(options, work) {
  const machine = await bareMachine(options);
  machines.add(machine);
  try {
    return await work(machine);
  } finally {
    machines.delete(machine);
    await machine.end();
  }
}

/** What a first start downloads, as a layer: the others need not download it again. */
async function warmLayer(options) {
  const place = path.join(DATA, `bare/warm-${options.suite}-${options.major}`);
  if (existsSync(place)) return place;
  rmSync(`${place}.new`, { recursive: true, force: true });
  await on(options, async (machine) => {
    await startsAndStops(machine);
    for (const dir of ['root/.npm', 'var/cache/apt', 'var/lib/apt']) {
      mkdirSync(path.join(`${place}.new`, path.dirname(dir)), { recursive: true });
      cpSync(path.join(machine.root, dir), path.join(`${place}.new`, dir), { recursive: true });
    }
  });
  renameSync(`${place}.new`, place);
  return place;
}

const seconds = (begun) => `${((performance.now() - begun) / 1000).toFixed(0)} s`;

/** Each scenario answers what is to be said of it. */
const SCENARIOS = {
  /** A first start from nothing, and a second one. */
  start: (options) =>
    on(options, async (machine) => {
      const begun = performance.now();
      const first = await startsAndStops(machine);
      const took = seconds(begun);
      const noise = first.said.split('\n').filter((line) => /warn|error|fail/i.test(line) && !EXPECTED.test(line));
      check(noise.length === 0, 'the first start prints what looks like an error:', noise.join('\n'));
      await startsAndStops(machine);
      return `started in ${took}, started again`;
    }),

  /**
   * Ctrl-C at each second of a first start, each on a machine of its own. The next start is tried once for each set of files that
   * an interrupted one leaves: it has nothing else to go on from.
   */
  async interrupt(options, report) {
    const layers = [await warmLayer(options)];
    const tried = new Map();
    for (let at = Number(values.from); at <= Number(values.to); at += Number(values.every)) {
      const isOver = await on({ ...options, layers }, async (machine) => {
        const begun = performance.now();
        const first = onTerminal(machine, 'npm start');
        // Before the first line there is nothing on the terminal yet that could be interrupted.
        await first.until((said) => STARTED.test(said) || (said !== '' && performance.now() - begun > at * 1000));
        const isStarted = STARTED.test(first.said);
        first.type(CTRL_C);
        await first.end();
        const doing = first.said.match(/berth: (?!interrupted|finishing)[^:;,.(\n]+/g)?.at(-1) ?? 'berth: nothing yet';
        const found = left(machine, { engine: false });
        check(found.length === 0, `after ${at} s, ${doing}, these were left:`, `${found.join('\n')}\n${first.said}`);
        const files = filesLeft(machine).join('\n');
        const same = tried.get(files);
        if (same === undefined) await startsAndStops(machine);
        tried.set(files, same ?? at);
        const next = same === undefined ? 'the next start works' : `the same files as after ${same} s`;
        report(`Ctrl-C after ${at} s (${doing.slice(7)}), status ${first.ended}: nothing left, ${next}`);
        return isStarted;
      });
      if (isOver) return 'interrupted at each moment up to the sign-in link';
    }
    return 'interrupted at each moment asked for';
  },

  /** Ctrl-C a second after each thing that the first start announces, however long those before took. */
  async moments(options, report) {
    const layers = [await warmLayer(options)];
    for (const moment of values.moment?.split(',') ?? MOMENTS) {
      await on({ ...options, layers }, async (machine) => {
        const first = await onTerminal(machine, 'npm start').until((said) => said.includes(moment));
        await pause(1_000);
        first.type(CTRL_C);
        await first.end();
        const found = left(machine, { engine: false });
        check(found.length === 0, `while ${moment}, these were left:`, `${found.join('\n')}\n${first.said}`);
        await startsAndStops(machine);
        report(`Ctrl-C while ${moment}, status ${first.ended}: nothing left, the next start works`);
      });
    }
    return 'interrupted at each announcement';
  },

  /** kill -9 of the preparation while packages are installed. */
  async kill(options) {
    const layers = [await warmLayer(options)];
    for (const moment of ['installing dependencies', 'installing docker.io']) {
      await on({ ...options, layers }, async (machine) => {
        const first = await onTerminal(machine, 'npm start').until((said) => said.includes(moment));
        await pause(2_000);
        machine.sh(
          "cd /proc && for p in [0-9]*; do tr '\\0' ' ' < $p/cmdline | grep -q '^node scripts/prepare' && kill -9 $p; done",
        );
        await first.end();
        await startsAndStops(machine);
      });
    }
    return 'the next start waits for what still runs, and works';
  },

  /** A second start in the same folder while the first one prepares it. */
  async concurrent(options) {
    const layers = [await warmLayer(options)];
    return on({ ...options, layers }, async (machine) => {
      const first = await onTerminal(machine, 'npm start').until((said) => said.includes('installing dependencies'));
      const second = onTerminal(machine, 'npm start');
      await second.until((said) => said.includes('waiting for another preparation'));
      check(second.said.includes('waiting for another preparation'), 'the second start did not wait', second.said);
      await first.until((said) => STARTED.test(said));
      await second.end();
      check(/another Berth is running/.test(second.said) && second.ended !== 0, 'the second start said:', second.said);
      first.type(CTRL_C);
      await first.end();
      stopEngine(machine);
      return 'the second start waited, and then named the first server';
    });
  },

  /** A disk that is too small for the packages, and then is not. */
  'full-disk': (options) =>
    on({ ...options, size: '350m' }, async (machine) => {
      const first = await onTerminal(machine, 'npm start').end();
      check(
        /the disk is full: .*free some space/i.test(first.said) && first.ended !== 0,
        'the start said:',
        first.said,
      );
      const found = left(machine, { engine: true });
      check(found.length === 0, 'left behind:', found.join('\n'));
      machine.resize('4g');
      await startsAndStops(machine);
      return 'said that the disk is full; started once there was room';
    }),

  /** No network at all, and none once the packages of npm are there. */
  'no-network': (options) =>
    on(options, async (machine) => {
      await machine.disconnectNetwork();
      const first = await onTerminal(machine, 'npm start').end();
      check(/the network is down/.test(first.said) && first.ended !== 0, 'the start said:', first.said);
      await machine.connectNetwork();
      const second = await onTerminal(machine, 'npm start').until((said) => said.includes('building the page'));
      await machine.disconnectNetwork();
      await second.end();
      check(/the network is down/.test(second.said) && second.ended !== 0, 'the second start said:', second.said);
      await machine.connectNetwork();
      await startsAndStops(machine);
      return 'said that the network is down, twice; started once it was back';
    }),

  /** Docker is installed, and its daemon is not running. */
  'docker-stopped': (options) =>
    on(options, async (machine) => {
      const installed = machine.sh(
        'printf "#!/bin/sh\\nexit 101\\n" > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends docker.io iptables iproute2; rm /usr/sbin/policy-rc.d',
      );
      check(installed.status === 0, 'docker.io could not be installed', installed.text);
      const terminal = await onTerminal(machine, 'npm start').until((said) => STARTED.test(said));
      check(
        /Docker is installed, but its daemon is not running: start it \(/.test(terminal.said),
        'the start said:',
        terminal.said,
      );
      check(
        machine.sh('grep -l dockerd /proc/[0-9]*/comm').text === '',
        'an engine was started unasked',
        terminal.said,
      );
      terminal.type(CTRL_C);
      await terminal.end();
      return 'said so, started no engine';
    }),

  /** The build in a fresh clone. */
  build: (options) =>
    on(options, async (machine) => {
      const { status, text } = machine.sh(
        'npm ci && npm run build && ls dist/main.js dist/page/index.html dist/sbom.json && node dist/main.js --version',
      );
      check(status === 0, 'npm ci && npm run build failed', text);
      return 'built';
    }),

  quick: (options) => tests(options, 'npm run test:quick'),
  test: (options) => tests(options, 'npm test'),
};

async function tests(options, command) {
  return on(options, async (machine) => {
    const begun = performance.now();
    const terminal = await onTerminal(machine, command).until(() => false, MAX_TEST_MS);
    const last = terminal.said.trimEnd().split('\n').at(-1);
    check(terminal.ended === 0, `${command}: ${last}`, terminal.said);
    stopEngine(machine);
    return `${last} in ${seconds(begun)}`;
  });
}

const problem = obstacle();
const wanted = positionals.length === 0 ? Object.keys(SCENARIOS).filter((name) => name !== 'test') : positionals;
const unknown = wanted.find((name) => !Object.hasOwn(SCENARIOS, name));
if (problem !== undefined || unknown !== undefined) {
  log(problem ?? `unknown scenario ${unknown}: write ${Object.keys(SCENARIOS).join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const suite of values.suite.split(',')) {
  for (const major of values.node.split(',')) {
    for (const name of wanted) {
      const report = (text) =>
        console.log(`${suite}, Node ${NODES[major].node}, npm ${NODES[major].npm}: ${name}: ${text}`);
      try {
        report(await SCENARIOS[name]({ suite, major, log }, report));
      } catch (error) {
        failed += 1;
        report(`FAILED: ${error.message}`);
      }
    }
  }
}
process.exit(failed === 0 ? 0 : 1);
