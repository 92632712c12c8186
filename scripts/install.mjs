// Installs the dependencies beside their place and moves them there in one step, so that node_modules is never half full.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { throwIfInterrupted } from './run.mjs';

const STAGING = '.berth-install';
const FILES = ['package.json', 'package-lock.json', '.npmrc'];

const packagesOf = (file) =>
  Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages).filter(([at]) => at !== '');

/**
 * Says what keeps the packages of a folder from being complete; undefined where nothing does. npm writes
 * node_modules/.package-lock.json when all packages are in place: each that package-lock.json names has to be in it in the same
 * version, unless it is for another platform, and its folder has to exist.
 */
export function missingPackage(folder) {
  const written = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(written)) return 'node_modules/.package-lock.json is missing';
  const installed = new Map(packagesOf(written));
  const locked = packagesOf(path.join(folder, 'package-lock.json'));
  const absent = locked.find(([at, { version, integrity, optional }]) => {
    const found = installed.get(at);
    if (found === undefined) return !optional;
    return found.version !== version || found.integrity !== integrity;
  });
  if (absent !== undefined) return `${absent[0]} is not installed in version ${absent[1].version}`;
  const gone = [...installed.keys()].find((at) => !existsSync(path.join(folder, at, 'package.json')));
  return gone === undefined ? undefined : `${gone} is incomplete`;
}

/** Removes what an installation left behind that was killed. */
export function cleanInstall(folder) {
  rmSync(path.join(folder, STAGING), { recursive: true, force: true });
}

/**
 * Installs the packages of a folder. Whatever ends it early, node_modules stays as it was or is missing.
 *
 * @param npmCi runs `npm ci` in the folder that it is given
 */
export async function installPackages(folder, npmCi) {
  const staging = path.join(folder, STAGING);
  cleanInstall(folder);
  try {
    mkdirSync(staging);
    for (const file of FILES) {
      if (existsSync(path.join(folder, file))) copyFileSync(path.join(folder, file), path.join(staging, file));
    }
    await npmCi(staging);
    // Some versions of npm end with status 0 after a signal.
    throwIfInterrupted();
    const missing = missingPackage(staging);
    if (missing !== undefined) throw new Error(`npm ci ended without an error, but ${missing}: run the command again`);
    const [place, old] = [path.join(folder, 'node_modules'), path.join(staging, 'old')];
    if (existsSync(place)) renameSync(place, old);
    renameSync(path.join(staging, 'node_modules'), place);
  } finally {
    cleanInstall(folder);
  }
}
