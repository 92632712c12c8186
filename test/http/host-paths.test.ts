/** Paths of the host: through every way of declaring, below allowed directories, and through symbolic links. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
/** Directory on this machine, for links that can be followed. */
let apps: string;
beforeAll(async () => {
  apps = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'berth-apps-'))), 'apps');
  mkdirSync(path.join(apps, 'one/config'), { recursive: true });
  symlinkSync('/etc', path.join(apps, 'etc'));
  symlinkSync('..', path.join(apps, 'up'));
  symlinkSync('/no/such/place', path.join(apps, 'dangling'));
  symlinkSync('one', path.join(apps, 'alias'));
  berth = await testBerth({ policy: { hostPaths: ['/srv/www', `${apps}/**`], projectDirectory: apps } });
});
afterAll(async () => {
  await berth.stop();
  rmSync(path.dirname(apps), { recursive: true });
});

let [web, count] = ['', 0];
beforeEach(async () => {
  web = `web-${++count}`;
});

const mounting = (volume: string) => ({ image: 'x', volumes: [{ volume, target: '/data' }] });
const run = (volume: string) => ({ command: `docker run --name ${web} -v ${volume}:/data x` });
const file = (volume: string) => ({
  compose: JSON.stringify({
    services: { web: { image: 'x', container_name: web, volumes: [`${volume}:/data`] } },
  }),
  project: 'shop',
});

/** A way of declaring a mount: its path, and its body. */
type Way = readonly [method: string, path: string, bodyOf: (volume: string) => object];
const WAYS: readonly Way[] = [
  ['POST', '/v1/containers', (volume) => ({ ...mounting(volume), name: web })],
  ['PUT', '/v1/containers/NAME', mounting],
  ['PATCH', '/v1/containers/THERE', mounting],
  ['POST', '/v1/apply', (volume) => ({ containers: [{ ...mounting(volume), name: web }] })],
  ['POST', '/v1/plan', (volume) => ({ containers: [{ ...mounting(volume), name: web }] })],
  ['POST', '/v1/import/docker-run?apply=true', run],
  ['POST', '/v1/import/docker-run?apply=true&force=true', run],
  ['POST', '/v1/import/compose?apply=true', file],
  ['POST', '/v1/import/compose?apply=true&force=true', file],
];

const outside = (): readonly string[] => [
  ...['/', '/etc', '/srv', '/srv/www/sub', apps, path.dirname(apps)],
  ...['etc', 'etc/passwd', 'up', 'up/x', 'dangling', 'one/../etc/../etc/x'].map((name) => path.join(apps, name)),
];
const within = (): readonly string[] => [
  '/srv/www',
  ...['one', 'one/config', 'new/dir', 'alias'].map((name) => path.join(apps, name)),
];

describe('a path of the host', () => {
  it.each(WAYS)('that is not allowed is refused by %s %s, and nothing changes', async (method, route, bodyOf) => {
    await berth.declare({ name: `${web}-there`, image: 'x' });
    const to = route.replace('NAME', web).replace('THERE', `${web}-there`);
    const headers = method === 'PATCH' ? { headers: MERGE_PATCH } : {};
    for (const volume of outside()) {
      const problem = await berth.refuse('policy-denied', method, to, { body: bodyOf(volume), ...headers });
      expect(problem.detail, volume).toMatch(/the host path/);
    }
    expect((await berth.send('GET', `/v1/containers/${web}`)).status).toBe(404);
    expect((await berth.get(`/v1/containers/${web}-there`)).volumes).toEqual([]);
  });

  // A plan needs an engine, and there is none.
  it.each(WAYS.filter(([, route]) => route !== '/v1/plan'))(
    'that is allowed is taken by %s %s',
    async (method, route, bodyOf) => {
      const there = `there-${web}`;
      await berth.declare({ name: there, image: 'x' });
      const headers = method === 'PATCH' ? { headers: MERGE_PATCH } : {};
      const first = web;
      for (const [index, volume] of within().entries()) {
        web = `${first}-${index}`;
        const { status, body } = await berth.send(method, route.replace('NAME', web).replace('THERE', there), {
          body: bodyOf(volume),
          ...headers,
        });
        expect(status, JSON.stringify(body)).toBeLessThan(300);
      }
    },
  );

  it('that became a link by now does not keep what stands from being stopped, and its next change is refused', async () => {
    const volume = path.join(apps, 'turned');
    mkdirSync(volume);
    await berth.declare({ ...mounting(volume), name: web });
    rmSync(volume, { recursive: true });
    symlinkSync('/', volume);
    const problem = await berth.refuse('policy-denied', 'PATCH', `/v1/containers/${web}`, {
      ...{ body: { env: { A: '1' } }, headers: MERGE_PATCH },
    });
    expect(problem.errors).toMatchObject([
      { pointer: '/volumes/0/volume', message: expect.stringContaining('leads through a symbolic link to "/"') },
    ]);
    expect((await berth.send('POST', `/v1/containers/${web}/stop`)).status).toBe(200);
    rmSync(volume);
  });
});

