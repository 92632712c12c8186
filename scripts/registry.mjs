// node scripts/registry.mjs   prints the path of docker-registry, which it fetches where there is none.
//
// The tests pull from Debian's own.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackage, missingTools } from './debian-package.mjs';
import { DATA } from './engine.mjs';

const DIR = path.join(DATA, 'docker-registry');
const BINARIES = ['/usr/bin/docker-registry', path.join(DIR, 'usr/bin/docker-registry')];

/** Why there is no registry to be had here, in a sentence; undefined where there is. */
export function registryMissing() {
  if (BINARIES.some((file) => existsSync(file))) return undefined;
  const missing = missingTools();
  return missing.length === 0
    ? undefined
    : `fetching docker-registry needs ${missing.join(', ')}: install them, or docker-registry`;
}

/** The path of the registry's program. @throws with what apt said */
export function registryProgram() {
  const found = BINARIES.find((file) => existsSync(file));
  if (found !== undefined) return found;
  fetchPackage({ name: 'docker-registry', suite: 'bookworm' }, DIR, BINARIES[1]);
  return BINARIES[1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${registryProgram()}\n`);
