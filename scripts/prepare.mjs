// node scripts/prepare.mjs start|test|engines|check   what npm start, npm test, npm run test:engines and npm run check need,
// made where it is missing: the dependencies, Prisma's client, the server and the page (not for check), and a container engine (for start
// and test). Plain Node, since it comes first.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DATA, findEngine, installTestTools, setupObstacle, up } from './engine.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [, , purpose] = process.argv;
const say = (line) => console.error(`berth: ${line}`);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Node.js ${process.versions.node} is too old: install 20.19 or newer`);
  process.exit(1);
}
process.chdir(ROOT);

/** Every file below some paths, sorted. */
const filesBelow = (...paths) =>
  paths
    .flatMap((at) =>
      existsSync(at) && !at.includes('.')
        ? readdirSync(at, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
        : [at],
    )
    .sort();

/** Runs a step unless its inputs are those of its last run and its output is there. */
function step({ what, inputs, output, run }) {
  const hash = createHash('sha256');
  for (const file of filesBelow(...inputs)) hash.update(file).update(readFileSync(file));
  const now = hash.digest('hex');
  const stamp = path.join('node_modules', `.berth-${path.basename(output)}`);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  say(what);
  try {
    run();
  } catch (error) {
    say(`${what} failed, see above (${error.message.split('\n', 1)[0]})`);
    process.exit(1);
  }
  writeFileSync(stamp, now);
}

const run = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 2, 2] });
const node = (...args) => run(process.execPath, ...args);

step({
  what: 'installing dependencies (npm ci)',
  inputs: ['package-lock.json'],
  output: 'node_modules/fastify',
  run: () => run('npm', 'ci', '--loglevel=error'),
});
step({
  what: 'generating the database client',
  inputs: ['prisma/schema.prisma'],
  output: 'src/generated/prisma',
  run: () => node('scripts/prisma.mjs', 'generate'),
});
if (purpose !== 'check') {
  step({
    what: 'building',
    inputs: ['src', 'scripts/bundle.mjs', 'package-lock.json'],
    output: 'dist/main.js',
    run: () => node('scripts/bundle.mjs'),
  });
  step({
    what: 'building the page',
    inputs: ['src/page', 'openapi', 'vite.config.ts', 'package-lock.json'],
    output: 'dist/page',
    run: () => node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'),
  });
  mkdirSync(DATA, { recursive: true, mode: 0o700 });
  if (purpose === 'test') installTestTools(say);
}
if (purpose === 'start' || purpose === 'test') {
  const host = await settleEngine();
  writeFileSync(path.join(DATA, 'start.env'), host === undefined ? '' : `DOCKER_HOST=${host}\n`);
}

/** An engine that answers, set up where none does and that may be. */
async function settleEngine() {
  const found = await findEngine();
  if (found !== undefined) {
    say(`using the engine at ${found}`);
    return found;
  }
  const obstacle = setupObstacle();
  if (obstacle === undefined) return up(say);
  say(obstacle);
  if (purpose === 'test') process.exit(1);
  say('starting without an engine: definitions are stored, and followed as soon as one answers');
  return undefined;
}
