import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { openStore } from '../../../src/store/store.js';
import { optionsFor, put, storeOn, tempDir } from './support.js';

const HAMMER = fileURLToPath(new URL('hammer.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Another server on a folder, which has it open and writes; killed at the latest when the test is over. */
async function otherServer(dataDir: string, prefix = 'c') {
  const child = spawn(process.execPath, ['--import', 'tsx', HAMMER, dataDir, prefix], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const drained = once(reader, 'close');
  const kill = async (): Promise<readonly string[]> => {
    child.kill('SIGKILL');
    await Promise.all([exited, drained]);
    return lines.slice(1);
  };
  onTestFinished(async () => void (await kill()));
  await Promise.race([
    once(reader, 'line'),
    exited.then(([code]) => Promise.reject(new Error(`the other server ended with ${code}`))),
  ]);
  const acknowledged = async (count: number): Promise<void> => {
    while (lines.length <= count) await once(reader, 'line');
  };
  return { kill, acknowledged };
}

describe('a data folder', () => {
  it('has one server, and is free when that is killed', async () => {
    const dir = tempDir();
    const other = await otherServer(dir);
    await expect(openStore(optionsFor(dir))).rejects.toThrow(
      `another Berth is running on ${dir}: stop it, or give this one another BERTH_DATA_DIR`,
    );
    await other.kill();
    await put(await storeOn(dir), 'mine');
  });

  it('has one server inside of one process too', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    await expect(openStore(optionsFor(dir))).rejects.toThrow('another Berth is running');
    await put(store, 'web');
    await store.close();
    expect((await storeOn(dir)).byName('web')).toBeDefined();
  });

  it('is free again after a start that was refused', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir, { instance: 'one' }));
    await put(store, 'web');
    await store.close();
    await expect(openStore(optionsFor(dir, { instance: 'two' }))).rejects.toThrow('belongs to the instance one');
    await storeOn(dir);
  });

  it('that can not be used is told apart from one that has a server', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    await store.close();
    rmSync(path.join(dir, 'berth.lock'));
    mkdirSync(path.join(dir, 'berth.lock'));
    await expect(openStore(optionsFor(dir))).rejects.toThrow(`the data folder ${dir} can't be used`);
  });
});

it('a server that is killed while it writes loses nothing that it acknowledged, nor half of anything', async () => {
  const dir = tempDir();
  const acknowledged: string[] = [];
  for (const prefix of ['x', 'y', 'z']) {
    const other = await otherServer(dir, prefix);
    await other.acknowledged(30);
    acknowledged.push(...(await other.kill()));
  }
  const store = await storeOn(dir);
  const stored = store.all().map(({ uid, name }) => `${name} ${store.reservationsOf(uid).map((c) => c.hostPort)}`);
  expect(acknowledged.length).toBeGreaterThanOrEqual(90);
  expect(acknowledged.filter((line) => !stored.includes(line))).toEqual([]);
  expect(stored.filter((line) => !/^\S+ \d+$/.test(line))).toEqual([]);
  expect(stored.length).toBeLessThanOrEqual(acknowledged.length + 2 * 3);
  expect(new Set(store.claims(LOCAL_HOST, 'tcp').map((claim) => claim.hostPort)).size).toBe(stored.length);
});
