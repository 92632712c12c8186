/** Updates of images, as far as no engine is needed. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOf, type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeEach(async () => {
  berth = await testBerth();
});
afterEach(() => berth.stop());

const patch = (name: string, body: object) => ({ body, headers: MERGE_PATCH, name });
const automatic = { updatePolicy: 'automatic', updateIntervalSeconds: 3600 };
const data = [{ volume: 'data', target: '/data' }];

describe('updatePolicy', () => {
  it('is shown as it was declared, needs no replacement, and has its condition', async () => {
    await berth.declare({ name: 'web', image: 'shop:1' });
    expect((await berth.get('/v1/containers/web')).status.conditions.map(({ type }: Json) => type)).not.toContain(
      'ImageUpdateAvailable',
    );
    const { body, headers } = patch('web', { ...automatic, updateWindow: { from: '02:00', to: '05:00' } });
    const changed = await berth.send('PATCH', '/v1/containers/web', { body, headers });
    expect(changed.body).toMatchObject({ ...automatic, updateWindow: { from: '02:00', to: '05:00' } });
    const found = changed.body.status.conditions.find(({ type }: Json) => type === 'ImageUpdateAvailable');
    expect(found).toMatchObject({ status: 'Unknown', reason: 'NotCheckedYet' });
  });

  it('automatic is refused beside writable volumes, whichever of the two is changed', async () => {
    const both = { name: 'db', image: 'shop:1', ...automatic, volumes: data };
    const created = await berth.refuse('invalid-definition', 'POST', '/v1/containers', { body: both });
    expect([created.status, faultsOf(created)[0]]).toEqual([422, expect.stringContaining('stateful')]);
    await berth.refuse('invalid-definition', 'POST', '/v1/apply', { body: { containers: [both] } });
    await berth.declare({ name: 'web', image: 'shop:1', ...automatic });
    await berth.refuse('invalid-definition', 'PATCH', '/v1/containers/web', patch('web', { volumes: data }));
    const confirmed = await berth.send('PATCH', '/v1/containers/web', patch('web', { volumes: data, stateful: true }));
    expect(confirmed.status).toBe(200);
    await berth.refuse('invalid-definition', 'PATCH', '/v1/containers/web', patch('web', { stateful: null }));
  });

  it('is read from x-berth of a Compose file, and refused there as well', async () => {
    const file = (more: string) => `
name: shop
services:
  web:
    image: shop:1
    x-berth: { updatePolicy: automatic, updateIntervalSeconds: 3600, updateWindow: { from: "02:00", to: "05:00" } }
${more}`;
    const send = (content: string) => berth.send('POST', '/v1/import/compose', { body: { compose: content } });
    const sent = await send(file(''));
    expect(sent.status, sent.text).toBeLessThan(300);
    expect(JSON.stringify(sent.body)).toContain('"updatePolicy":"automatic"');
    const refused = await send(file('    volumes: ["data:/data"]\nvolumes: { data: {} }\n'));
    expect(refused.status, refused.text).toBe(422);
    expect(refused.text).toContain('stateful');
  });
});
