// node scripts/compose-cli.mjs   prints the path of Docker Compose v2, which it fetches where there is none.
//
// The tests hold what is exported against the real one. Debian has it from trixie on: the package is downloaded with an
// apt state of its own below data/, unpacked beside it and run from there. Nothing of the system is changed, and no root
// is needed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DATA } from './engine.mjs';

const SUITE = 'trixie';
const DIR = path.join(DATA, 'compose-cli');
const BINARY = path.join(DIR, 'usr/libexec/docker/cli-plugins/docker-compose');
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const TOOLS = ['/usr/bin/apt-get', '/usr/bin/dpkg-deb', KEYRING];

/** Why there is no Docker Compose to be had here, in a sentence; undefined where there is. */
export function composeMissing() {
  if (process.env.DOCKER_COMPOSE || existsSync(BINARY)) return undefined;
  const missing = TOOLS.filter((file) => !existsSync(file));
  if (missing.length === 0) return undefined;
  return `fetching Docker Compose needs ${missing.join(', ')}: install them, or set DOCKER_COMPOSE to an existing Compose plugin`;
}

/** The path of Docker Compose v2: DOCKER_COMPOSE, or Debian's own, fetched once. @throws with what apt said */
export function composeCli() {
  if (process.env.DOCKER_COMPOSE) return process.env.DOCKER_COMPOSE;
  if (existsSync(BINARY)) return BINARY;
  const reason = composeMissing();
  if (reason !== undefined) throw new Error(reason);
  // Made beside its place and put there in one step: whoever finds it finds all of it.
  const work = `${DIR}-${process.pid}`;
  try {
    const root = path.join(work, 'root');
    execFileSync('dpkg-deb', ['--extract', download(path.join(work, 'apt')), root], { stdio: 'pipe' });
    if (!existsSync(BINARY)) renameSync(root, DIR);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return BINARY;
}

/** The package, fetched with an apt state of its own in a folder. */
function download(apt) {
  for (const folder of ['lists/partial', 'archives/partial', 'parts']) {
    mkdirSync(path.join(apt, folder), { recursive: true });
  }
  const sources = path.join(apt, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror()} ${SUITE} main\n`);
  const options = {
    'Dir::State': apt,
    'Dir::State::lists': path.join(apt, 'lists'),
    'Dir::Cache': apt,
    'Dir::Cache::archives': path.join(apt, 'archives'),
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': path.join(apt, 'parts'),
    // The user that apt would change to may not write here.
    'APT::Sandbox::User': '',
  };
  const given = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const run = (...words) => execFileSync('apt-get', [...given, '-qq', ...words], { cwd: apt, stdio: 'pipe' });
  run('update');
  run('download', 'docker-compose');
  const deb = readdirSync(apt).find((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error(`apt-get found no docker-compose in ${SUITE}`);
  return path.join(apt, deb);
}

/** The mirror that the system's own apt uses. */
function mirror() {
  const sites = execFileSync('apt-get', ['indextargets', '--format', '$(SITE)'], { encoding: 'utf8' }).split('\n');
  return sites.find((site) => /\/debian\/?$/.test(site)) ?? 'http://deb.debian.org/debian';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${composeCli()}\n`);
