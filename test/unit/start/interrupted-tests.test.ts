/** Ctrl-C in the middle of `npm test`, on a run of two tests of which one never ends. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-interrupted-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a test run that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s lists the failures so far and leaves no folder behind',
    async (signal) => {
      const waiting = path.join(folder, 'waiting');
      const env = { ...process.env, BERTH_TEST_WAITING: waiting, DOCKER_HOST: `unix://${folder}/none`, NO_COLOR: '1' };
      const words = ['scripts/test.mjs', '--root', 'test/fixtures/interrupted'];
      const run = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      run.stdout.on('data', (part) => {
        said += String(part);
      });
      await expect.poll(() => existsSync(waiting) && statSync(waiting).size).toBeGreaterThan(0);
      await expect.poll(() => said).toContain('fails before the interruption');
      const used = readFileSync(waiting, 'utf8');
      expect(existsSync(used)).toBe(true);
      const closed = once(run, 'close');
      run.kill(signal);
      expect(await closed).toEqual([signal === 'SIGINT' ? 130 : 143, null]);
      expect(said).toContain('interrupted; failures so far:\n  waits.test.ts > fails before the interruption\n');
      expect(said).toContain("expected 'found' to be 'wanted'");
      expect(said.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed');
      expect(existsSync(used)).toBe(false);
    },
  );
});
