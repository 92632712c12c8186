/** Tags that move in their registry: updates, their roll-back, and containers made from the stored digest. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { condition, declaring, unique } from './declaring.js';
import { Registry } from './faults/registry.js';
import { docker, eventually, type TestBerth, testBerth } from './support.js';

let registry: Registry;
let t: TestBerth;
const images = new Set<string>();
beforeEach(async () => {
  registry = await new Registry().listen();
  t = await testBerth({ policy: { images: { registries: ['any', registry.host] } } });
});
afterEach(async () => {
  await t.stop();
  await registry.close();
  for (const id of images) await docker.getImage(id).remove({ force: true });
  images.clear();
});
const { declare, change, ready, because } = declaring(() => t);

const POLICY = { updatePolicy: 'automatic', updateIntervalSeconds: 10, stopTimeoutSeconds: 1 };
const versionOf = async (name: string): Promise<string | undefined> => {
  const { Image } = await docker.getContainer(name).inspect();
  images.add(Image);
  return (await docker.getImage(Image).inspect()).Config.Labels['version'];
};
const runs = (name: string, version: string) =>
  eventually(async () => expect(await versionOf(name)).toBe(version), 60_000);
const remove = (name: string) => t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
const events = async (name: string) =>
  (await t.http.get(`/v1/events?container=${name}&limit=500`)).body.items as readonly {
    type: string;
    reason: string;
  }[];

describe('a tag that moves in its registry', () => {
  it('is an update that waits for a person with notify, and that is made with automatic', async () => {
    const name = unique('update');
    await registry.put('berth-test/app:1', 'training/webapp', 'first');
    const image = registry.reference('berth-test/app:1');
    await declare({ name, image, ...POLICY, updatePolicy: 'notify' });
    await because(name, 'ImageUpdateAvailable', 'UpToDate');
    await registry.put('berth-test/app:1', 'training/webapp', 'second');
    await because(name, 'ImageUpdateAvailable', 'TagMoved');
    expect(await versionOf(name)).toBe('first');
    await change(name, { updatePolicy: 'automatic' });
    await runs(name, 'second');
    await ready(name, (view) => condition(view, 'ImageUpdateAvailable')?.reason === 'UpToDate');
    expect((await events(name)).map(({ reason }) => reason)).toContain('ImageUpdated');
    await remove(name);
  });

  it('is rolled back where the new image fails, is not tried again, and the next one is', async () => {
    const name = unique('update');
    await registry.put('berth-test/bad:1', 'training/webapp', 'first');
    const image = registry.reference('berth-test/bad:1');
    const healthcheck = { command: ['CMD-SHELL', 'test ! -e /added-0'], intervalSeconds: 1, retries: 1 };
    await declare({ name, image, ...POLICY, healthcheck });
    await because(name, 'ImageUpdateAvailable', 'UpToDate');
    const before = (await docker.getContainer(name).inspect()).Id;
    await registry.put('berth-test/bad:1', 'training/webapp', 'bad', [Buffer.from('unhealthy')]);
    await because(name, 'ImageUpdateAvailable', 'RolledBack');
    const view = await because(name, 'Ready', 'RolledBack');
    expect(view.status.ready).toBe(false);
    await eventually(async () => expect((await docker.getContainer(name).inspect()).State.Running).toBe(true));
    expect((await docker.getContainer(name).inspect()).Id, 'the previous container').toBe(before);
    await change(name, { env: { CHANGED: 'yes' } });
    await ready(name);
    expect(await versionOf(name), 'a change of the definition keeps the digest').toBe('first');
    expect((await events(name)).filter(({ reason }) => reason === 'ImageUpdated')).toHaveLength(1);
    await registry.put('berth-test/bad:1', 'training/webapp', 'third');
    await runs(name, 'third');
    await ready(name);
    await remove(name);
  });

  it('does not change what a container that is lost is made from', async () => {
    const name = unique('update');
    await registry.put('berth-test/kept:1', 'training/webapp', 'first');
    const image = registry.reference('berth-test/kept:1');
    await declare({ name, image, stopTimeoutSeconds: 1 });
    await registry.put('berth-test/kept:1', 'training/webapp', 'second');
    await t.http.post('/v1/images/pull').send({ image }).expect(200);
    images.add((await docker.getImage(image).inspect()).Id);
    const lost = (await docker.getContainer(name).inspect()).Id;
    await docker.getContainer(name).remove({ force: true });
    await ready(name, (view) => view.status.container?.id !== lost);
    expect(await versionOf(name)).toBe('first');
    await remove(name);
  });
});
