/** A full disk of the engine is one condition of the host: what runs is left alone, and all goes on when there is room. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring } from '../declaring.js';
import { eventually, type TestBerth, testBerth } from '../support.js';
import { CAN_RUN_ENGINE, OwnEngine } from './own-engine.js';

describe.skipIf(!CAN_RUN_ENGINE)('an engine whose disk is full', () => {
  let engine: OwnEngine;
  let t: TestBerth;
  beforeAll(async () => {
    engine = await new OwnEngine({ diskMegabytes: 400 }).start();
    t = await testBerth({ engine: engine.host });
  });
  afterAll(async () => {
    engine?.emptyDisk();
    await t?.stop();
    await engine?.remove();
  });
  const { declare, get } = declaring(() => t);
  const ready = async (name: string) =>
    (await get(name)).status.conditions.find(({ type }: { type: string }) => type === 'Ready');
  const startedAt = async (name: string) => (await engine.docker.getContainer(name).inspect()).State.StartedAt;

  it('leaves what runs alone, says so once, and does what waited when there is room again', async () => {
    await declare({ name: 'first', image: 'training/webapp', ports: ['18090:5000'] });
    await declare({ name: 'second', image: 'training/webapp' });
    const before = [await startedAt('first'), await startedAt('second')];
    engine.fillDisk();
    await t.http.patch('/v1/containers/first').send({ env: { A: '1' } });
    await t.http.post('/v1/containers').send({ name: 'third', image: 'training/webapp' });
    for (const name of ['first', 'third']) {
      await eventually(async () => {
        expect(await ready(name)).toMatchObject({ status: 'False', reason: 'EngineDiskFull' });
      });
    }
    expect((await t.http.get('/v1/engine')).body.diskFull.message).toMatch(/no space left on device/);
    expect((await t.http.get('/readyz')).body.engine).toMatch(/disk is full/);
    expect([await startedAt('first'), await startedAt('second')]).toEqual(before);
    expect((await engine.docker.getContainer('first').inspect()).State.Running).toBe(true);
    expect(await ready('second')).toMatchObject({ status: 'True' });

    engine.emptyDisk();
    for (const name of ['first', 'third']) {
      await eventually(async () => expect(await ready(name)).toMatchObject({ status: 'True' }), 40_000);
    }
    expect((await engine.docker.getContainer('first').inspect()).Config.Env).toContain('A=1');
    expect((await t.http.get('/v1/engine')).body.diskFull).toBeNull();
    const { items } = (await t.http.get('/v1/events?limit=500')).body;
    expect(items.filter(({ type }: { type: string }) => type === 'RolledBack')).toEqual([]);
    expect(await startedAt('second')).toBe(before[1]);
  });
});
