/** A named volume that vanished: the engine makes it again, empty, and a condition says so. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring } from './declaring.js';
import { docker, eventually, type TestBerth, testBerth } from './support.js';

const VOLUME = 'berth-volumes-kept';

describe('a named volume', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
  });
  afterAll(async () => {
    await t?.stop();
    await docker.getVolume(VOLUME).remove();
  });
  const { declare, get } = declaring(() => t);
  const kept = async () =>
    (await get('keeper')).status.conditions.find(({ type }: { type: string }) => type === 'VolumesKept');

  it('that was removed with its container is reported as created again, empty', async () => {
    await declare({
      ...{ name: 'keeper', image: 'training/webapp', volumes: [{ volume: VOLUME, target: '/data' }] },
    });
    expect(await kept()).toBeUndefined();
    await t.close();
    await docker.getContainer('keeper').remove({ force: true });
    await docker.getVolume(VOLUME).remove();
    t = await t.restart();
    await eventually(async () => {
      expect(await kept()).toMatchObject({ status: 'False', reason: 'VolumeRecreated' });
    });
    await eventually(async () => {
      const { items } = (await t.http.get('/v1/events?limit=500')).body;
      const reported = items.filter(({ reason }: { reason: string }) => reason === 'VolumeRecreated');
      expect(reported).toHaveLength(1);
    });
    await t.http.patch('/v1/containers/keeper?wait=30').send({ env: { A: '1' } });
    await eventually(async () => expect(await kept()).toBeUndefined());
  });
});
