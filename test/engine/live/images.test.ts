/** The images of the engine, and pulls that a client watches, from a registry of the tests'. */

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageView } from '../../../src/service/images.js';
import { declaring, unique } from '../declaring.js';
import { Registry } from '../faults/registry.js';
import { docker, eventually, type TestBerth, testBerth, unlessAbsent } from '../support.js';
import { descriptors, type Following, follow, noMoreThan, post } from './following.js';

let registry: Registry;
let t: TestBerth;
let url: string;
const pulled = new Set<string>();
beforeEach(async () => {
  registry = await new Registry().listen();
  t = await testBerth({ policy: { images: { registries: ['any', registry.host] } } });
  url = await t.berth.app.listen({ host: '127.0.0.1', port: 0 });
  await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(true));
});
afterEach(async () => {
  await t.stop();
  await registry.close();
  for (const image of pulled) await docker.getImage(image).remove({ force: true }).catch(unlessAbsent);
  pulled.clear();
});
const { declare } = declaring(() => t);

/** A new image of three layers in the registry. */
async function published(): Promise<string> {
  const name = `berth-test/${unique('live')}:1`;
  await registry.put(name, 'training/webapp', name, [randomBytes(2_000_000), randomBytes(1_000_000)]);
  const image = registry.reference(name);
  pulled.add(image);
  return image;
}

const pull = (image: string): Promise<Following> => follow(`${url}/v1/images/pull`, post({ image }));
const layersIn = (following: Following) => [
  ...new Set(following.of('progress').flatMap((data) => (JSON.parse(data) as { layer: string | null }).layer ?? [])),
];
const isThere = async (image: string): Promise<boolean> =>
  (await docker.listImages({ filters: { reference: [image] } })).length > 0;

describe('a pull', () => {
  it('tells by layer how it gets on, and in the end what it came to', async () => {
    const image = await published();
    registry.isHeld = true;
    const heard = await pull(image);
    await eventually(() => {
      const halves = heard.of('progress').map((data) => JSON.parse(data));
      expect(halves.filter(({ status, currentBytes }) => status === 'Downloading' && currentBytes > 0)).not.toEqual([]);
    });
    expect(heard.of('done')).toEqual([]);
    registry.isHeld = false;
    await heard.end;
    // The layer of training/webapp is on the engine already, or is a third one.
    expect(layersIn(heard).length).toBeGreaterThanOrEqual(2);
    const last = new Map(
      heard.of('progress').map((data) => [JSON.parse(data).layer as string | null, JSON.parse(data).status as string]),
    );
    for (const layer of layersIn(heard)) expect(last.get(layer)).toMatch(/^(Pull complete|Already exists)$/);
    const { RepoDigests, Id } = await docker.getImage(image).inspect();
    expect(heard.heard.at(-1)?.event).toBe('done');
    const done = JSON.parse(heard.of('done')[0] ?? '');
    expect(done).toEqual({ image, imageId: Id, digest: RepoDigests[0]?.split('@')[1] });
  });

  it('answers once, when asked so, and again at once when it is there', async () => {
    const image = await published();
    for (let i = 0; i < 2; i++) {
      const answer = await t.http.post('/v1/images/pull').set('accept', 'application/json').send({ image }).expect(200);
      expect(answer.body).toEqual({
        image,
        imageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      });
    }
  });

  it.each([
    ['of what the registry does not have', 'nothing:1', undefined, 404, 'image-not-found'],
    ['from a registry in trouble', 'late:1', 503, 502, 'pull-failed'],
  ])('%s says so', async (_, name, trouble, status, code) => {
    registry.trouble = trouble;
    const image = registry.reference(`berth-test/${name}`);
    for (const accept of ['application/json', 'text/event-stream']) {
      const answer = await t.http.post('/v1/images/pull').set('accept', accept).send({ image });
      expect([answer.status, answer.body.code], JSON.stringify(answer.body)).toEqual([status, code]);
      expect(answer.body.detail).toContain(image);
    }
  });

  it('from a registry that nobody runs says so', async () => {
    const image = registry.reference('berth-test/none:1');
    await registry.close();
    registry = await new Registry().listen();
    const answer = await t.http.post('/v1/images/pull').set('accept', 'application/json').send({ image });
    expect([answer.status, answer.body.code]).toEqual([502, 'pull-failed']);
    expect(answer.body.detail).toMatch(/connection refused/);
  });

  it('that breaks under way ends with the problem', async () => {
    const image = await published();
    registry.isHeld = true;
    const heard = await pull(image);
    await eventually(() => expect(registry.sending).toBeGreaterThan(0));
    registry.trouble = 404;
    registry.cut();
    await heard.end;
    registry.isHeld = false;
    expect(heard.heard.at(-1)?.event).toBe('error');
    const problem = JSON.parse(heard.of('error')[0] ?? '');
    expect(problem).toMatchObject({ instance: '/v1/images/pull', requestId: expect.any(String) });
    expect(['pull-failed', 'image-not-found']).toContain(problem.code);
    expect(await isThere(image)).toBe(false);
  });

  it('ends when its client goes, and leaves nothing open', async () => {
    const image = await published();
    const before = descriptors();
    registry.isHeld = true;
    const heard = await pull(image);
    await eventually(() => expect(registry.sending).toBeGreaterThan(0));
    heard.leave();
    await eventually(() => expect(registry.sending).toBe(0));
    expect(registry.givenUp).toBeGreaterThan(0);
    expect(await isThere(image)).toBe(false);
    await noMoreThan(before);
  });

  it('goes on where another of the same image is given up', async () => {
    const image = await published();
    registry.isHeld = true;
    const [first, second] = [await pull(image), await pull(image)];
    await eventually(() => {
      expect(layersIn(first).length).toBeGreaterThan(0);
      expect(layersIn(second).length).toBeGreaterThan(0);
    });
    first.leave();
    registry.isHeld = false;
    await second.end;
    expect(second.heard.at(-1)?.event).toBe('done');
    expect(await isThere(image)).toBe(true);
  });
});

describe('the images of the engine', () => {
  it('are listed with their names, and the definitions that use them', async () => {
    const image = await published();
    const [first, second] = [unique('use'), unique('use')];
    await declare({ name: first, image });
    await t.http.post('/v1/containers').send({ name: second, image: 'docker.io/training/webapp:latest' }).expect(201);
    const items = (await t.http.get('/v1/images').expect(200)).body.items as readonly ImageView[];
    const raw = await docker.listImages();
    expect(items.map(({ id }) => id).sort()).toEqual(raw.map(({ Id }) => Id).sort());
    const one = items.find(({ tags }) => tags.includes(image));
    const { Size, RepoDigests } = await docker.getImage(image).inspect();
    expect(one).toMatchObject({ sizeBytes: Size, digests: RepoDigests, usedBy: [first] });
    expect(Date.parse(one?.createdAt ?? '')).toBeGreaterThan(0);
    expect(items.find(({ tags }) => tags.includes('training/webapp:latest'))?.usedBy).toEqual([second]);
    // Its name goes to another image: the container is still made from it.
    await registry.put(image.slice(image.indexOf('/') + 1), 'training/webapp', 'another');
    await t.http.post('/v1/images/pull').set('accept', 'application/json').send({ image }).expect(200);
    const after = (await t.http.get('/v1/images').expect(200)).body.items as readonly ImageView[];
    expect(after.filter(({ usedBy }) => usedBy.includes(first)).map(({ id }) => id)).toContain(one?.id);
    await t.http.delete(`/v1/containers/${first}?wait=60`).expect(200);
    pulled.add(one?.id ?? '');
  });
});
