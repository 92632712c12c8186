/** Free space of the engine's disk, read from the file system where Berth sees it. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freeSpace } from '../../../src/engine/docker/probe/free-space.js';

const root = mkdtempSync(path.join(tmpdir(), 'berth-root-'));
beforeAll(() => mkdirSync(path.join(root, 'engine', 'containers'), { recursive: true }));
afterAll(() => rmSync(root, { recursive: true }));

const refused = (code: string) => async () => {
  throw Object.assign(new Error(code), { code });
};
const statfs = async () => ({ bavail: 3, bsize: 4096 });

it("is read of the engine's own folder", async () => {
  expect(await freeSpace(path.join(root, 'engine'))).toBeGreaterThan(0);
});

it("is not known of a folder that is not there, or that is not the engine's", async () => {
  expect(await freeSpace(path.join(root, 'absent'))).toBeNull();
  expect(await freeSpace(root)).toBeNull();
});

it("is read without the right to look into the engine's folder", async () => {
  expect(await freeSpace('/x', { access: refused('EACCES'), statfs })).toBe(3 * 4096);
});

it('is not known where the file system does not say', async () => {
  expect(await freeSpace('/x', { access: async () => undefined, statfs: refused('EIO') })).toBeNull();
});