describe('an import', () => {
  const imported = async (route: string, body: object): Promise<Json> =>
    (await berth.send('POST', route, { body })).body;

  it('resolves relative paths by the directory in its body, or else by that of the policy', async () => {
    const compose = 'name: shop\nservices:\n  web:\n    image: x\n    volumes: [./data:/data, ~/x:/x, "${PWD}/y:/y"]\n';
    const volumesOf = (body: Json): readonly string[] => body.containers[0].volumes.map(({ volume }: Json) => volume);
    const sent = await imported('/v1/import/compose', {
      compose,
      projectDirectory: '/srv/a/../b/',
      env: { HOME: '/root' },
    });
    expect([volumesOf(sent), sent.unsupported]).toEqual([['/srv/b/data', '/root/x', '/srv/b/y'], []]);
    const byPolicy = await imported('/v1/import/compose', { compose });
    expect(volumesOf(byPolicy)).toEqual(['data', 'x', 'y'].map((name) => path.join(apps, 'shop', name)));
    const command = 'docker run -v $(pwd)/data:/data -v .:/x -v ~/:/y x';
    const line = await imported('/v1/import/docker-run', { command, projectDirectory: '/srv/b' });
    expect(volumesOf(line)).toEqual(['/srv/b/data', '/srv/b', '/srv/b']);
    expect(volumesOf(await imported('/v1/import/docker-run', { command }))).toEqual([
      path.join(apps, 'data'),
      apps,
      apps,
    ]);
  });

  it('takes only an absolute directory', async () => {
    for (const projectDirectory of ['', 'srv', './srv', '~']) {
      await berth.refuse('invalid-definition', 'POST', '/v1/import/compose', {
        body: { ...file('/srv/www'), projectDirectory },
      });
      await berth.refuse('invalid-definition', 'POST', '/v1/import/docker-run', {
        body: { ...run('/srv/www'), projectDirectory },
      });
    }
  });

  it('reads back what an export wrote', async () => {
    const volumes = [
      { volume: path.join(apps, 'one'), target: '/one', readOnly: true },
      {
        volume: '/srv/www',
        target: '/www',
        readOnly: false,
        createHostPath: true,
        propagation: 'rslave',
        selinux: 'z',
      },
    ];
    await berth.declare({ name: web, image: 'x', volumes });
    const { body: compose } = await berth.send('GET', `/v1/export/compose?name=${web}`, {
      headers: { accept: 'application/json' },
    });
    const read = await imported('/v1/import/compose', { compose: JSON.stringify(compose), project: 'shop' });
    expect(read.unsupported).toEqual([]);
    const put = await berth.send('PUT', `/v1/containers/${web}`, { body: { ...read.containers[0], name: web } });
    expect([put.status, put.body.volumes]).toEqual([200, volumes]);
  });
});

it('the policy is read again before each check', async () => {
  const other = await testBerth({ policy: {} });
  try {
    await other.refuse('policy-denied', 'POST', '/v1/containers', { body: mounting('/srv/www') });
    writeFileSync(`${other.dataDir}/policy.json`, JSON.stringify({ hostPaths: ['/srv/**'] }));
    await other.send('POST', '/v1/policy/reload');
    expect((await other.send('POST', '/v1/containers', { body: mounting('/srv/www') })).status).toBe(201);
  } finally {
    await other.stop();
  }
});
