import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, WriteOptions } from '../../../src/service/core/options.js';
import type { PlanView } from '../../../src/service/core/plan-view.js';
import { DECLARED, type DoubleApp, doubleApp, moment, outcome, VIEW } from './double.js';

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
beforeEach(() => t.given());
afterAll(() => t.close());

const IMAGE = { image: 'training/webapp' };

describe('what became of a write is its status', () => {
  const rows: readonly [string, 'post' | 'put' | 'patch' | 'delete', string, Outcome['kind'], number][] = [
    ['created', 'post', '/v1/containers', 'created', 201],
    ['created and not ready when the wait ended', 'post', '/v1/containers?wait=1', 'accepted', 202],
    ['a dry run', 'post', '/v1/containers?dryRun=true', 'dry-run', 200],
    ['PUT creates', 'put', '/v1/containers/web', 'created', 201],
    ['PUT replaces', 'put', '/v1/containers/web', 'updated', 200],
    ['PUT of an equal one', 'put', '/v1/containers/web', 'unchanged', 200],
    ['PUT, not ready when the wait ended', 'put', '/v1/containers/web?wait=1', 'accepted', 202],
    ['PATCH', 'patch', '/v1/containers/web', 'updated', 200],
    ['PATCH, not ready when the wait ended', 'patch', '/v1/containers/web?wait=1', 'accepted', 202],
    ['DELETE is taken on', 'delete', '/v1/containers/web', 'accepted', 202],
    ['DELETE waited for', 'delete', '/v1/containers/web?wait=1', 'gone', 200],
    ['DELETE as a dry run', 'delete', '/v1/containers/web?dryRun=true', 'dry-run', 200],
    ['start', 'post', '/v1/containers/web/start', 'updated', 200],
    ['stop', 'post', '/v1/containers/web/stop', 'unchanged', 200],
    ['restart, not settled when the wait ended', 'post', '/v1/containers/web/restart?wait=1', 'accepted', 202],
  ];
  it.each(rows)('%s: %s %s %s → %i', async (_, method, path, kind, status) => {
    const answer = async () => outcome(kind);
    t.given({
      create: answer,
      put: answer,
      patch: answer,
      remove: answer,
      start: answer,
      stop: answer,
      restart: answer,
    });
    const sent = t.http[method](path);
    const r = await (path.startsWith('/v1/containers/web/') || method === 'delete' ? sent : sent.send(IMAGE));
    expect([r.status, r.body.name, r.headers['etag']]).toEqual([status, 'web', '"3"']);
    expect(r.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

describe('create', () => {
  it('says where the container is, also when it is not ready yet', async () => {
    t.given({ create: async ({ name }) => outcome(name === 'slow' ? 'accepted' : 'created') });
    expect((await t.http.post('/v1/containers').send(IMAGE)).headers['location']).toBe('/v1/containers/web');
    const slow = await t.http.post('/v1/containers?wait=1').send({ ...IMAGE, name: 'slow' });
    expect([slow.status, slow.headers['location']]).toEqual([202, '/v1/containers/web']);
  });

  it('gives the service what was declared, to the letter', async () => {
    const body = {
      ...IMAGE,
      name: 'web',
      ports: ['5000:5000', { containerPort: 80 }],
      links: ['db:db'],
      env: { A: '' },
    };
    await t.http.post('/v1/containers').send(body).expect(201);
    expect(t.calls[0]?.args[0]).toEqual(body);
  });

  it('shows the plan of a dry run', async () => {
    const plan: PlanView = {
      actions: [{ container: 'web', action: 'create', target: 'web', reason: 'there is no container' }],
      ...{ interrupted: [], obstacles: [], changes: [] },
    };
    t.given({ create: async () => outcome('dry-run', { plan }) });
    const r = await t.http.post('/v1/containers?dryRun=true').send(IMAGE).expect(200);
    expect(r.body.plan).toEqual(plan);
    expect(r.headers['location']).toBeUndefined();
  });
});

describe('the options of a write', () => {
  const rows: readonly [string, Record<string, string>, Partial<WriteOptions>][] = [
    ['', {}, { dryRun: false, waitSeconds: 0 }],
    ['?dryRun=true&wait=300', {}, { dryRun: true, waitSeconds: 300 }],
    ['', { 'if-match': '"3"' }, { ifMatch: [3] }],
    ['', { 'if-match': '"2", "3"' }, { ifMatch: [2, 3] }],
    ['', { 'if-match': '*' }, { ifMatch: 'any' }],
    ['', { 'if-match': 'W/"3"' }, { ifMatch: [] }],
    ['', { 'if-match': 'W/"3", "4"' }, { ifMatch: [4] }],
    ['', { 'if-match': '"abc"' }, { ifMatch: [] }],
    ['', { 'if-none-match': '*' }, { ifNoneMatch: true }],
  ];
  it.each(rows)('%s %o reach the service', async (query, headers, options) => {
    const paths = ['/v1/containers/web/start', '/v1/containers/web/stop', '/v1/containers/web/restart'];
    for (const path of paths) await t.http.post(`${path}${query}`).set(headers).expect(200);
    await t.http.put(`/v1/containers/web${query}`).set(headers).send(IMAGE).expect(200);
    await t.http.patch(`/v1/containers/web${query}`).set(headers).send({}).expect(200);
    await t.http.delete(`/v1/containers/web${query}`).set(headers).expect(202);
    await t.http.post(`/v1/containers${query}`).set(headers).send(IMAGE).expect(201);
    expect(t.calls).toHaveLength(7);
    for (const { args } of t.calls) expect(args.at(-1)).toMatchObject(options);
  });

  it.each([
    ['if-match', '3'],
    ['if-match', '"3'],
    ['if-match', 'w/"3"'],
    ['if-match', '*, "3"'],
    ['if-none-match', '"3"'],
    ['if-none-match', 'W/"3"'],
  ])('%s: %s is a 400 that names the header', async (header, value) => {
    const r = await t.http.put('/v1/containers/web').set(header, value).send(IMAGE);
    expect([r.status, r.body.code]).toEqual([400, 'invalid-parameter']);
    expect(r.body.errors).toEqual([{ in: 'header', pointer: `/${header}`, message: expect.any(String) }]);
    expect(t.calls).toEqual([]);
  });

  it.each(['wait=-1', 'wait=301', 'wait=1.5', 'wait=x', 'wait=', 'dryRun=maybe', 'force=true', 'wiat=3'])(
    '?%s is a 400 that names the parameter',
    async (query) => {
      const r = await t.http.post(`/v1/containers?${query}`).send(IMAGE);
      expect([r.status, r.body.code]).toEqual([400, 'invalid-parameter']);
      expect(r.body.errors).toMatchObject([{ in: 'query', pointer: `/${query.split('=')[0]}` }]);
      expect(t.calls).toEqual([]);
    },
  );

  it('force is of DELETE alone', async () => {
    await t.http.delete('/v1/containers/web?force=true').expect(202);
    expect(t.calls[0]?.args).toMatchObject(['web', { force: true }]);
  });

  it('ends the wait of a client that is gone', async () => {
    const [asked, gone] = [moment(), moment()];
    const own = await doubleApp({
      create: async (_, { signal }) => {
        signal?.addEventListener('abort', gone.happens);
        asked.happens();
        await gone.when;
        return outcome('accepted');
      },
    });
    const { url } = await own.listen();
    const leave = new AbortController();
    const body = JSON.stringify(IMAGE);
    const headers = { 'content-type': 'application/json' };
    const sent = fetch(`${url}/v1/containers?wait=300`, { method: 'POST', body, headers, signal: leave.signal });
    await asked.when;
    leave.abort();
    await expect(sent).rejects.toThrow();
    await gone.when;
    await own.close();
  });

  it('ends waits when the server closes, with an answer', async () => {
    const asked = moment();
    const own = await doubleApp({
      create: async (_, { signal }) => {
        const ended = moment();
        signal?.addEventListener('abort', ended.happens);
        asked.happens();
        await ended.when;
        return outcome('accepted');
      },
    });
    const { url } = await own.listen();
    const body = JSON.stringify(IMAGE);
    const headers = { 'content-type': 'application/json' };
    const sent = fetch(`${url}/v1/containers?wait=300`, { method: 'POST', body, headers });
    await asked.when;
    await own.close();
    expect((await sent).status).toBe(202);
  });
});

describe('read-only fields', () => {
  it('of what GET answers are taken back and ignored', async () => {
    const { body } = await t.http.get('/v1/containers/web').expect(200);
    await t.http.put('/v1/containers/web').send(body).expect(200);
    expect(t.calls.at(-1)?.args.slice(0, 2)).toEqual(['web', DECLARED]);
  });

  it('are ignored whatever they hold', async () => {
    const nonsense = {
      uid: 5,
      generation: 'x',
      createdAt: null,
      updatedAt: [],
      deletionRequestedAt: {},
      status: 1,
      plan: 2,
    };
    await t.http
      .post('/v1/containers')
      .send({ ...IMAGE, ...nonsense })
      .expect(201);
    await t.http.patch('/v1/containers/web').send(nonsense).expect(200);
    expect(t.calls[0]?.args[0]).toEqual(IMAGE);
  });
});

describe('a merge patch', () => {
  const rows: readonly [string, object, object][] = [
    ['sets a field', { user: 'www' }, { ...DECLARED, user: 'www' }],
    ['goes into objects', { env: { A: '1' } }, { ...DECLARED, env: { PROVIDER: 'Berth', A: '1' } }],
    ['takes a member out with null', { env: { PROVIDER: null } }, { ...DECLARED, env: {} }],
    ['replaces lists whole', { ports: ['80'] }, { ...DECLARED, ports: ['80'] }],
    ['that is empty changes nothing', {}, DECLARED],
  ];
  it.each(rows)('%s: %o', async (_, patch, expected) => {
    let changed: unknown;
    t.given({
      patch: async (_name, change) => {
        changed = change(DECLARED);
        return outcome('updated');
      },
    });
    await t.http
      .patch('/v1/containers/web')
      .set('content-type', 'application/merge-patch+json')
      .send(patch)
      .expect(200);
    expect(changed).toEqual(expected);
    await t.http.patch('/v1/containers/web').send(patch).expect(200);
    expect(changed).toEqual(expected);
  });

  it('takes a field back to its default with null', async () => {
    let changed: object = {};
    t.given({
      patch: async (_name, change) => {
        changed = change(DECLARED);
        return outcome('updated');
      },
    });
    await t.http.patch('/v1/containers/web').send({ links: null, env: null }).expect(200);
    expect(changed).not.toHaveProperty('links');
    expect(changed).not.toHaveProperty('env');
  });

  it('is checked as a PUT is: every fault of the result is listed', async () => {
    const r = await t.http.patch('/v1/containers/web').send({ image: null, publishAll: 'yes', imagee: 'x' });
    expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
    expect(r.body.errors.map((e: { pointer: string }) => e.pointer).sort()).toEqual([
      '/image',
      '/imagee',
      '/publishAll',
    ]);
  });

  it.each([['[]'], ['null'], ['"x"'], ['5'], [undefined]])('that is no object (%s) is a 400', async (body) => {
    const r = await t.http.patch('/v1/containers/web').set('content-type', 'application/merge-patch+json').send(body);
    expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
    expect(t.calls).toEqual([]);
  });

  it('leaves the definition that it is given as it was', async () => {
    const before = structuredClone(DECLARED);
    await t.http
      .patch('/v1/containers/web')
      .send({ env: { PROVIDER: null, B: '2' }, labels: { a: 'b' } })
      .expect(200);
    expect(DECLARED).toEqual(before);
  });
});

it('DELETE refuses a body that says something: it would not be heeded', async () => {
  const r = await t.http.delete('/v1/containers/web').send({ force: true });
  expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
  expect(t.calls).toEqual([]);
});

describe('start, stop and restart', () => {
  it.each(['start', 'stop', 'restart'] as const)('%s takes no body, or an empty object', async (verb) => {
    await t.http.post(`/v1/containers/web/${verb}`).expect(200);
    await t.http.post(`/v1/containers/web/${verb}`).send({}).expect(200);
    const r = await t.http.post(`/v1/containers/web/${verb}`).send({ wait: 3 });
    expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
    expect(t.calls.map(({ method, args }) => [method, args[0]])).toEqual([
      [verb, 'web'],
      [verb, 'web'],
    ]);
  });
});

it('an answer has every field of the resource, and none that is not declared', async () => {
  t.given({ get: () => ({ ...VIEW, seq: 7, restartOf: 'x' }) as never });
  const r = await t.http.get('/v1/containers/web').expect(200);
  expect(r.body).toEqual(VIEW);
});
