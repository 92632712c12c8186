/** Paths of the host, seen from inside containers: options, adoption, and links that are planted after a declaration. */

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { note } from '../notes.js';
import { condition, declaring, unique } from './declaring.js';
import { docker, eventually, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
let apps: string;
beforeAll(async () => {
  // Not below /tmp: an engine that runs as a service may have one of its own.
  apps = mkdtempSync('/var/tmp/berth-apps-');
  note('folder', apps);
  mkdirSync(path.join(apps, 'one/config'), { recursive: true });
  writeFileSync(path.join(apps, 'one/config/greeting'), 'hello from the host');
  t = await testBerth({ policy: { hostPaths: [`${apps}/**`], projectDirectory: apps } });
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
  rmSync(apps, { recursive: true, force: true });
});
const { declare, change, get, ready } = declaring(() => t);
const app = (...parts: readonly string[]) => path.join(apps, ...parts);
const byTarget = (a: { readonly target: string }, b: { readonly target: string }) => (a.target < b.target ? -1 : 1);
const WEBAPP = { image: 'training/webapp', command: ['python', 'app.py'] };

describe('a path below an allowed directory', () => {
  it('is mounted with its options, and created only where that is declared', async () => {
    const name = unique('options');
    const volumes = [
      { volume: app('one/config'), target: '/config', readOnly: true },
      { volume: app('made', name), target: '/made', createHostPath: true, propagation: 'private' },
    ];
    await declare({ ...WEBAPP, name, volumes });
    expect(await inside(name, 'cat', '/config/greeting')).toBe('hello from the host');
    expect(await inside(name, 'sh', '-c', 'echo x > /config/new')).toMatch(/Read-only file system/);
    await inside(name, 'sh', '-c', 'echo here > /made/file');
    expect(existsSync(app('made', name, 'file'))).toBe(true);
    const { Mounts } = await docker.getContainer(name).inspect();
    expect(Mounts.find(({ Destination }) => Destination === '/made')).toMatchObject({ Propagation: 'private' });

    const absent = unique('absent');
    const missing = [{ volume: app('no', absent), target: '/made' }];
    await t.http
      .post('/v1/containers')
      .send({ ...WEBAPP, name: absent, volumes: missing })
      .expect(201);
    await eventually(async () => {
      expect(condition(await get(absent), 'Ready')).toMatchObject({
        ...{ status: 'False', reason: 'CreateFailed', message: expect.stringContaining('does not exist') },
      });
    });
    expect(existsSync(app('no'))).toBe(false);
  });

  it('comes from a docker run line and from a Compose file, relative to the directory of the policy', async () => {
    const name = unique('line');
    const command = `docker run -d --name ${name} -v ./one/config:/config:ro training/webapp python app.py`;
    await t.http.post('/v1/import/docker-run?apply=true&wait=60').send({ command }).expect(201);
    expect(await inside(name, 'cat', '/config/greeting')).toBe('hello from the host');

    const set = unique('set');
    const compose = `services:\n  web:\n    image: training/webapp\n    command: python app.py\n    volumes: [./data:/data]\n`;
    await t.http.post('/v1/import/compose?apply=true&wait=60').send({ compose, project: set }).expect(200);
    await inside(`${set}-web`, 'sh', '-c', 'echo here > /data/file');
    expect(existsSync(app(set, 'data/file'))).toBe(true);
  });

  it('goes on after an adoption and the replacement that follows', async () => {
    const name = unique('adopted');
    const container = await docker.createContainer({
      ...{ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN }, Cmd: ['python', 'app.py'] },
      HostConfig: { Binds: [`${app('one')}:/one:ro`, `${app('fresh')}:/fresh`] },
    });
    await container.start();
    const { status, body } = await t.http.post('/v1/adopt').send({ container: name });
    expect([status, body.lost]).toEqual([201, []]);
    expect(body.container.volumes.toSorted(byTarget)).toEqual([
      { volume: app('fresh'), target: '/fresh', readOnly: false, createHostPath: true },
      { volume: app('one'), target: '/one', readOnly: true, createHostPath: true },
    ]);
    await change(name, { env: { A: '1' } });
    await ready(name, (view) => view.status.container?.id !== container.id);
    expect(await inside(name, 'cat', '/one/config/greeting')).toBe('hello from the host');
  });
});

describe('a symbolic link that leads out of an allowed directory', () => {
  it('keeps a container from being adopted', async () => {
    symlinkSync('/etc', app('etc'));
    const name = unique('escaped');
    await docker.createContainer({
      ...{ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } },
      HostConfig: { Binds: [`${app('etc')}:/in`] },
    });
    const { status, body } = await t.http.post('/v1/adopt').send({ container: name, force: true });
    expect([status, body.code]).toEqual([403, 'policy-denied']);
    expect(body.errors[0].message).toContain('leads through a symbolic link to "/etc"');
  });

  it('that was planted after the declaration is not followed by a creation or a start', async () => {
    const name = unique('planted');
    const place = app(name);
    mkdirSync(place);
    await declare({ ...WEBAPP, name, volumes: [{ volume: place, target: '/in' }] });
    await t.http.post(`/v1/containers/${name}/stop?wait=60`).expect(200);
    renameSync(place, `${place}-moved`);
    symlinkSync('/etc', place);
    await t.http.post(`/v1/containers/${name}/start`).expect(200);
    const refused = async (reason: string) =>
      eventually(async () => {
        expect(condition(await get(name), 'Ready')).toMatchObject({
          ...{ status: 'False', reason, message: expect.stringContaining('leads through a symbolic link to "/etc"') },
        });
      });
    await refused('StartFailed');
    await docker.getContainer(name).remove({ force: true });
    await refused('CreateFailed');
    rmSync(place);
    renameSync(`${place}-moved`, place);
    await ready(name);
  });
});
