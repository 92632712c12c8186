import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaredOf, type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  await berth.declare({ name: 'base', image: 'x' });
});
afterAll(() => berth.stop());

const at = (name: string) => `/v1/containers/${name}`;

describe('POST /v1/containers', () => {
  it('answers 201 with where it is, its generation as ETag, and the whole resource', async () => {
    const body = { name: 'web', image: 'training/webapp', command: ['python', 'app.py'], ports: ['5000:5000'] };
    const answer = await berth.send('POST', '/v1/containers', { body });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: at('web'), etag: '"1"' });
    expect(declaredOf(answer.body)).toEqual({
      name: 'web',
      image: 'training/webapp',
      command: ['python', 'app.py'],
      env: {},
      expose: [],
      publishAll: false,
      ports: [{ hostPort: 5000, containerPort: 5000, protocol: 'tcp' }],
      links: [],
      network: 'bridge',
      volumes: [],
      labels: {},
      restartPolicy: 'always',
      resources: { pids: 4096 },
      pullPolicy: 'missing',
      stopTimeoutSeconds: 10,
      onLinkChange: 'recreate',
      state: 'running',
    });
    expect(answer.body).toMatchObject({ generation: 1, deletionRequestedAt: null, createdAt: answer.body.updatedAt });
    expect(await berth.get(at('web'))).toEqual(answer.body);
  });

  it('says what is not known as Unknown, and that the engine is not reachable as False', async () => {
    const links = ['base'];
    const { status } = await berth.declare({ name: 'unknown', image: 'x', ports: ['80'], links });
    const conditions = Object.fromEntries(status.conditions.map((one: Json) => [one.type, one.status]));
    expect(conditions).toEqual({
      Ready: 'Unknown',
      ImageAvailable: 'Unknown',
      PortsBound: 'Unknown',
      LinksResolved: 'Unknown',
      Exposed: 'True',
      EngineReachable: 'False',
    });
    expect(status).toMatchObject({ ready: false, observedGeneration: 0, container: null, ports: [] });
  });

  it('makes up names where none is given, each another', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => berth.declare({ image: 'x' })));
    const names = made.map(({ name }) => name);
    expect(new Set(names).size).toBe(20);
    for (const name of names) expect(name).toMatch(/^[a-z]+_[a-z]+\d*$/);
  });

  it('keeps every field as it was declared', async () => {
    const full = {
      name: 'full',
      image: 'registry.example.com:5000/team/app:1.2',
      command: ['a', 'b c'],
      entrypoint: ['/bin/sh', '-c'],
      env: { A: '1', EMPTY: '', 'odd.name': 'ü\n=x' },
      workingDir: '/srv',
      user: '1000:1000',
      hostname: 'full.example',
      expose: ['3306/tcp', '8000/udp'],
      publishAll: true,
      ports: [
        { hostIp: '127.0.0.1', hostPort: 18_080, containerPort: 80, protocol: 'tcp' },
        { hostPort: 18_053, containerPort: 53, protocol: 'udp' },
        { containerPort: 443, protocol: 'tcp' },
      ],
      links: [{ container: 'base', alias: 'app', env: 'address' }],
      network: 'bridge',
      volumes: [{ volume: 'data', target: '/var/lib/data', readOnly: true }],
      labels: { team: 'a', constructor: 'x', '': '' },
      healthcheck: { command: ['true'], intervalSeconds: 1.5, timeoutSeconds: 1, retries: 2, startPeriodSeconds: 0 },
      restartPolicy: 'on-failure',
      resources: { memoryBytes: 64_000_000, cpus: 0.5, pids: 100 },
      pullPolicy: 'never',
      stopSignal: 'SIGINT',
      stopTimeoutSeconds: 3,
      onLinkChange: 'ignore',
      state: 'stopped',
    };
    const { '': _, ...labels } = full.labels;
    const declared = await berth.declare({ ...full, labels });
    expect(declaredOf(declared)).toEqual({ ...full, labels });
  });

  it('takes read-only fields and ignores them, whatever they hold', async () => {
    const given = {
      uid: 7,
      generation: 'x',
      createdAt: null,
      updatedAt: [],
      deletionRequestedAt: {},
      status: 0,
      plan: 1,
    };
    const made = await berth.declare({ name: 'given', image: 'x', ...given });
    expect(made.generation).toBe(1);
    expect(made.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.deletionRequestedAt).toBeNull();
  });

  it('refuses a name that is taken, also by one that is being deleted', async () => {
    await berth.declare({ name: 'taken', image: 'x' });
    const body = { name: 'taken', image: 'y' };
    const { detail } = await berth.refuse('name-taken', 'POST', '/v1/containers', { body });
    expect(detail).toContain('taken');
    await berth.send('DELETE', at('taken'));
    expect((await berth.refuse('name-taken', 'POST', '/v1/containers', { body })).detail).toContain('being deleted');
  });

  it('stores every one of many at once, and one of those that want the same name', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        berth.send('POST', '/v1/containers', { body: { name: 'race', image: `x${i}` } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });
});

