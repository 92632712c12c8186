/** Images that are not there, can't be had, or are another one suddenly. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { condition, declaring, unique } from '../declaring.js';
import { docker, eventually, type TestBerth, testBerth } from '../support.js';
import { Registry } from './registry.js';

let registry: Registry;
let t: TestBerth;
beforeEach(async () => {
  registry = await new Registry().listen();
  t = await testBerth({ policy: { images: { registries: ['any', registry.host] } } });
});
const pulled = new Set<string>();
afterEach(async () => {
  await t.stop();
  await registry.close();
  await Promise.all([...pulled].map((image) => docker.getImage(image).remove({ force: true })));
  pulled.clear();
});
const { get, declare, change, ready, because } = declaring(() => t);

/** A reference in the registry whose image is removed from the engine afterwards. */
function reference(name: string): string {
  const image = registry.reference(name);
  pulled.add(image);
  return image;
}

const imageOf = async (name: string) => {
  const { Image } = await docker.getContainer(name).inspect();
  return (await docker.getImage(Image).inspect()).Config.Labels['version'];
};

describe('a pull', () => {
  it.each([
    ['the registry does not have it', undefined],
    ['the registry is in trouble', 503],
  ])('that fails since %s is tried again with a backoff, and succeeds once it can', async (_, trouble) => {
    const [name, image] = [unique('pull'), reference('berth-test/late:1')];
    registry.trouble = trouble;
    await t.http.post('/v1/containers').send({ name, image }).expect(201);
    const view = await eventually(async () => {
      const current = await get(name);
      expect(condition(current, 'ImageAvailable')?.status, JSON.stringify(current.status)).toBe('False');
      return current;
    });
    expect(condition(view, 'ImageAvailable')?.message).toMatch(/unknown|not found|503|Service Unavailable/i);
    await eventually(() => expect(registry.asked).toBeGreaterThan(1));
    expect(registry.asked).toBeLessThan(30);
    await registry.put('berth-test/late:1', 'training/webapp', 'first');
    registry.trouble = undefined;
    await ready(name);
    expect(await imageOf(name)).toBe('first');
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
  });

  it('from a registry that nobody runs says so', async () => {
    const [name, image] = [unique('pull'), registry.reference('berth-test/none:1')];
    await registry.close();
    await t.http.post('/v1/containers').send({ name, image }).expect(201);
    const view = await because(name, 'ImageAvailable', 'PullFailed');
    expect(condition(view, 'ImageAvailable')?.message).toContain('connection refused');
    registry = await new Registry().listen();
  });
});

describe('a tag that moves', () => {
  it('replaces nothing by itself; the next replacement has what it means then', async () => {
    const [name, image] = [unique('tag'), reference('berth-test/moves:1')];
    await registry.put('berth-test/moves:1', 'training/webapp', 'first');
    await declare({ name, image });
    const { container } = (await get(name)).status;
    await registry.put('berth-test/moves:1', 'training/webapp', 'second');
    // Somebody pulls it: the same reference is another image on the engine now.
    await new Promise((resolve, reject) =>
      docker.pull(image, (error: unknown, stream: NodeJS.ReadableStream) => {
        if (error) return reject(error);
        docker.modem.followProgress(stream, (failed) => (failed ? reject(failed) : resolve(undefined)));
      }),
    );
    expect((await docker.getImage(image).inspect()).Config.Labels['version']).toBe('second');
    await t.http.post(`/v1/containers/${name}/restart?wait=60`).expect(200);
    expect((await ready(name)).status.container?.id).toBe(container?.id);
    expect(await imageOf(name)).toBe('first');
    await change(name, { env: { PROVIDER: 'new' } });
    await ready(name, ({ status }) => status.observedGeneration === 2);
    expect(await imageOf(name)).toBe('second');
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
    pulled.add(container?.imageId ?? '');
  });

  it('is followed at a replacement where pullPolicy is always, and not before', async () => {
    const [name, image] = [unique('tag'), reference('berth-test/always:1')];
    await registry.put('berth-test/always:1', 'training/webapp', 'first');
    await declare({ name, image, pullPolicy: 'always' });
    const { container } = (await get(name)).status;
    await registry.put('berth-test/always:1', 'training/webapp', 'second');
    await t.http.post(`/v1/containers/${name}/restart?wait=60`).expect(200);
    expect((await ready(name)).status.container?.id).toBe(container?.id);
    await change(name, { env: { PROVIDER: 'new' } });
    await ready(name, ({ status }) => status.observedGeneration === 2);
    expect(await imageOf(name)).toBe('second');
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
    pulled.add(container?.imageId ?? '');
  });
});
