// node scripts/prepare.mjs start|test|quick|engines|check   what npm start, npm test, npm run test:quick, test:engines and check need,
// made where it is missing: the dependencies, Prisma's client, the server and the page (not for check), and a container engine (for start,
// test and quick). Plain Node, since it comes first. It can be interrupted at any moment, and the next run goes on from there.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeStalePolicy } from './apt.mjs';
import { canInstall, DATA, findEngine, installTestTools, PRIVATE, setupObstacle, up } from './engine.mjs';
import { cleanInstall, installPackages, missingPackage } from './install.mjs';
import { takeLock } from './lock.mjs';
import { remedy, tooSmall } from './remedy.mjs';
import { Interrupted, run, throwIfInterrupted, watchSignals } from './run.mjs';
import { runStep } from './steps.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [, , purpose] = process.argv;
const isTest = purpose === 'test' || purpose === 'quick';
/** What ends the private engine; it goes on when Berth ends. */
const ENDS = '; it keeps running until "node scripts/engine.mjs stop"';
const say = (line) => console.error(`berth: ${line}`);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Node.js ${process.versions.node} is too old: install 20.19 or newer`);
  process.exit(1);
}
/** The room that the packages take in this folder. */
const PACKAGES_MB = 700;
process.chdir(ROOT);
watchSignals();
try {
  await prepare();
} catch (error) {
  if (error instanceof Interrupted) {
    say(`${error.message}; the next run continues from here`);
    process.exit(error.exitCode);
  }
  if (error.output !== undefined) process.stderr.write(error.output);
  const advice = error.code === undefined ? undefined : remedy(error.message);
  say(advice === undefined ? error.message : `${error.message}: ${advice}`);
  process.exit(1);
}
process.exit(0);

async function prepare() {
  mkdirSync(DATA, { recursive: true, mode: 0o700 });
  const fd = await takeLock(path.join(DATA, 'prepare.lock'), (pid) =>
    say(`waiting for another preparation of this folder to finish (process ${pid})`),
  );
  if (canInstall()) removeStalePolicy();
  const node = (...args) => run(process.execPath, args, { fd });
  if (missingPackage('.') !== undefined) {
    const full = tooSmall(ROOT, PACKAGES_MB);
    if (full !== undefined) throw new Error(full);
    say('installing dependencies (npm ci): about 650 MB, a minute or two');
    await installPackages('.', (folder) => run('npm', ['ci', '--loglevel=error'], { fd, cwd: folder }));
  } else cleanInstall('.');
  await step({
    what: 'generating the database client',
    inputs: ['prisma/schema.prisma'],
    output: 'src/generated/prisma',
    run: () => node('scripts/prisma.mjs', 'generate'),
  });
  if (purpose !== 'check') {
    await step({
      what: 'building',
      inputs: ['src', 'scripts/bundle.mjs', 'package-lock.json'],
      output: 'dist/main.js',
      run: () => node('scripts/bundle.mjs'),
    });
    await step({
      what: 'building the page',
      inputs: ['src/page', 'openapi', 'vite.config.ts', 'package-lock.json'],
      output: 'dist/page',
      run: () => node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'),
    });
  }
  if (purpose === 'test') await installTestTools(say, { fd });
  if (purpose === 'start' || isTest) {
    const host = await settleEngine({ fd });
    writeFileSync(path.join(DATA, 'start.env'), host === undefined ? '' : `DOCKER_HOST=${host}\n`);
  }
  throwIfInterrupted();
}

/** Runs a step where its inputs have changed since its last success. */
function step({ what, run: work, ...rest }) {
  return runStep({
    ...rest,
    stamp: path.join('node_modules', `.berth-${path.basename(rest.output)}`),
    async run() {
      say(what);
      await work();
      throwIfInterrupted();
    },
  });
}

/** An engine that answers, set up where none does and that may be. */
async function settleEngine(options) {
  const found = await findEngine();
  if (found !== undefined) {
    const isPrivate = found === PRIVATE;
    say(`using the ${isPrivate ? 'private ' : ''}engine at ${found}${isPrivate ? ENDS : ''}`);
    return found;
  }
  const obstacle = await setupObstacle();
  if (obstacle === undefined) return up(say, options);
  say(obstacle);
  if (isTest) throw new Error('the tests need an engine');
  say('starting without an engine: definitions are stored, and applied as soon as an engine answers');
  return undefined;
}