describe('PUT /v1/containers/{name}', () => {
  it('creates what is not there: 201 with Location', async () => {
    const answer = await berth.send('PUT', at('put'), { body: { image: 'x' } });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: at('put'), etag: '"1"' });
  });

  it('replaces what is there: 200, the next generation, and what is left out goes back to its default', async () => {
    const first = await berth.declare({ name: 'replaced', image: 'x', env: { A: '1' }, user: 'root' });
    const answer = await berth.send('PUT', at('replaced'), { body: { image: 'y' } });
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toMatchObject({ uid: first.uid, generation: 2, image: 'y', env: {} });
    expect(answer.body).not.toHaveProperty('user');
  });

  it.each<[what: string, body: object]>([
    ['the same body', { image: 'x', ports: ['8:80'], env: { B: '2', A: '1' } }],
    ['the same in other words', { image: 'x', ports: [{ containerPort: 80, hostPort: 8 }], env: { A: '1', B: '2' } }],
    [
      'the defaults spelt out',
      { image: 'x', ports: ['8:80/tcp'], env: { A: '1', B: '2' }, links: [], state: 'running' },
    ],
  ])('keeps the generation for an equal definition: %s', async (_, body) => {
    await berth.send('PUT', at('equal'), { body: { image: 'x', ports: ['8:80'], env: { A: '1', B: '2' } } });
    const before = await berth.get(at('equal'));
    const answer = await berth.send('PUT', at('equal'), { body });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(before);
    expect(answer.body.generation).toBe(1);
  });

  it.each<[name: string, body: object]>([
    ['back-bare', { image: 'x' }],
    ['back-ports', { image: 'x', ports: ['80', '8081:81', '[::1]:8082:82/udp', '8090-8095:83'] }],
    ['back-linked', { image: 'x', links: ['base:b', { container: 'base', env: 'none' }], env: { A: 'b' } }],
    ['back-stopped', { image: 'x', state: 'stopped', stopSignal: '15', healthcheck: { command: [] } }],
  ])('changes nothing when what GET returned of %s is sent back verbatim', async (name, body) => {
    await berth.declare({ name, ...body });
    const before = await berth.get(at(name));
    const answer = await berth.send('PUT', at(name), { body: before });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(before);
  });

  it('refuses to rename', async () => {
    await berth.declare({ name: 'fixed', image: 'x' });
    const { errors } = await berth.refuse('invalid-definition', 'PUT', at('fixed'), {
      body: { name: 'other', image: 'x' },
    });
    expect(errors).toMatchObject([{ in: 'body', pointer: '/name' }]);
  });
});

