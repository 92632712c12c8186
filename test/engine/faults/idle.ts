/** Where all is as wanted, nothing is written. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { unique } from '../declaring.js';
import { eventually, type TestBerth } from '../support.js';
import { change, type FaultProxy } from './proxy.js';

/** Every file of the data folder, with its size and when it was written. */
const written = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => existsSync(file) && statSync(file).isFile())
    .map((file) => [file, statSync(file).size, statSync(file).mtimeMs]);

/**
 * Declares so many, a third of them linked, waits until they are ready, and then for so many milliseconds: in these the
 * engine hears no change, and no file of the database is written.
 */
export async function staysIdle(
  t: TestBerth,
  proxy: FaultProxy,
  { definitions, ms }: { readonly definitions: number; readonly ms: number },
): Promise<void> {
  const names = Array.from({ length: definitions }, () => unique('idle'));
  const inputs = names.map((name, i) => ({
    ...{ name, image: 'training/webapp', publishAll: true },
    links: i % 3 === 2 ? [`${names[i - 1]}:source`] : [],
  }));
  expect((await t.http.post('/v1/apply').send({ set: 'idle', containers: inputs })).status).toBe(200);
  await eventually(async () => {
    const { items } = (await t.http.get('/v1/containers?limit=500')).body;
    expect(items.filter(({ status }: { status: { ready: boolean } }) => status.ready)).toHaveLength(definitions);
    const metrics = (await t.http.get('/metrics')).text;
    expect(metrics).toMatch(/^berth_queue_depth 0$/m);
  }, 300_000);
  // The record of what happened is gathered for a moment before it is stored.
  await pause(1_000);
  const [changes, asked, files] = [proxy.count(change), proxy.calls.length, written(t.dataDir)];
  expect(files.length).toBeGreaterThan(1);
  await pause(ms);
  expect(proxy.calls.length).toBeGreaterThan(asked);
  expect(proxy.calls.filter(change).slice(changes)).toEqual([]);
  expect(written(t.dataDir)).toEqual(files);
}
