/** An image has several spellings; a definition that changes from one to another of the same image has not changed. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

let serial = 0;
const at = (name: string) => `/v1/containers/${name}`;

it.each([
  ['x', 'x:latest'],
  ['x:latest', 'x'],
  ['x', 'docker.io/library/x'],
  ['r.example.com/team/x', 'r.example.com/team/x:latest'],
])(
  'an image declared as %s and then as %s stays the same generation, by PUT, PATCH, apply and plan',
  async (first, second) => {
    const name = `spelled-${++serial}`;
    const created = await berth.send('PUT', at(name), { body: { image: first, env: { A: '1' } } });
    const { uid, generation, image } = created.body;
    const again = [
      await berth.send('PUT', at(name), { body: { image: second, env: { A: '1' } } }),
      await berth.send('PATCH', at(name), { body: { image: second } }),
    ];
    for (const answer of again) {
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body).toMatchObject({ uid, generation, image });
    }
    const containers = [{ name, image: second, env: { A: '1' } }];
    const applied = await berth.send('POST', '/v1/apply', { body: { containers } });
    expect(applied.body.results).toMatchObject([{ result: 'unchanged' }]);
    const planned = await berth.send('POST', '/v1/plan', { body: { containers } });
    expect(planned.text).not.toContain('"field":"image"');
  },
);

it('an image in another spelling keeps its text when another field changes, so that the container can stay', async () => {
  await berth.send('PUT', at('kept-text'), { body: { image: 'x' } });
  const changed = await berth.send('PUT', at('kept-text'), { body: { image: 'x:latest', restartPolicy: 'no' } });
  expect(changed.body).toMatchObject({ generation: 2, image: 'x', restartPolicy: 'no' });
});

it('an image with another tag is another image', async () => {
  await berth.send('PUT', at('other-tag'), { body: { image: 'x' } });
  const changed = await berth.send('PUT', at('other-tag'), { body: { image: 'x:8' } });
  expect(changed.body).toMatchObject({ generation: 2, image: 'x:8' });
});

it('a list filtered by image finds every spelling of it', async () => {
  await berth.send('PUT', at('listed-image'), { body: { image: 'listed-x' } });
  const listed = await berth.send('GET', '/v1/containers?image=docker.io/library/listed-x:latest');
  expect(listed.body.items.map((one: { name: string }) => one.name)).toEqual(['listed-image']);
});