describe('PATCH /v1/containers/{name}', () => {
  it.each([MERGE_PATCH, { 'content-type': 'application/json' }])('merges: %j', async (headers) => {
    const name = `patch${headers['content-type'].length}`;
    await berth.declare({
      name,
      image: 'x',
      user: 'root',
      env: { KEEP: '1', GO: '2', CHANGE: '3' },
      ports: ['80', '81'],
      healthcheck: { command: ['true'], retries: 2 },
    });
    const patch = {
      user: null,
      env: { GO: null, CHANGE: '4', NEW: '5' },
      ports: ['82'],
      healthcheck: { retries: 3 },
      stopTimeoutSeconds: 3,
    };
    const answer = await berth.send('PATCH', at(name), { body: patch, headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toMatchObject({
      generation: 2,
      image: 'x',
      ports: [{ containerPort: 82, protocol: 'tcp' }],
      healthcheck: { command: ['true'], retries: 3 },
      stopTimeoutSeconds: 3,
    });
    expect(answer.body.env).toEqual({ KEEP: '1', CHANGE: '4', NEW: '5' });
    expect(answer.body).not.toHaveProperty('user');
  });

  it.each<[what: string, patch: object]>([
    ['an empty patch', {}],
    ['what it has already', { image: 'x', env: { A: '1' } }],
    ['null for what has its default', { state: null, labels: null }],
    ['null for what is not there', { user: null, env: { B: null } }],
    ['read-only fields', { uid: 'x', generation: 9, status: null }],
    ['its own name', { name: 'same' }],
  ])('keeps the generation for %s', async (_, body) => {
    await berth.send('PUT', at('same'), { body: { image: 'x', env: { A: '1' } } });
    const before = await berth.get(at('same'));
    const answer = await berth.send('PATCH', at('same'), { body, headers: MERGE_PATCH });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(before);
  });

  it.each<[what: string, code: 'invalid-body' | 'invalid-definition', patch: unknown, fault: object]>([
    ['a required field away', 'invalid-body', { image: null }, { pointer: '/image', message: 'is missing' }],
    [
      'an unknown field',
      'invalid-body',
      { imgae: 'x' },
      { pointer: '/imgae', message: 'is not a known field: did you mean "image"?' },
    ],
    ['null into a map', 'invalid-body', { env: { A: 1 } }, { pointer: '/env/A', message: 'must be a string' }],
    ['null into a list', 'invalid-body', { ports: [null] }, { pointer: '/ports/0' }],
    ['another name', 'invalid-definition', { name: 'other' }, { pointer: '/name' }],
    ['an impossible value', 'invalid-definition', { ports: ['70000'] }, { pointer: '/ports/0' }],
    ['a patch that is a list', 'invalid-body', [{ image: 'y' }], { pointer: '', message: 'must be an object' }],
    ['a patch that is null', 'invalid-body', 'null', { pointer: '', message: 'must be an object' }],
    ['no patch at all', 'invalid-body', undefined, { pointer: '', message: 'is missing' }],
  ])('refuses %s', async (_, code, body, fault) => {
    await berth.send('PUT', at('patched'), { body: { image: 'x' } });
    const { errors } = await berth.refuse(code, 'PATCH', at('patched'), { body, headers: MERGE_PATCH });
    expect(errors).toEqual([expect.objectContaining({ in: 'body', ...fault })]);
  });
});

describe('DELETE /v1/containers/{name}', () => {
  it('answers 202, and GET says since when it is being deleted', async () => {
    await berth.declare({ name: 'gone', image: 'x' });
    const answer = await berth.send('DELETE', at('gone'));
    expect(answer.status).toBe(202);
    const { deletionRequestedAt } = await berth.get(at('gone'));
    expect(Date.parse(deletionRequestedAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(answer.body.deletionRequestedAt).toBe(deletionRequestedAt);
  });

  it('can be asked for twice, and the first time counts', async () => {
    await berth.declare({ name: 'twice', image: 'x' });
    const first = await berth.send('DELETE', at('twice'));
    const second = await berth.send('DELETE', at('twice'));
    expect(second.status).toBe(202);
    expect(second.body.deletionRequestedAt).toBe(first.body.deletionRequestedAt);
  });

  it.each<[method: string, suffix: string, body?: object]>([
    ['PUT', '', { image: 'y' }],
    ['PATCH', '', { image: 'y' }],
    ['POST', '/start'],
    ['POST', '/stop'],
    ['POST', '/restart'],
  ])('closes the definition to %s %s', async (method, suffix, body) => {
    await berth.send('PUT', at('closed'), { body: { image: 'x' } });
    await berth.send('DELETE', at('closed'));
    const { detail } = await berth.refuse('name-taken', method, `${at('closed')}${suffix}`, { body });
    expect(detail).toContain('being deleted');
  });

  it('refuses while others link to it, naming each of them once, unless it is forced', async () => {
    await berth.declare({ name: 'source', image: 'x' });
    await berth.declare({ name: 'one', image: 'x', links: ['source', 'source:second'] });
    await berth.declare({ name: 'two', image: 'x', links: ['source:s'] });
    const { detail } = await berth.refuse('in-use', 'DELETE', at('source'));
    expect(detail).toMatch(/^one and two link to source\.|^two and one link to source\./);
    expect((await berth.send('DELETE', `${at('source')}?force=true`)).status).toBe(202);
  });

  it('needs no force when the recipients are being deleted, too', async () => {
    await berth.declare({ name: 'below', image: 'x' });
    await berth.declare({ name: 'user', image: 'x', links: ['below'] });
    await berth.send('DELETE', at('user'));
    expect((await berth.send('DELETE', at('below'))).status).toBe(202);
  });
});

describe('start, stop and restart', () => {
  it.each<[verb: string, from: string, to: string, generation: number]>([
    ['stop', 'running', 'stopped', 2],
    ['stop', 'stopped', 'stopped', 1],
    ['start', 'stopped', 'running', 2],
    ['start', 'running', 'running', 1],
    ['restart', 'stopped', 'running', 2],
    ['restart', 'running', 'running', 1],
  ])('%s of one that is to be %s: it is to be %s', async (verb, from, to, generation) => {
    const name = `${verb}-${from}`;
    await berth.declare({ name, image: 'x', state: from });
    const answer = await berth.send('POST', `${at(name)}/${verb}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe(`"${generation}"`);
    expect(answer.body).toMatchObject({ state: to, generation });
  });

  it.each<[what: string, sent: object]>([
    ['no body', {}],
    ['an empty object', { body: {} }],
    ['a media type and nothing', { body: '' }],
  ])('take %s', async (_, sent) => {
    await berth.send('PUT', at('bare'), { body: { image: 'x' } });
    expect((await berth.send('POST', `${at('bare')}/stop`, sent)).status).toBe(200);
  });

  it('refuse a body that says something', async () => {
    await berth.send('PUT', at('bare'), { body: { image: 'x' } });
    const { errors } = await berth.refuse('invalid-body', 'POST', `${at('bare')}/stop`, { body: { timeout: 3 } });
    expect(errors).toEqual([{ in: 'body', pointer: '', message: 'must be empty' }]);
  });
});

describe('what is not there', () => {
  it.each<[method: string, path: string, body?: object]>([
    ['GET', '/v1/containers/absent'],
    ['PATCH', '/v1/containers/absent', { image: 'x' }],
    ['DELETE', '/v1/containers/absent'],
    ['DELETE', '/v1/containers/absent?force=true'],
    ['POST', '/v1/containers/absent/start'],
    ['POST', '/v1/containers/absent/stop'],
    ['POST', '/v1/containers/absent/restart'],
    ['GET', '/v1/containers/absent/ports'],
    ['GET', '/v1/containers/absent/ports/80'],
    ['GET', '/v1/containers/absent/ports/80/udp'],
    ['GET', '/v1/containers/absent/links'],
    ['GET', '/v1/containers/absent/env'],
    ['GET', '/v1/containers/absent/hosts'],
    ['GET', '/v1/containers/absent/inspect'],
    ['GET', '/v1/containers/absent/logs'],
    ['GET', '/v1/containers/absent/stats'],
    ['POST', '/v1/containers/absent/exec', { command: ['true'] }],
    ['GET', '/v1/nowhere'],
    ['GET', '/problems/absent'],
  ])('is a 404: %s %s', async (method, path, body) => {
    await berth.refuse('not-found', method, path, { body });
  });
});
