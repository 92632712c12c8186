/** Use of the engine's disk, as the API shows it. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeEach(async () => {
  t = await testBerth();
});
afterEach(() => t.stop());
const { declare } = declaring(() => t);

it('GET /v1/disk shows what a definition uses, and what nothing uses', async () => {
  const [name, volume, unused] = [unique('disk'), unique('disk-data'), unique('disk-unused')];
  await docker.createVolume({ Name: unused });
  try {
    const volumes = [{ volume, target: '/data' }];
    await declare({ name, image: 'training/webapp', volumes, logOptions: { 'max-size': '1m' }, stopTimeoutSeconds: 1 });
    const { body } = await t.http.get('/v1/disk').expect(200);
    const of = (list: readonly { name: string }[], one: string) => list.find((entry) => entry.name === one);
    const image = body.images.find(({ tags }: { tags: readonly string[] }) => tags.includes('training/webapp:latest'));
    expect(image.sizeBytes).toBeGreaterThan(0);
    expect(image.usedBy).toContain(name);
    expect(of(body.volumes, volume)).toMatchObject({ usedBy: [name] });
    expect(of(body.volumes, unused)).toMatchObject({ usedBy: [] });
    expect(of(body.containers, name)).toMatchObject({ writtenBytes: expect.any(Number) });
    expect(of(body.logs, name)).toEqual({ name, maxBytes: 1024 * 1024 });
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
  } finally {
    await docker.getVolume(unused).remove();
    await docker.getVolume(volume).remove({ force: true });
  }
});
