/** The tutorial's images on a machine without an engine. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

it('npm run images without an engine says in one sentence which address does not answer and what to do', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-images-'));
  const host = `unix://${folder}/none`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/images.mjs'], {
    encoding: 'utf8',
    env: { ...process.env, DOCKER_HOST: host },
  });
  rmSync(folder, { recursive: true });
  expect({ status, stdout, stderr }).toEqual({
    ...{ status: 1, stdout: '' },
    stderr: `berth: no engine answers at ${host}: npm start sets one up, or set DOCKER_HOST to a running engine\n`,
  });
});
