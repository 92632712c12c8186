/** What an image's own VOLUME holds goes from a container to its replacement. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

const IMAGE = unique('with-volume');

let t: TestBerth;
beforeAll(async () => {
  const plain = await docker.createContainer({ Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
  await plain.commit({ repo: IMAGE, changes: 'VOLUME /data' });
  await plain.remove();
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
  await docker.getImage(IMAGE).remove({ force: true });
});
const { get, declare, change, ready, because } = declaring(() => t);

const write = (name: string) => inside(name, 'sh', '-c', 'echo precious > /data/file');
const read = async (name: string) => (await inside(name, 'cat', '/data/file')).trim();
const mountOf = async (name: string) =>
  (await docker.getContainer(name).inspect()).Mounts.find(({ Destination }) => Destination === '/data');

describe('a volume that the image has, and nobody has named', () => {
  it('goes on over a change, one that needs no wish of anybody, and one that fails', async () => {
    const name = unique('keeps');
    await declare({ name, image: IMAGE });
    await write(name);
    const volume = (await mountOf(name))?.Name ?? '';
    const replaced = async (cause: () => Promise<unknown>): Promise<void> => {
      const { status } = await get(name);
      await cause();
      await ready(name, (view) => view.status.container?.id !== status.container?.id);
      expect([await read(name), (await mountOf(name))?.Name]).toEqual(['precious', volume]);
    };
    await replaced(() => change(name, { env: { A: '1' } }));
    await replaced(() => change(name, { env: { A: '2' } }));
    const network = docker.getNetwork(IS_PODMAN ? 'podman' : 'bridge');
    await replaced(() => network.disconnect({ Container: name }));

    await change(name, { command: ['/no/such/program'] });
    await because(name, 'Ready', 'RolledBack');
    await eventually(async () => expect(await read(name)).toBe('precious'));
    await replaced(() => change(name, { command: null }));

    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
    const left = docker.getVolume(volume);
    expect((await left.inspect()).Name).toBe(volume);
    await left.remove();
  });

  it('gives way to one that the definition mounts there, and leaves its data where they are', async () => {
    const name = unique('names');
    await declare({ name, image: IMAGE });
    await write(name);
    const picked = (await mountOf(name))?.Name ?? '';
    await change(name, { volumes: [{ volume: name, target: '/data' }] });
    await eventually(async () => expect((await mountOf(name))?.Name).toBe(name), 60_000);
    await ready(name);
    expect((await docker.getVolume(picked).inspect()).Name).toBe(picked);
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
    for (const one of [picked, name]) await docker.getVolume(one).remove();
  });
});
