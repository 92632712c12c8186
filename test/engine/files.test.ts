/** Files that Berth places in containers, on a real engine. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, inside, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());
const { declare, change, ready } = declaring(() => t);

const CANARY = 'canary-file-4d7a2c';
const web = (more: object) => ({ image: 'training/webapp', stopTimeoutSeconds: 1, ...more });
/** Mode, owner and content of a file inside a container. */
const stat = async (name: string, path: string) =>
  (await inside(name, 'sh', '-c', `stat -c '%a %u:%g' ${path} && cat ${path}`)).trim();

it('has its files before its process starts, with their modes and owners, and leaves directories as they were', async () => {
  const secret = unique('key');
  await t.http
    .put(`/v1/secrets/${secret}`)
    .send({ value: `${CANARY} ü\n` })
    .expect(201);
  const files = [
    { path: '/opt/webapp/shop/deep/shop.conf', content: 'debug = false\n' },
    { path: '/tmp/key', secret, mode: '0400', uid: 1000, gid: 1001 },
  ];
  const command = ['sh', '-c', 'cat /opt/webapp/shop/deep/shop.conf && exec sleep 1000'];
  const { name } = await declare(web({ name: unique('files'), files, command }));
  expect(await stat(name, '/opt/webapp/shop/deep/shop.conf')).toBe('444 0:0\ndebug = false');
  expect(await stat(name, '/tmp/key')).toBe(`400 1000:1001\n${CANARY} ü`);
  expect(await inside(name, 'stat', '-c', '%a', '/tmp')).toMatch(/^1777/);
  expect(await inside(name, 'stat', '-c', '%a %u', '/opt/webapp/shop')).toMatch(/^755 0/);
  expect(JSON.stringify(await docker.getContainer(name).inspect())).not.toContain(CANARY);
});

it('keeps them over a restart, and gets others with the next generation or the next version of a secret', async () => {
  const secret = unique('key');
  await t.http.put(`/v1/secrets/${secret}`).send({ value: 'one' }).expect(201);
  const { name } = await declare(web({ name: unique('files'), files: [{ path: '/srv/key', secret }] }));
  await docker.getContainer(name).restart({ t: 0 });
  await ready(name);
  expect(await stat(name, '/srv/key')).toBe('444 0:0\none');
  await t.http.put(`/v1/secrets/${secret}`).send({ value: 'two' }).expect(200);
  await ready(name, (view) => view.status.observedGeneration === 2);
  expect(await stat(name, '/srv/key')).toBe('444 0:0\ntwo');
  await change(name, { files: [{ path: '/srv/key', content: 'three' }] });
  await ready(name, (view) => view.status.observedGeneration === 3);
  expect(await stat(name, '/srv/key')).toBe('444 0:0\nthree');
});

it('places them in a container that was created and not started', async () => {
  const files = [{ path: '/srv/a', content: 'a' }];
  const first = await declare(web({ name: unique('files'), files, state: 'stopped' }));
  await t.http.post(`/v1/containers/${first.name}/start?wait=60`).expect(200);
  expect(await stat(first.name, '/srv/a')).toBe('444 0:0\na');
});
