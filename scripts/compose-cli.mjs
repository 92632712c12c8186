// node scripts/compose-cli.mjs   prints the path of Docker Compose v2, which it fetches where there is none.
//
// The tests hold what is exported against the real one. Debian has it from trixie on.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackage, missingTools } from './debian-package.mjs';
import { DATA } from './engine.mjs';

const DIR = path.join(DATA, 'compose-cli');
const BINARY = path.join(DIR, 'usr/libexec/docker/cli-plugins/docker-compose');

/** Why there is no Docker Compose to be had here, in a sentence; undefined where there is. */
export function composeMissing() {
  if (process.env.DOCKER_COMPOSE || existsSync(BINARY)) return undefined;
  const missing = missingTools();
  if (missing.length === 0) return undefined;
  return `fetching Docker Compose needs ${missing.join(', ')}: install them, or set DOCKER_COMPOSE to an existing Compose plugin`;
}

/** The path of Docker Compose v2: DOCKER_COMPOSE, or Debian's own, fetched once. @throws with what apt said */
export function composeCli() {
  if (process.env.DOCKER_COMPOSE) return process.env.DOCKER_COMPOSE;
  const reason = composeMissing();
  if (reason !== undefined) throw new Error(reason);
  fetchPackage({ name: 'docker-compose', suite: 'trixie' }, DIR, BINARY);
  return BINARY;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${composeCli()}\n`);
