// Fetches a package of Debian's without installing it: with an apt state of its own below data/, unpacked beside it and run
// from there. Nothing of the system is changed, and no root is needed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const TOOLS = ['/usr/bin/apt-get', '/usr/bin/dpkg-deb', KEYRING];

/** The files that are missing here for fetching a package. */
export const missingTools = () => TOOLS.filter((file) => !existsSync(file));

/**
 * Unpacks a package into a folder, unless it is there.
 *
 * @param binary a file of it, in that folder
 * @throws with what apt said
 */
export function fetchPackage({ name, suite }, folder, binary) {
  if (existsSync(binary)) return;
  // Made beside its place and moved there in one step, so that nobody sees half of it.
  const work = `${folder}-${process.pid}`;
  try {
    const root = path.join(work, 'root');
    execFileSync('dpkg-deb', ['--extract', download({ name, suite }, path.join(work, 'apt')), root], { stdio: 'pipe' });
    if (!existsSync(binary)) renameSync(root, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The package, fetched with an apt state of its own in a folder. */
function download({ name, suite }, apt) {
  for (const folder of ['lists/partial', 'archives/partial', 'parts']) {
    mkdirSync(path.join(apt, folder), { recursive: true });
  }
  const sources = path.join(apt, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror()} ${suite} main\n`);
  const options = {
    'Dir::State': apt,
    'Dir::State::lists': path.join(apt, 'lists'),
    'Dir::Cache': apt,
    'Dir::Cache::archives': path.join(apt, 'archives'),
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': path.join(apt, 'parts'),
    // The user that apt would change to may not write here.
    'APT::Sandbox::User': '',
    // Otherwise a mirror that can't be reached is only a warning.
    'APT::Update::Error-Mode': 'any',
  };
  const given = Object.entries(options).flatMap(([option, value]) => ['-o', `${option}=${value}`]);
  const run = (...words) => execFileSync('apt-get', [...given, '-qq', ...words], { cwd: apt, stdio: 'pipe' });
  run('update');
  run('download', name);
  const deb = readdirSync(apt).find((file) => file.endsWith('.deb'));
  if (deb === undefined) throw new Error(`apt-get found no ${name} in ${suite}`);
  return path.join(apt, deb);
}

/** The mirror that the system's own apt uses. */
function mirror() {
  const sites = execFileSync('apt-get', ['indextargets', '--format', '$(SITE)'], { encoding: 'utf8' }).split('\n');
  return sites.find((site) => /\/debian\/?$/.test(site)) ?? 'http://deb.debian.org/debian';
}
