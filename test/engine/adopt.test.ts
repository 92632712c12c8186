/** Containers that docker run has started are taken over as they are, and are Berth's from then on. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { condition, declaring, namesLike, unique } from './declaring.js';
import { docker, eventually, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { get, change, ready } = declaring(() => t);

/** `docker run -d`, as far as the tests need it. */
async function dockerRun(name: string, image: string, options: object = {}, host: object = {}): Promise<string> {
  const labels = { [TEST_LABEL]: RUN };
  const container = await docker.createContainer({ name, Image: image, Labels: labels, ...options, HostConfig: host });
  await container.start();
  return container.id;
}

const adopt = (container: string, also: object = {}, query = '') =>
  t.http.post(`/v1/adopt${query}`).send({ container, ...also });

describe('POST /v1/adopt', () => {
  it("takes the chapter's containers over without a restart, and is true to them from then on", async () => {
    const [db, web] = [unique('db'), unique('web')];
    await dockerRun(db, 'mysql', { Env: ['MYSQL_ROOT_PASSWORD=my-secret-pw'] });
    const command = { Cmd: ['python', 'app.py'], Env: ['PROVIDER=docker run'] };
    await dockerRun(web, 'training/webapp', command, {
      PublishAllPorts: true,
      Links: [`${db}:db`],
      RestartPolicy: { Name: 'unless-stopped' },
    });
    const before = await docker.getContainer(web).inspect();
    const port = Number(before.NetworkSettings.Ports['5000/tcp']?.[0]?.HostPort);

    const early = await adopt(web);
    expect([early.status, early.body.code]).toEqual([409, 'not-adoptable']);
    expect(early.body.detail).toContain(`${db}, which Berth does not manage`);

    expect((await adopt(db)).status).toBe(201);
    await ready(db);
    const dry = await adopt(web, {}, '?dryRun=true');
    expect([dry.status, dry.body.lost, dry.body.container.publishAll]).toEqual([200, [], true]);
    const adopted = await adopt(web);
    expect(adopted.status, JSON.stringify(adopted.body)).toBe(201);
    expect(adopted.body.container).toMatchObject({
      name: web,
      env: { PROVIDER: 'docker run' },
      links: [{ alias: 'db' }],
    });

    const view = await ready(web);
    expect(view.status.container).toMatchObject({ id: before.Id, startedAt: before.State.StartedAt });
    expect(view.status.ports.map(({ hostPort }) => hostPort)).toContain(port);
    expect(condition(view, 'LinksResolved')?.status).toBe('True');

    t = await t.restart();
    const after = await ready(web);
    expect(after.status.container).toMatchObject({ id: before.Id, startedAt: before.State.StartedAt });

    await docker.getContainer(web).kill();
    // The engine gives it another port at the next start: it is replaced by one that has the old one.
    const again = await ready(web, (one) => one.status.container?.startedAt !== before.State.StartedAt);
    const same = ({ status }: typeof again) => status.ports.every(({ hostPort }) => hostPort === port);
    const bound = await ready(web, (one) => one.status.ports.length > 0 && same(one));
    expect(condition(bound, 'PortsBound')?.status).toBe('True');

    await change(web, { env: { PROVIDER: 'Berth' } });
    const replaced = await ready(web, (one) => one.status.observedGeneration === 2);
    expect(replaced.status.container?.id).not.toBe(before.Id);
    expect(replaced.status.ports.map(({ hostPort }) => hostPort)).toContain(port);
    expect(await inside(web, 'env')).toMatch(/DB_ENV_MYSQL_ROOT_PASSWORD=my-secret-pw/);
    await eventually(async () => expect(await namesLike(web)).toEqual([web]), 60_000);

    await t.http.delete(`/v1/containers/${web}?wait=60`).expect(200);
    await t.http.delete(`/v1/containers/${db}?wait=60`).expect(200);
    expect([await namesLike(web), await namesLike(db)]).toEqual([[], []]);
  });

  it('says what a replacement would lose, and takes it over all the same when that is wanted', async () => {
    const name = unique('odd');
    const id = await dockerRun(name, 'training/webapp', { OpenStdin: true, StdinOnce: true }, { CpuPeriod: 50_000 });
    const refused = await adopt(name);
    expect([refused.status, refused.body.code]).toEqual([409, 'would-interrupt']);
    const told = refused.body.errors.map(({ message }: { message: string }) => message.split(' ')[0]);
    expect(told.sort()).toEqual(['Config.StdinOnce', 'HostConfig.CpuPeriod']);
    expect((await t.http.get(`/v1/containers/${name}`)).status).toBe(404);
    const forced = await adopt(id.slice(0, 12), { force: true });
    expect([forced.status, forced.body.lost.length]).toEqual([201, 2]);
    expect((await ready(name)).status.container?.id).toBe(id);
  });

  it('changes nothing at once, and says what the first change or replacement brings', async () => {
    const name = unique('asis');
    const limits = { RestartPolicy: { Name: 'always' }, PidsLimit: -1 };
    const id = await dockerRun(name, 'training/webapp', { StopTimeout: 0 }, limits);
    const hostConfig = async () => (await docker.getContainer(id).inspect()).HostConfig;
    const before = await hostConfig();
    const { status, body } = await adopt(name);
    expect([status, body.lost, body.container.stopTimeoutSeconds]).toEqual([201, [], 0]);
    expect(body.changed.map(({ field, becomes }: { field: string; becomes: unknown }) => [field, becomes])).toEqual([
      ['HostConfig.PidsLimit', 4096],
      ['HostConfig.RestartPolicy.Name', 'unless-stopped'],
      ['HostConfig.SecurityOpt', ['no-new-privileges']],
      ['HostConfig.LogConfig', { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } }],
    ]);
    await ready(name);
    t = await t.restart();
    await ready(name);
    expect(await hostConfig()).toEqual(before);

    await change(name, { resources: { pids: 77 } });
    await eventually(async () => expect((await hostConfig()).PidsLimit).toBe(77));
    expect((await ready(name)).status.container?.id).toBe(id);
    await change(name, { env: { A: '1' } });
    await ready(name, (view) => view.status.container?.id !== id);
    const { HostConfig, Config } = await docker.getContainer(name).inspect();
    expect([HostConfig.SecurityOpt, HostConfig.RestartPolicy?.Name]).toEqual([['no-new-privileges'], 'unless-stopped']);
    expect((Config as { StopTimeout?: number }).StopTimeout).toBe(0);
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
  });

  it('takes nothing over that is managed already, or that is not there', async () => {
    const name = unique('mine');
    await t.http.post('/v1/containers?wait=60').send({ name, image: 'training/webapp' }).expect(201);
    const own = await adopt((await get(name)).status.container?.id ?? '');
    expect([own.status, own.body.code]).toEqual([409, 'not-adoptable']);
    const foreign = unique('theirs');
    const labels = { 'io.berth.instance': 'another', 'io.berth.uid': 'u', 'io.berth.name': foreign };
    const all = { ...labels, 'io.berth.generation': '1', 'io.berth.hash': '1:x', [TEST_LABEL]: RUN };
    await dockerRun(foreign, 'training/webapp', { Labels: all });
    expect((await adopt(foreign)).body.code).toBe('not-adoptable');
    expect((await adopt('no-such-container')).status).toBe(404);

    const once = unique('once');
    const id = await dockerRun(once, 'training/webapp');
    expect((await adopt(once)).status).toBe(201);
    await t.http.post(`/v1/containers/${once}/stop?wait=60`);
    await docker.getContainer(id).rename({ name: `${once}-again` });
    const twice = await adopt(`${once}-again`);
    expect([twice.status, twice.body.code]).toEqual([409, 'not-adoptable']);
    expect(twice.body.detail).toContain(`already adopted as ${once}`);
  });
});
