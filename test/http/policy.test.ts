/** What a policy refuses, wherever it is declared; the policy itself; and that it stops nothing. */

import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { faultsOf, type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

const STRICT = {
  publish: 'loopback',
  images: { registries: ['docker.io'] },
  hostPaths: ['/srv/www'],
  linkEnv: 'address',
};

let berth: TestBerth;
afterEach(() => berth.stop());

const open = async (policy?: object): Promise<void> => {
  berth = await testBerth(policy === undefined ? {} : { policy });
};
const rewrite = (policy: unknown): void =>
  writeFileSync(`${berth.dataDir}/policy.json`, typeof policy === 'string' ? policy : JSON.stringify(policy));
const reload = () => berth.send('POST', '/v1/policy/reload');
const at = (name: string) => `/v1/containers/${name}`;

/** Everything in it is refused by {@link STRICT}. */
const FORBIDDEN = {
  image: 'ghcr.io/team/app',
  publishAll: true,
  ports: ['127.0.0.1:8000:80', '8080:80'],
  links: ['db'],
  volumes: [
    { volume: 'data', target: '/data' },
    { volume: '/etc', target: '/etc' },
  ],
};
const POINTERS = ['/image', '/publishAll', '/ports/1', '/links/0/env', '/volumes/1/volume'];
const ALLOWED = {
  image: 'team/app',
  ports: ['127.0.0.1:8000:80'],
  links: [{ container: 'db', env: 'address' }],
  volumes: [{ volume: '/srv/www', target: '/www' }],
};

const pointersOf = ({ errors = [] }: { readonly errors?: readonly { readonly pointer: string }[] }) =>
  errors.map(({ pointer }) => pointer);

describe('what the policy does not allow', () => {
  it.each<[string, string, string, (definition: object) => object, prefix: string]>([
    ['POST', '/v1/containers', '', (one) => ({ ...one, name: 'web' }), ''],
    ['POST', '/v1/containers?dryRun=true', '', (one) => ({ ...one, name: 'web' }), ''],
    ['PUT', at('web'), '', (one) => one, ''],
    ['PUT', at('there'), '', (one) => one, ''],
    ['PATCH', at('there'), '', (one) => one, ''],
    ['PATCH', at('there?dryRun=true'), '', (one) => one, ''],
    ...['/v1/plan', '/v1/apply', '/v1/apply?dryRun=true'].map(
      (path) =>
        [
          ...['POST', path, ''],
          (one: object) => ({
            containers: [
              { name: 'fine', image: 'x' },
              { name: 'web', ...one },
            ],
          }),
          '/containers/1',
        ] as [string, string, string, (definition: object) => object, string],
    ),
  ])('%s %s%s is refused with every fault, and changes nothing', async (method, path, _, bodyOf, prefix) => {
    await open(STRICT);
    await berth.declare({ name: 'db', image: 'mysql' });
    await berth.declare({ name: 'there', image: 'x' });
    const headers = method === 'PATCH' ? { headers: MERGE_PATCH } : {};
    const problem = await berth.refuse('policy-denied', method, path, { body: bodyOf(FORBIDDEN), ...headers });
    expect(pointersOf(problem)).toEqual(POINTERS.map((pointer) => `${prefix}${pointer}`));
    expect(problem.detail).toContain('ghcr.io');
    expect((await berth.get('/v1/events')).items.map(({ container }: Json) => container)).toEqual(['db', 'there']);
  });

  it('tells the faults of every member of a set', async () => {
    await open(STRICT);
    const containers = [
      { name: 'a1', image: 'x', ports: ['80'] },
      { name: 'a2', image: 'x' },
      { name: 'a3', image: 'r.example.com/x' },
    ];
    const problem = await berth.refuse('policy-denied', 'POST', '/v1/apply', { body: { containers } });
    expect(pointersOf(problem)).toEqual(['/containers/0/ports/0', '/containers/2/image']);
  });

  it('is not imported either: a docker run line, with the flag that it is about', async () => {
    await open(STRICT);
    const body = { command: 'docker run -d --name web -p 8080:80 nginx' };
    expect((await berth.send('POST', '/v1/import/docker-run', { body })).status).toBe(200);
    const problem = await berth.refuse('policy-denied', 'POST', '/v1/import/docker-run?apply=true', { body });
    expect(problem.errors).toMatchObject([{ pointer: '/command', message: expect.stringContaining('-p 8080:80') }]);
  });

  it('is not imported either: a Compose file, with the line that it is about', async () => {
    await open(STRICT);
    const compose = 'name: shop\nservices:\n  web:\n    image: nginx\n    ports: ["8080:80"]\n';
    const problem = await berth.refuse('policy-denied', 'POST', '/v1/import/compose?apply=true', { body: { compose } });
    expect(problem.errors).toMatchObject([{ message: expect.stringContaining('line 5') }]);
  });

  it('is not pulled: also while the engine is away', async () => {
    await open();
    const pull = (image: string) => berth.send('POST', '/v1/images/pull', { body: { image } });
    const refused = await pull('127.1:5000/x');
    expect([refused.status, refused.body.code, faultsOf(refused.body)[0]]).toEqual([
      ...[403, 'policy-denied', expect.stringContaining('/image the image comes from 127.1:5000')],
    ]);
    expect((await pull('nginx')).body.code).toBe('engine-unavailable');
  });

  it('is not kept under an Idempotency-Key: it may be allowed the next time', async () => {
    await open(STRICT);
    const sent = { body: { name: 'web', image: 'x', ports: ['80'] }, headers: { 'idempotency-key': 'k1' } };
    expect((await berth.send('POST', '/v1/containers', sent)).status).toBe(403);
    rewrite({});
    expect((await reload()).status).toBe(200);
    expect((await berth.send('POST', '/v1/containers', sent)).status).toBe(201);
  });

  it('leaves what it allows as it is', async () => {
    await open(STRICT);
    await berth.declare({ name: 'db', image: 'mysql' });
    const view = await berth.declare({ name: 'web', ...ALLOWED });
    expect(view.volumes).toEqual([{ volume: '/srv/www', target: '/www', readOnly: false }]);
    const exposed = view.status.conditions.find(({ type }: Json) => type === 'Exposed');
    expect(exposed).toMatchObject({ status: 'False', reason: 'LoopbackOnly' });
  });
});

describe('by default', () => {
  it.each([
    ['/etc', 403],
    ['/var/run/docker.sock', 403],
    ['/proc', 403],
    ['/srv/../etc', 403],
    ['//etc', 403],
    ['/', 403],
    ['~', 422],
    ['../etc', 422],
    ['./', 422],
  ])('the path %s of the host is refused', async (volume, status) => {
    await open();
    const body = { name: 'web', image: 'x', volumes: [{ volume, target: '/data' }] };
    const code = status === 403 ? 'policy-denied' : 'invalid-definition';
    const problem = await berth.refuse(code, 'POST', '/v1/containers', { body });
    expect(pointersOf(problem)).toEqual(['/volumes/0/volume']);
  });

  it('everything else is as Docker has it', async () => {
    await open();
    const { file, policy, violations } = await berth.get('/v1/policy');
    expect({ file, policy, violations }).toEqual({
      file: null,
      policy: { publish: 'any', images: { registries: 'any' }, hostPaths: [], linkEnv: 'all' },
      violations: [],
    });
    await berth.declare({ name: 'web', image: 'ghcr.io/team/app', ports: ['80'], publishAll: true });
    expect((await reload()).body.policy).toEqual(policy);
  });
});

describe('the policy', () => {
  it('is read again when it is asked for, and lists what it would refuse by now', async () => {
    await open({});
    await berth.declare({ name: 'web', image: 'x', ports: ['8080:80'] });
    await berth.declare({ name: 'fine', image: 'x' });
    const before = await berth.get('/v1/policy');
    expect(before.violations).toEqual([]);
    rewrite({ publish: 'loopback' });
    const answer = await reload();
    expect([answer.status, answer.body.policy.publish]).toEqual([200, 'loopback']);
    expect(answer.body.file).toBe(`${berth.dataDir}/policy.json`);
    expect(Date.parse(answer.body.readAt)).toBeGreaterThanOrEqual(Date.parse(before.readAt));
    expect(answer.body.violations).toEqual([
      { container: 'web', errors: [{ pointer: '/ports/0', message: expect.stringContaining('127.0.0.1:8080:80') }] },
    ]);
    expect(await berth.get('/v1/policy')).toEqual(answer.body);
  });

  it('that is tightened stops nothing: what stands is started, stopped and removed, and its next change heeds it', async () => {
    await open({});
    const web = await berth.declare({ name: 'web', image: 'x', ports: ['8080:80'] });
    rewrite({ publish: 'loopback' });
    await reload();
    expect(await berth.get(at('web'))).toMatchObject({ generation: 1, state: 'running' });
    const { status: _, ...asItWas } = web;
    const same = await berth.send('PUT', at('web'), { body: asItWas });
    expect([same.status, same.body.generation]).toEqual([200, 1]);
    for (const verb of ['stop', 'start', 'restart']) {
      expect((await berth.send('POST', `${at('web')}/${verb}`)).status, verb).toBe(200);
    }
    expect((await berth.send('PATCH', at('web'), { body: { state: 'stopped' } })).status).toBe(200);
    await berth.refuse('policy-denied', 'PATCH', at('web'), { body: { env: { A: '1' } } });
    const mended = { env: { A: '1' }, ports: ['127.0.0.1:8080:80'] };
    expect((await berth.send('PATCH', at('web'), { body: mended })).status).toBe(200);
    expect((await berth.get('/v1/policy')).violations).toEqual([]);
    expect((await berth.send('DELETE', at('web'))).status).toBe(202);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['is not JSON any more', '{', [' is not JSON']],
    ['has keys and values that are not known', { publsh: 1, linkEnv: 'none' }, ['/publsh', '/linkEnv']],
    ['is gone', undefined, [" can't be read: ENOENT"]],
  ])('stays in force when its file %s', async (_, written, faults) => {
    await open({ publish: 'loopback' });
    const before = await berth.get('/v1/policy');
    if (written === undefined) rmSync(`${berth.dataDir}/policy.json`);
    else rewrite(written);
    const problem = await berth.refuse('invalid-policy', 'POST', '/v1/policy/reload');
    const found = faultsOf(problem);
    expect(found).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
    for (const { in: where } of problem.errors ?? []) expect(where).toBe('file');
    expect(await berth.get('/v1/policy')).toEqual(before);
    await berth.refuse('policy-denied', 'POST', '/v1/containers', { body: { image: 'x', ports: ['80'] } });
  });

  it('takes no body to be read again', async () => {
    await open({});
    await berth.refuse('invalid-body', 'POST', '/v1/policy/reload', { body: { publish: 'any' } });
  });

  it('that is wrong at the start ends it, with a sentence', async () => {
    await open();
    await expect(testBerth({ policy: { publsh: 'any' } })).rejects.toThrow(/policy\.json is not in force: \/publsh: /);
  });
});
