/** The variables that we compute are those that the engine itself sets, and what was not asked for is not there. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});

const { declare } = declaring(() => t);

/** The lines that begin with a prefix, sorted. */
const withPrefix = (env: string, prefix: string): readonly string[] =>
  env
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .sort();

/** What the engine gives a plain container that links to a source. */
async function byTheEngine(source: string, alias: string, prefix: string): Promise<readonly string[]> {
  const name = unique('plain');
  const plain = await docker.createContainer({
    name,
    Image: 'training/webapp',
    Labels: { [TEST_LABEL]: RUN },
    HostConfig: { Links: [`${source}:${alias}`] },
  });
  await plain.start();
  const lines = withPrefix(await inside(name, 'env'), prefix);
  await plain.remove({ force: true });
  return lines.map((line) => line.replace(`=/${name}/`, '=/RECIPIENT/'));
}

const IMAGE = { image: 'training/webapp', command: ['sleep', '1000'] };

describe.skipIf(IS_PODMAN)('the link environment', () => {
  it.each([
    ['two ports of an image', { image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'a b=c "d" $e' } }, 'db', 'DB_'],
    ['a range', { ...IMAGE, expose: ['8000-8004'] }, 'web', 'WEB_'],
    ['two ports in a row', { ...IMAGE, expose: ['5001'] }, 'pair', 'PAIR_'],
    ['tcp and udp', { ...IMAGE, expose: ['53/udp', '53/tcp', '54/tcp', '55/tcp', '6000/udp'] }, 'dns', 'DNS_'],
    ['an alias with a dash and a dot', { ...IMAGE, env: { A: '1' } }, 'my-db.x', 'MY_DB.X_'],
  ])('is the one that the engine sets: %s', async (_, source, alias, prefix) => {
    const [from, to] = [unique('source'), unique('recipient')];
    await declare({ name: from, ...source });
    await declare({ name: to, ...IMAGE, links: [`${from}:${alias}`] });
    const { version } = (await t.http.get('/v1/engine')).body;
    const ours = withPrefix(await inside(to, 'env'), prefix).map((line) => line.replace(`=/${to}/`, '=/RECIPIENT/'));
    expect(ours.length).toBeGreaterThan(3);
    // Engines from 29 on set none: there ours is all that there is.
    if (Number.parseInt(version, 10) < 29) expect(ours).toEqual(await byTheEngine(from, alias, prefix));
  });

  it('hides what was not asked for, and does not hand links on along a chain', async () => {
    const [db, mid, end, none] = [unique('db'), unique('mid'), unique('end'), unique('none')];
    await declare({ name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'secret' } });
    await declare({
      name: mid,
      ...IMAGE,
      env: { DB_PORT: 'mine' },
      links: [{ container: db, alias: 'db', env: 'address' }],
    });
    await declare({ name: end, ...IMAGE, links: [`${mid}:mid`] });
    await declare({ name: none, ...IMAGE, links: [{ container: db, alias: 'db', env: 'none' }] });

    const middle = await inside(mid, 'env');
    expect(withPrefix(middle, 'DB_ENV_')).toEqual([]);
    expect(middle).toContain('DB_PORT_3306_TCP_PORT=3306');
    expect(withPrefix(middle, 'DB_PORT=')).toEqual(['DB_PORT=mine']);
    expect(withPrefix(await inside(end, 'env'), 'MID_ENV_')).toEqual(['MID_ENV_DB_PORT=mine']);
    expect(withPrefix(await inside(none, 'env'), 'DB_')).toEqual([]);
    expect(await inside(none, 'cat', '/etc/hosts')).toContain('\tdb ');
  });

  it('is what the API says, for whatever user', async () => {
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, ...IMAGE, expose: ['7000'] });
    await declare({ name: web, ...IMAGE, user: '1234', env: { X: 'y' }, links: [`${db}:db`] });
    const told = (await t.http.get(`/v1/containers/${web}/env`).set('accept', 'text/plain')).text;
    expect((await inside(web, 'env')).split('\n').sort()).toEqual(told.split('\n').sort());
  });
});

describe.skipIf(IS_PODMAN)('on a network of ours', () => {
  it('the alias is a DNS name; the network comes and goes with its definitions', async () => {
    const [network, db, web] = [unique('net'), unique('db'), unique('web')];
    await declare({ name: db, image: 'mysql', network, env: { MYSQL_ROOT_PASSWORD: 'x' } });
    const view = await declare({ name: web, ...IMAGE, network, links: [`${db}:thedb`] });
    expect(await inside(web, 'nc', 'thedb', '3306')).toContain('hello');
    expect(await inside(web, 'env')).toContain(`THEDB_PORT_3306_TCP_ADDR=${view.status.links[0]?.address}`);
    const [made] = await docker.listNetworks({ filters: { name: [network] } });
    expect(made?.Labels?.['io.berth.instance']).toBe(t.berth.instance());
    await t.http.delete(`/v1/containers/${web}?wait=30`).expect(200);
    await t.http.delete(`/v1/containers/${db}?wait=30`).expect(200);
    expect(await docker.listNetworks({ filters: { name: [network] } })).toEqual([]);
  });

  it('a network that somebody else made is left alone', async () => {
    const network = unique('foreign');
    const foreign = await docker.createNetwork({ Name: network, Labels: { [TEST_LABEL]: RUN } });
    const name = unique('web');
    await t.http
      .post('/v1/containers')
      .send({ name, ...IMAGE, network })
      .expect(201);
    await eventually(async () => {
      const { body } = await t.http.get(`/v1/containers/${name}`);
      expect(body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'False', reason: 'NetworkNotManaged' });
    });
    expect(Object.keys((await foreign.inspect()).Containers ?? {})).toEqual([]);
  });
});
