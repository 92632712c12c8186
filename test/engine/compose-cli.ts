/** Docker Compose itself, to hold ours against. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeCli } from '../../scripts/compose-cli.mjs';
import { ENGINE_HOST } from './support.js';

export { composeMissing } from '../../scripts/compose-cli.mjs';

/**
 * Runs `docker compose` on a file, with these variables and none of ours.
 * @returns what it printed
 * @throws Error with what it said
 */
export function dockerCompose(
  file: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-compose-'));
  try {
    // A folder named as a project can be: the name of one that gives itself none.
    const home = path.join(folder, 'unnamed');
    mkdirSync(home);
    writeFileSync(path.join(home, 'compose.yaml'), file);
    return execFileSync(composeCli(), [...words], {
      cwd: home,
      env: { PATH: process.env['PATH'], HOME: home, DOCKER_HOST: ENGINE_HOST, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    throw new Error(`docker compose ${words.join(' ')}: ${stderr}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
