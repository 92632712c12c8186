/** Dependencies between definitions, as far as the store knows them. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOf, type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeEach(async () => {
  berth = await testBerth();
});
afterEach(() => berth.stop());

const one = (name: string, ...on: readonly string[]) => ({
  ...{ name, image: 'training/webapp' },
  dependsOn: on.map((container) => ({ container })),
});
const apply = (body: object) => berth.send('POST', '/v1/apply', { body });
const patch = (name: string, body: object) =>
  berth.send('PATCH', `/v1/containers/${name}`, { body, headers: MERGE_PATCH });

describe('dependencies', () => {
  it('are shown with their defaults, and need no replacement', async () => {
    await berth.declare({ name: 'db', image: 'training/postgres' });
    const web = await berth.declare(one('web', 'db'));
    expect(web.dependsOn).toEqual([{ container: 'db', condition: 'started', required: true }]);
    const plan = await berth.send('PATCH', '/v1/containers/web?dryRun=true', {
      body: { dependsOn: null, boot: 'held', onUnhealthy: 'restart' },
      headers: MERGE_PATCH,
    });
    expect(plan.body).not.toHaveProperty('dependsOn');
    expect(plan.body).toMatchObject({ boot: 'held', onUnhealthy: 'restart' });
  });

  it('are declared in one apply, in any order', async () => {
    const { status } = await apply({ set: 'shop', containers: [one('web', 'db'), one('db', 'disk'), one('disk')] });
    expect(status).toBe(200);
  });

  it.each([
    ['on what is not defined', one('web', 'nosuch'), '/dependsOn/0', "doesn't exist"],
    ['on itself', one('web', 'web'), '/dependsOn/0', "can't depend on itself"],
    [
      'in an unknown condition',
      { ...one('web'), dependsOn: [{ container: 'db', condition: 'up' }] },
      '/dependsOn/0/condition',
      'completed',
    ],
  ])('are refused %s', async (_, body, pointer, message) => {
    const refused = await berth.send('POST', '/v1/containers', { body });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(423);
    const [fault] = faultsOf(refused.body);
    expect(fault).toContain(pointer);
    expect(fault).toContain(message);
  });

  it('are refused in a cycle, which the error names, in one write and in an apply', async () => {
    await apply({ containers: [one('web', 'db'), one('db', 'disk'), one('disk')] });
    const cycle = 'disk → web → db → disk';
    const written = await berth.refuse('invalid-definition', 'PATCH', '/v1/containers/disk', {
      body: { dependsOn: [{ container: 'web' }] },
      headers: MERGE_PATCH,
    });
    expect(written.detail).toContain(cycle);
    const applied = await berth.refuse('invalid-definition', 'POST', '/v1/apply', {
      body: { containers: [one('disk', 'web')] },
    });
    expect(applied.detail).toContain(cycle);
    const mixed = await berth.refuse('invalid-definition', 'PATCH', '/v1/containers/disk', {
      body: { links: ['web'] },
      headers: MERGE_PATCH,
    });
    expect(mixed.detail).toContain(cycle);
  });

  it('keep what they require from being deleted or pruned without force', async () => {
    await apply({ set: 'shop', containers: [one('web', 'db'), one('db')] });
    const refused = await berth.refuse('in-use', 'DELETE', '/v1/containers/db');
    expect(refused.detail).toContain('web depends on db');
    await berth.refuse('in-use', 'POST', '/v1/apply', {
      body: {
        set: 'shop',
        prune: true,
        containers: [one('web')].map((web) => ({ ...web, dependsOn: [{ container: 'db' }] })),
      },
    });
    expect((await berth.send('DELETE', '/v1/containers/db?force=true')).status).toBe(202);
    expect((await patch('web', { env: { A: 'b' } })).status).toBe(200);
  });

  it('that are not required keep nothing from being deleted', async () => {
    const web = { ...one('web'), dependsOn: [{ container: 'db', required: false }] };
    await apply({ containers: [web, one('db')] });
    expect((await berth.send('DELETE', '/v1/containers/db')).status).toBe(202);
    const again: Json = await berth.get('/v1/containers/web');
    expect(again.dependsOn).toEqual([{ container: 'db', condition: 'started', required: false }]);
  });

  it('are kept in the database', async () => {
    await apply({ containers: [one('web', 'db'), one('db')] });
    berth = await berth.restart();
    await berth.refuse('in-use', 'DELETE', '/v1/containers/db');
    expect((await berth.get('/v1/containers/web')).dependsOn).toHaveLength(1);
  });
});
