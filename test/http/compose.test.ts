/** Compose files: read, stored as sets, and written. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { declaredOf, faultsOf, type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeEach(async () => {
  berth = await testBerth();
});
afterEach(() => berth.stop());

const SHOP = `name: shop
services:
  web:
    image: training/webapp
    restart: unless-stopped
    ports: ["5000", "7001:80"]
    depends_on: [db]
  db:
    image: training/postgres
    restart: unless-stopped
    environment: { PASSWORD: "\${PW:-none}" }
    volumes: ["data:/data"]
volumes: { data: }
`;
const UNSUPPORTED = `${SHOP}`.replace(
  '    depends_on: [db]\n',
  '    depends_on: [db]\n    oom_kill_disable: true\n    develop: { watch: [] }\n',
);

const post = (compose: string, query = '', over: object = {}) =>
  berth.send('POST', `/v1/import/compose${query}`, { body: { compose, ...over } });
const names = async (query = ''): Promise<readonly string[]> =>
  (await berth.get(`/v1/containers${query}`)).items.map((one: Json) => one.name).sort();
const results = ({ body }: Json) => body.applied.results.map((one: Json) => `${one.name} ${one.result}`);
const yaml = async (query = '') => {
  const answer = await berth.send('GET', `/v1/export/compose${query}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/yaml; charset=utf-8']);
  return answer.text;
};

describe('a large Compose file', () => {
  it('with 400 services of 122 variables each is imported', async () => {
    const environment = Array.from({ length: 122 }, (_, at) => `      SETTING_${at}: value\n`).join('');
    const services = Array.from(
      { length: 400 },
      (_, at) => `  s${at}:\n    image: a\n    environment:\n${environment}`,
    );
    const { status, body } = await post(`name: shop\nservices:\n${services.join('')}`);
    expect([status, body.containers.length, body.unsupported]).toEqual([200, 400, []]);
    expect(Object.keys(body.containers[399].env)).toHaveLength(122);
  });

  it('is refused above 2 MiB, as is a docker run line with such files', async () => {
    const large = 'a'.repeat(2 * 1024 * 1024);
    for (const [path, body] of [
      ['compose', { compose: large }],
      ['docker-run', { command: 'docker run --env-file a x', files: { a: large } }],
    ] as const) {
      const { detail } = await berth.refuse('payload-too-large', 'POST', `/v1/import/${path}`, { body });
      expect(detail).toBe('The body is larger than 2048 KiB. Send less.');
    }
  });
});

describe('networks of a Compose file', () => {
  const file = (more: string, internal = '') => `name: shop
services:
  web: { image: a, networks: { front: { aliases: [www] }, back: { ipv4_address: 10.60.0.9 } } }
networks: { front: { external: true, name: edge }, back: { ipam: { config: [{ subnet: ${more} }] }${internal} } }
`;

  it('are declared with the definitions, which a dry run shows', async () => {
    const back = { name: 'shop_back', subnet: '10.60.0.0/24' };
    const edge = { name: 'edge', external: true };
    const rehearsed = await post(file('10.60.0.0/24'), '?apply=true&dryRun=true');
    expect([rehearsed.status, rehearsed.body.unsupported]).toEqual([200, []]);
    expect(rehearsed.body.networks).toEqual(expect.arrayContaining([back, edge]));
    expect((await berth.send('GET', '/v1/networks/shop_back')).status).toBe(404);
    const stored = await post(file('10.60.0.0/24'), '?apply=true');
    expect([stored.status, stored.body.networks]).toEqual([200, rehearsed.body.networks]);
    expect(await berth.get('/v1/networks/shop_back')).toMatchObject({ ...back, declared: true });
    expect(await berth.get('/v1/networks/edge')).toMatchObject({ ...edge, declared: true });
    expect((await berth.get('/v1/containers/shop-web')).status.addresses).toEqual([
      { network: 'shop_back', address: '10.60.0.9', origin: 'fixed' },
    ]);
    expect(results(await post(file('10.60.0.0/24'), '?apply=true'))).toEqual(['shop-web unchanged']);
    const again = await post(await yaml('?set=shop'));
    expect(again.body.networks).toEqual(expect.arrayContaining([back, edge]));
  });

  it('are refused with their place, and then nothing is stored', async () => {
    await berth.send('PUT', '/v1/networks/other', { body: { subnet: '10.60.0.0/16' } });
    const request = { body: { compose: file('10.60.0.0/24') } };
    const refusal = await berth.refuse('address-unavailable', 'POST', '/v1/import/compose?apply=true', request);
    expect(refusal.detail).toContain('overlaps with the network other');
    expect(refusal.errors?.[0]?.message).toContain('line 4');
    expect(await names()).toEqual([]);
    expect((await berth.send('GET', '/v1/networks/edge')).status).toBe(404);
  });
});

describe('POST /v1/import/compose', () => {
  it('reads, and stores nothing', async () => {
    const answer = await post(SHOP, '', { env: { PW: 'x' } });
    expect([answer.status, answer.body.set, answer.body.left]).toEqual([200, 'shop', []]);
    expect(answer.body.containers).toEqual([
      {
        ...{
          name: 'shop-web',
          service: 'web',
          image: 'training/webapp',
          ports: ['5000', '7001:80'],
          network: 'shop_default',
        },
        ...{ restartPolicy: 'always', dependsOn: [{ container: 'shop-db', condition: 'started', required: true }] },
      },
      {
        ...{
          name: 'shop-db',
          service: 'db',
          image: 'training/postgres',
          env: { PASSWORD: 'x' },
          network: 'shop_default',
        },
        ...{ volumes: [{ volume: 'shop_data', target: '/data', readOnly: false }], restartPolicy: 'always' },
      },
    ]);
    expect(await names()).toEqual([]);
  });

  it('answers what /v1/apply takes as it is', async () => {
    const { set, containers } = (await post(SHOP)).body;
    const applied = await berth.send('POST', '/v1/apply', { body: { set, containers } });
    expect(applied.status).toBe(200);
    expect(results(await post(SHOP, '?apply=true'))).toEqual(['shop-web unchanged', 'shop-db unchanged']);
  });

  it('stores all of it in the set of the project, in whatever order, and changes nothing the second time', async () => {
    const first = await post(SHOP, '?apply=true');
    expect([first.status, results(first)]).toEqual([200, ['shop-web created', 'shop-db created']]);
    expect(await names('?set=shop')).toEqual(['shop-db', 'shop-web']);
    expect(results(await post(SHOP, '?apply=true'))).toEqual(['shop-web unchanged', 'shop-db unchanged']);
    const other = await post(SHOP, '?apply=true', { env: { PW: 'y' } });
    expect(results(other)).toEqual(['shop-web unchanged', 'shop-db updated']);
  });

  it("stores a health check in each of Docker's array forms as what Docker runs", async () => {
    const tests: readonly [service: string, test: string, command: readonly string[]][] = [
      ['argv', '[CMD, curl, -f, x]', ['curl', '-f', 'x']],
      ['none', '[NONE]', []],
      ['program', '[CMD, NONE]', ['CMD', 'NONE']],
      ['shell', '[CMD-SHELL, "a || b"]', ['/bin/sh', '-c', 'a || b']],
      ['text', 'a || b', ['/bin/sh', '-c', 'a || b']],
    ];
    const services = tests.map(([name, check]) => `  ${name}: { image: x, healthcheck: { test: ${check} } }`);
    const applied = await post(`name: checks\nservices:\n${services.join('\n')}`, '?apply=true');
    expect(applied.status, applied.text).toBe(200);
    for (const [name, , command] of tests) {
      expect(await berth.get(`/v1/containers/checks-${name}`)).toMatchObject({ healthcheck: { command } });
    }
  });

  it('removes what is no longer in the file where that is wanted', async () => {
    await post(SHOP, '?apply=true');
    const one = 'name: shop\nservices: { db: { image: training/postgres } }';
    expect(results(await post(one, '?apply=true'))).toEqual(['shop-db updated']);
    expect(results(await post(one, '?apply=true&prune=true'))).toEqual(['shop-db unchanged', 'shop-web deleted']);
  });

  it('is done once for a key, answers 202 while not all are ready, and shows the steps in a dry run', async () => {
    const headers = { 'idempotency-key': 'compose-1' };
    const send = () => berth.send('POST', '/v1/import/compose?apply=true', { body: { compose: SHOP }, headers });
    const first = await send();
    const again = await send();
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    expect(results(first)).toEqual(['shop-web created', 'shop-db created']);
    expect((await post(SHOP, '?apply=true&wait=1', { env: { PW: 'z' } })).status).toBe(202);
    const dry = await post(SHOP, '?apply=true&dryRun=true', { project: 'other' });
    expect([dry.status, faultsOf(dry.body)[0]], dry.text).toEqual([409, expect.stringContaining('7001')]);
    const renamed = SHOP.replaceAll('web', 'www').replaceAll('db', 'sql').replace('7001', '7002');
    expect(results(await post(renamed, '?apply=true&dryRun=true', { project: 'other' }))).toEqual([
      'other-www created',
      'other-sql created',
    ]);
    expect(await names()).toEqual(['shop-db', 'shop-web']);
  });

  it('stores what can not be said whole only where that is wanted', async () => {
    const read = await post(UNSUPPORTED);
    expect(read.body.left.map((one: Json) => `${one.effect} ${one.at}`)).toEqual([
      'unsupported /services/web/oom_kill_disable',
      'ignored /services/web/develop',
    ]);
    const refusal = await berth.refuse('not-importable', 'POST', '/v1/import/compose?apply=true', {
      body: { compose: UNSUPPORTED },
    });
    expect(faultsOf(refusal)).toEqual([
      expect.stringMatching(/^\/compose \/services\/web\/oom_kill_disable: definitions limit only memory/),
    ]);
    const forced = await post(UNSUPPORTED, '?apply=true&force=true');
    expect([results(forced), forced.body.left.length]).toEqual([['shop-web created', 'shop-db created'], 2]);
    expect([read.body.unsupported, forced.body.unsupported]).toEqual([read.body.left, read.body.left]);
  });

  it.each<[key: string, value: string, code: 'not-importable' | 'invalid-definition']>([
    ['cgroup_parent', 'canary-value', 'not-importable'],
    ['env_file', '$CANARY', 'not-importable'],
    ['tty', '$CANARY', 'invalid-definition'],
  ])('is told no values of variables in a refusal: %s: %s', async (key, value, code) => {
    const compose = SHOP.replace('    volumes:', `    ${key}: ${value}\n    volumes:`);
    const refusal = await berth.refuse(code, 'POST', '/v1/import/compose?apply=true', {
      body: { compose, env: { CANARY: 'canary-value' } },
    });
    expect(JSON.stringify(refusal)).toContain(`/services/db/${key}`);
    expect(JSON.stringify(refusal)).not.toContain('canary-value');
  });

  it('merges several texts, and reads the files that are sent with them', async () => {
    const over = 'services: { db: { env_file: db.env, image: "training/postgres:$TAG" } }';
    const body = { compose: [SHOP, over], files: { '.env': 'TAG=9\nPW=dot', 'db.env': 'A=1' } };
    const answer = await berth.send('POST', '/v1/import/compose?apply=true', { body });
    expect([answer.status, results(answer)], answer.text).toEqual([200, ['shop-web created', 'shop-db created']]);
    const { image, env } = await berth.get('/v1/containers/shop-db');
    expect([image, Object.keys(env)]).toEqual(['training/postgres:9', ['A', 'PASSWORD']]);
    const without = { compose: [SHOP, over], env: { TAG: '9' } };
    const refusal = await berth.refuse('not-importable', 'POST', '/v1/import/compose?apply=true', { body: without });
    expect(faultsOf(refusal)).toEqual([
      expect.stringMatching(/^\/compose\/1 \/services\/db\/env_file: the file db\.env was not sent/),
    ]);
    const faulty = { ...body, files: { ...body.files, 'db.env': 'A=1\nB="' } };
    const fault = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose', { body: faulty });
    expect(faultsOf(fault)).toEqual([expect.stringMatching(/^\/files\/db\.env line 2, column 1: a quotation mark/)]);
  });

  it.each<[compose: unknown, code: 'invalid-body' | 'invalid-definition']>([
    [[], 'invalid-definition'],
    ['', 'invalid-definition'],
    [[1], 'invalid-body'],
    [null, 'invalid-body'],
    [{ a: 'x' }, 'invalid-body'],
  ])('refuses %j as compose', async (compose, code) => {
    const refusal = await berth.refuse(code, 'POST', '/v1/import/compose', { body: { compose } });
    expect(faultsOf(refusal)[0]).toMatch(/^\/compose/);
  });

  it('is told every fault with its line', async () => {
    const compose = SHOP.replace('image: training/webapp', 'image: 5')
      .replace('7001:80', '70001:80')
      .replace('[db]', '[nobody]');
    const problem = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose?apply=true', {
      body: { compose },
    });
    expect(faultsOf(problem)).toEqual([
      expect.stringContaining('/compose line 4, column 5, /services/web/image: 5 is a number and must be a string'),
      expect.stringContaining(
        '/compose line 7, column 5, /services/web/depends_on/0: '.replace('column 5', 'column 18'),
      ),
    ]);
    const ports = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose', {
      body: { compose: SHOP.replace('7001:80', '70001:80') },
    });
    expect(faultsOf(ports)).toEqual([expect.stringContaining('/compose line 6, column 21, /services/web/ports/1: ')]);
    const broken = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose', {
      body: { compose: 'a: [' },
    });
    expect(faultsOf(broken)[0]).toMatch(/^\/compose line 1, column \d+: not YAML: /);
  });

  it('refuses a name that no set can have', async () => {
    const body = { compose: SHOP, project: 'a b' };
    const problem = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose', { body });
    expect(faultsOf(problem)).toEqual([expect.stringMatching(/^\/project "a b" is not a valid set name/)]);
  });

  it('is told of what is stored already, at the place in the file that clashes with it', async () => {
    await berth.declare({ name: 'holder', image: 'x', ports: ['7001:80'] });
    const held = await berth.refuse('port-claimed', 'POST', '/v1/import/compose?apply=true', {
      body: { compose: SHOP },
    });
    expect(faultsOf(held)).toEqual([
      expect.stringMatching(/^\/compose line 6, column 21, \/services\/web\/ports\/1: .*holder/),
    ]);
    await berth.send('POST', '/v1/apply', { body: { set: 'theirs', containers: [{ name: 'shop-db', image: 'x' }] } });
    const theirs = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose?apply=true', {
      body: { compose: SHOP },
    });
    expect(faultsOf(theirs)).toEqual([
      expect.stringMatching(
        /^\/compose line 8, column 3, \/services\/db: container "shop-db" belongs to the set "theirs"/,
      ),
    ]);
    const outside = 'name: p\nservices: { app: { image: x, external_links: [nobody] } }';
    expect((await post(outside)).status).toBe(200);
    const nobody = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose?apply=true', {
      body: { compose: outside },
    });
    expect(faultsOf(nobody)[0]).toContain('/services/app/external_links/0: container "nobody" doesn\'t exist');
  });

  it.each<[object, string]>([
    [{}, '/compose'],
    [{ compose: 5 }, '/compose'],
    [{ compose: 'x', env: { A: 1 } }, '/env/A'],
    [{ compose: 'x', profiles: 'debug' }, '/profiles'],
    [{ compose: 'x', file: 'y' }, '/file'],
  ])('refuses the body %j', async (body, at) => {
    const problem = await berth.refuse('invalid-body', 'POST', '/v1/import/compose', { body });
    expect(faultsOf(problem)[0]?.split(' ')[0]).toBe(at);
  });

  it('is never at a loss, whatever the text is', async () => {
    const texts = [
      '\0',
      '\ufeff',
      '[',
      '{',
      '- - -',
      '&a *a',
      '!!js/function x',
      '? ? ?',
      '%TAG ! x',
      '--- |',
      'a:\n\t- b',
      '<<: *x',
    ];
    const deep = [
      '['.repeat(100_000),
      '{a: '.repeat(60_000),
      '- '.repeat(100_000),
      '&a '.repeat(50_000),
      '? '.repeat(80_000),
    ];
    for (const compose of [...texts, ...deep, ...texts.map((text) => `name: p\nservices:\n  web: ${text}`)]) {
      const answer = await post(compose);
      expect(answer.status, compose.slice(0, 40)).toBe(422);
    }
  });
});

describe('two projects with a service db', () => {
  const DB = 'services: { db: { image: training/postgres, labels: { a: "${A:-1}" } } }';
  const both = async (compose = DB) => {
    for (const project of ['one', 'two']) expect((await post(compose, '?apply=true', { project })).status).toBe(200);
  };
  const uniqueness = async (name: string) =>
    (await berth.get(`/v1/containers/${name}`)).status.conditions.find(({ type }: Json) => type === 'NamesUnique');

  it('are both imported, each with a definition of its own, and importing again changes nothing', async () => {
    await both();
    expect(await names()).toEqual(['one-db', 'two-db']);
    expect(await berth.get('/v1/containers/one-db')).toMatchObject({
      service: 'db',
      set: 'one',
      network: 'one_default',
    });
    for (const project of ['one', 'two']) {
      const again = await post(DB, '?apply=true&prune=true', { project });
      expect(results(again)).toEqual([`${project}-db unchanged`]);
    }
  });

  it('are told apart by what their definitions are called: a name that the other has is refused', async () => {
    expect((await post('services: { b-x: { image: x } }', '?apply=true', { project: 's' })).status).toBe(200);
    const body = { compose: 'services: { x: { image: x } }', project: 's-b' };
    const refusal = await berth.refuse('invalid-definition', 'POST', '/v1/import/compose?apply=true', { body });
    expect(faultsOf(refusal)).toEqual([
      '/compose line 1, column 13, /services/x: container "s-b-x" belongs to the set "s": declare it in that set, or delete it first',
    ]);
    const named = 'services: { x: { image: x, container_name: other-x } }';
    expect(results(await post(named, '?apply=true', { project: 's-b' }))).toEqual(['other-x created']);
  });

  it('link to each other over a network that they share, and export and import give the same', async () => {
    await both();
    const compose =
      'services: { api: { image: x, networks: [one], external_links: ["one-db:db"] } }\n' +
      'networks: { one: { name: one_default } }';
    const made = await post(compose, '?apply=true', { project: 'three' });
    expect(results(made)).toEqual(['three-api created']);
    expect(made.body.containers[0].links).toEqual([{ container: 'one-db', alias: 'db', env: 'none' }]);
    for (const set of ['one', 'two', 'three']) {
      const again = await post(await yaml(`?set=${set}`), '?apply=true&prune=true');
      expect([again.body.set, again.body.unsupported]).toEqual([set, []]);
      expect(results(again)).toEqual([expect.stringMatching(/^\S+ unchanged$/)]);
    }
  });

  it('keep their definitions when the file gives them another name, also with prune', async () => {
    await both();
    const renamed = 'services: { db: { image: training/postgres, container_name: my-db } }';
    const changed = await post(renamed, '?apply=true&prune=true', { project: 'one' });
    expect(results(changed)).toEqual(['one-db updated']);
    expect(changed.body.unsupported).toMatchObject([{ at: '/services/db/container_name', effect: 'ignored' }]);
    expect(await names()).toEqual(['one-db', 'two-db']);
    expect((await berth.get('/v1/containers/one-db')).networkAliases).toEqual(['my-db']);
  });

  it('change what is theirs, whatever their definitions are called', async () => {
    const containers = [{ name: 'db', image: 'training/postgres', network: 'one_default' }];
    await berth.send('POST', '/v1/apply', { body: { set: 'one', containers } });
    const given = [{ name: 'store', service: 'db', image: 'training/postgres', network: 'two_default' }];
    await berth.send('POST', '/v1/apply', { body: { set: 'two', containers: given } });
    for (const [project, name] of [
      ['one', 'db'],
      ['two', 'store'],
    ]) {
      const changed = await post(DB, '?apply=true&prune=true', { project, env: { A: '2' } });
      expect(results(changed)).toEqual([`${name} updated`]);
    }
    expect(await names()).toEqual(['db', 'store']);
  });

  it('are told of their common name where they share a network, by a condition that names both', async () => {
    await both(`${DB.slice(0, -4)}, networks: [proxy] } }\nnetworks: { proxy: { name: proxy } }`);
    const found = await uniqueness('one-db');
    expect(found).toMatchObject({ status: 'False', reason: 'AliasShared' });
    for (const name of ['one-db (set one)', 'two-db (set two)', 'share the name db'])
      expect(found.message).toContain(name);
    expect(await uniqueness('two-db')).toMatchObject({ status: 'False', reason: 'AliasShared' });
    await both();
    expect(await uniqueness('one-db')).toMatchObject({ status: 'True', reason: 'Unique' });
    expect(await uniqueness('two-db')).toMatchObject({ status: 'True', reason: 'Unique' });
  });

  it('are told so in a dry run, and no longer when one of them goes', async () => {
    const shared = `${DB.slice(0, -4)}, networks: [proxy] } }\nnetworks: { proxy: { name: proxy } }`;
    await post(shared, '?apply=true', { project: 'one' });
    expect(await uniqueness('one-db')).toMatchObject({ status: 'True' });
    const dry = await post(shared, '?apply=true&dryRun=true', { project: 'two' });
    expect(JSON.stringify(dry.body.applied.results[0].container.status.conditions)).toContain('AliasShared');
    await post(shared, '?apply=true', { project: 'two' });
    expect(await uniqueness('one-db')).toMatchObject({ status: 'False' });
    await berth.send('DELETE', '/v1/containers/two-db');
    expect(await uniqueness('one-db')).toMatchObject({ status: 'True' });
  });

  it('may share a name within one set, which is a choice', async () => {
    const containers = ['a1', 'a2'].map((name) => ({ name, image: 'x', network: 'net', networkAliases: ['app'] }));
    await berth.send('POST', '/v1/apply', { body: { set: 'one', containers } });
    expect(await uniqueness('a1')).toMatchObject({ status: 'True', reason: 'Unique' });
  });
});

describe('GET /v1/export/compose', () => {
  it('writes the ports that were picked, so that they stay, and what was imported is the same again', async () => {
    await post(SHOP, '?apply=true');
    const [claim] = (await berth.get('/v1/ports')).items.filter((one: Json) => one.origin === 'assigned');
    const text = await yaml('?set=shop');
    expect(parse(text)).toMatchObject({
      name: 'shop',
      services: {
        web: {
          container_name: 'shop-web',
          ports: [
            { target: 5000, published: String(claim.hostPort) },
            { target: 80, published: '7001' },
          ],
          depends_on: { db: { condition: 'service_started' } },
          networks: { default: {} },
        },
      },
      networks: { default: { name: 'shop_default' } },
      volumes: { shop_data: { name: 'shop_data' } },
    });
    const before = declaredOf(await berth.get('/v1/containers/shop-web'));
    const again = await post(text, '?apply=true&prune=true');
    expect([again.status, again.body.left, results(again)]).toEqual([
      200,
      [],
      ['shop-web updated', 'shop-db unchanged'],
    ]);
    const after = declaredOf(await berth.get('/v1/containers/shop-web'));
    expect(after).toEqual({ ...before, ports: [{ ...before.ports[0], hostPort: claim.hostPort }, before.ports[1]] });
    expect(await yaml('?set=shop')).toBe(text);
    const held = (await berth.get('/v1/ports')).items.map((one: Json) => one.hostPort);
    expect(new Set(held)).toEqual(new Set([7001, claim.hostPort]));
  });

  it('doubles dollar signs, and keeps texts as they are', async () => {
    const env = { A: '$HOME ${X:-y} $$', B: 'yes', C: '0777', D: 'a: b #c\nd', E: '' };
    const definition = { name: 'odd', image: 'x', env, command: ['sh', '-c', 'echo "$A"'] };
    const before = declaredOf(await berth.declare(definition));
    const text = await yaml();
    await berth.send('DELETE', '/v1/containers/odd');
    const read = await post(text);
    expect(read.body).toMatchObject({ set: null, left: [], containers: [{ env, command: definition.command }] });
    expect(before).toMatchObject(read.body.containers[0]);
  });

  it('keeps what Compose has no words for', async () => {
    await berth.declare({ name: 'outside', image: 'x', network: 'net' });
    const links = [
      { container: 'outside', alias: 'o1', env: 'all' },
      { container: 'db', alias: 'd1', env: 'address' },
    ];
    const containers = [
      { name: 'db', image: 'x', network: 'net', state: 'stopped' },
      {
        name: 'web',
        image: 'x',
        network: 'net',
        networkAliases: ['www'],
        links,
        publishAll: true,
        onLinkChange: 'ignore',
      },
    ];
    await berth.send('POST', '/v1/apply', { body: { set: 'Shop.1', containers } });
    const text = await yaml('?set=Shop.1');
    expect(parse(text)).toMatchObject({
      name: 'shop_1',
      'x-berth': { set: 'Shop.1' },
      services: {
        web: { links: ['db:d1'], external_links: ['outside:o1'], 'x-berth': { publishAll: true } },
        db: { scale: 0 },
      },
    });
    const again = await post(text, '?apply=true&prune=true');
    expect([again.body.set, again.body.left, results(again)]).toEqual([
      'Shop.1',
      [],
      ['db unchanged', 'web unchanged'],
    ]);
  });

  it('has what is asked for, as YAML or as JSON', async () => {
    await post(SHOP, '?apply=true');
    await berth.declare({ name: 'alone', image: 'x' });
    const services = async (query: string) => Object.keys(parse(await yaml(query)).services);
    expect(await services('')).toEqual(['web', 'db', 'alone']);
    expect(await services('?set=shop')).toEqual(['web', 'db']);
    expect(await services('?name=shop-db&name=alone')).toEqual(['db', 'alone']);
    expect(await services('?name=shop-db&name=alone&set=shop')).toEqual(['db']);
    const json = await berth.send('GET', '/v1/export/compose?name=shop-db', {
      headers: { accept: 'application/json' },
    });
    expect([json.status, json.body]).toEqual([200, parse(await yaml('?name=shop-db'))]);
    await berth.refuse('not-acceptable', 'GET', '/v1/export/compose', { headers: { accept: 'text/html' } });
    await berth.refuse('not-found', 'GET', '/v1/export/compose?name=nobody');
    await berth.refuse('not-found', 'GET', '/v1/export/compose?set=nothing');
    await berth.refuse('invalid-parameter', 'GET', '/v1/export/compose?sets=shop');
  });

  it('is a file without services where there is nothing', async () => {
    expect(parse(await yaml())).toEqual({ 'x-berth': { set: null }, services: {} });
  });
});
