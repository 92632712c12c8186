import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../../../src/domain/definition/definition.js';
import { specHash } from '../../../../src/domain/definition/hash.js';
import { declare } from '../../../../src/domain/definition/normalize.js';
import { type ComposeSource, faultInFile, importCompose } from '../../../../src/domain/import-export/compose/import.js';
import { toYaml } from '../../../../src/domain/import-export/compose/yaml/write-yaml.js';
import { aliasesOf } from '../../../../src/domain/links/network-names.js';
import { specOf } from '../../../support/definition.js';
import { exported } from './exported.js';

const FILE = `
services:
  db: { image: mysql }
  web: { image: nginx, links: ["db:sql"], depends_on: [db, cache] }
  cache: { image: redis, container_name: the-cache }
`;

function read(compose: string, over: Partial<ComposeSource> = {}) {
  const result = importCompose({ compose, ...over });
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return result;
}

const faultsOf = (compose: string, over: Partial<ComposeSource> = {}): readonly string[] => {
  const result = importCompose({ compose, ...over });
  return result.ok ? [] : result.faults.map(({ message }) => message);
};

const named = (compose: string, over?: Partial<ComposeSource>) =>
  read(compose, over).containers.map(({ name, service }) => `${service ?? name}=${name}`);

describe('the name of a container', () => {
  test('is set and service, so that two projects can have the same services', () => {
    expect(named(FILE, { project: 'one' })).toEqual(['db=one-db', 'web=one-web', 'cache=the-cache']);
    expect(named(FILE, { project: 'two' })).toEqual(['db=two-db', 'web=two-web', 'cache=the-cache']);
  });

  test('is what links and depends_on lead to, by the name of the service', () => {
    const [, web] = read(FILE, { project: 'one' }).containers;
    expect(web?.links).toEqual([{ container: 'one-db', alias: 'sql', env: 'none' }]);
    expect(web?.dependsOn).toEqual([
      { container: 'one-db', condition: 'started' },
      { container: 'the-cache', condition: 'started' },
    ]);
  });

  test('stays that of the definition that the set has for the service', () => {
    const existing = [
      { set: 'one', name: 'db', service: 'db' },
      { set: 'one', name: 'frontend', service: 'web' },
      { set: 'two', name: 'two-db', service: 'db' },
    ];
    expect(named(FILE, { project: 'one', existing })).toEqual(['db=db', 'web=frontend', 'cache=the-cache']);
    expect(named(FILE, { project: 'two', existing })).toEqual(['db=two-db', 'web=two-web', 'cache=the-cache']);
    expect(named(FILE, { project: 'three', existing })[0]).toBe('db=three-db');
  });

  test('of two definitions for one service is that of the one that says so', () => {
    const own = { set: 'one', name: 'one-db', service: 'db' };
    const bare = { set: 'one', name: 'db', service: 'db' };
    for (const existing of [
      [own, bare],
      [bare, own],
    ]) {
      expect(named(FILE, { project: 'one', existing })[0]).toBe('db=one-db');
    }
  });

  test('is not taken from a service that names it', () => {
    const compose = 'services: { db: { image: x }, other: { image: x, container_name: db } }';
    const existing = [{ set: 'one', name: 'db', service: 'db' }];
    expect(named(compose, { project: 'one', existing })).toEqual(['db=one-db', 'other=db']);
  });

  describe.each([
    ['added', 's-db', ['s-db', ['my-db']]],
    ['the same', 'my-db', ['my-db', undefined]],
    ['changed', 'old-db', ['old-db', ['my-db']]],
  ] as const)('with a container_name that was %s', (_, name, [kept, aliases]) => {
    const compose = 'services: { db: { image: x, container_name: my-db }, web: { image: x, depends_on: [db] } }';
    const result = read(compose, { project: 's', existing: [{ set: 's', name, service: 'db' }] });

    test('stays that of the definition, and the other becomes an alias', () => {
      expect(result.containers[0]).toMatchObject({ name: kept, service: 'db' });
      expect(result.containers[0]?.networkAliases).toEqual(aliases);
      expect(result.containers[1]?.dependsOn).toEqual([{ container: kept, condition: 'started' }]);
    });

    test('is reported where it is not the one in the file', () => {
      expect(result.left.map(({ at, effect }) => `${at} ${effect}`)).toEqual(
        aliases === undefined ? [] : ['/services/db/container_name ignored'],
      );
    });
  });

  test('stays that of the definition after container_name was taken out', () => {
    const existing = [{ set: 's', name: 'my-db', service: 'db' }];
    expect(named('services: { db: { image: x } }', { project: 's', existing })).toEqual(['db=my-db']);
  });

  test('changes place with another of the set', () => {
    const compose = 'services: { a: { image: x, container_name: two }, b: { image: x, container_name: one } }';
    const existing = [
      { set: 's', name: 'one', service: 'a' },
      { set: 's', name: 'two', service: 'b' },
    ];
    const result = read(compose, { project: 's', existing });
    expect(result.containers.map(({ name, service }) => `${service}=${name}`)).toEqual(['a=two', 'b=one']);
    expect(result.left).toEqual([]);
  });

  test('is a new one for a service that has another name', () => {
    const existing = [{ set: 's', name: 's-db', service: 'db' }];
    expect(named('services: { sql: { image: x } }', { project: 's', existing })).toEqual(['sql=s-sql']);
  });

  test.each([63, 64, 70, 253])('is that of a service of %i letters, which other services can wait for', (length) => {
    const service = 'a'.repeat(length);
    const compose = `services: { ${service}: { image: x }, web: { image: x, depends_on: [${service}] } }`;
    const result = read(compose, { project: 's' });
    const [source, web] = result.containers;
    expect(source).toMatchObject({ name: `s-${service}`, service });
    expect(web?.dependsOn).toEqual([{ container: `s-${service}`, condition: 'started' }]);
    expect(result.left.map(({ effect }) => effect)).toEqual(length > 63 ? ['ignored'] : []);
    for (const one of result.containers) specOf(one);
  });

  test('is refused where SET-SERVICE is too long for a container', () => {
    const compose = `services: { ${'a'.repeat(254)}: { image: x } }`;
    expect(faultsOf(compose, { project: 's' })).toEqual([expect.stringContaining('a name has 2 to 255 letters')]);
  });

  test('is the service where the file belongs to no set', () => {
    const compose = 'x-berth: { set: null }\nservices: { web: { image: x, network_mode: bridge } }';
    expect(named(compose)).toEqual(['web=web']);
  });
});

describe('a service of a definition', () => {
  const spec = specOf({ name: 'one-db', image: 'x', service: 'db', network: 'one_default', networkAliases: ['sql'] });

  test('is an alias on its network, before the others', () => {
    expect(aliasesOf('one-db', spec)).toEqual(['db', 'sql']);
    expect(aliasesOf('DB', spec)).toEqual(['sql']);
    expect(aliasesOf('one-db', { ...spec, networkAliases: ['Db'] })).toEqual(['Db']);
    expect(aliasesOf('one-db', { ...spec, network: 'bridge', networkAliases: [] })).toEqual([]);
  });

  test('changes no hash where its alias is there already', () => {
    const hashOf = (name: string, input: Omit<DefinitionInput, 'image' | 'name'>) => {
      const one = specOf({ name, image: 'x', network: 'net', ...input });
      return specHash(one, { bindings: [], aliases: aliasesOf(name, one) });
    };
    const bare = hashOf('db', {});
    expect(bare).toBe(specHash(specOf({ name: 'db', image: 'x', network: 'net' }), { bindings: [] }));
    expect(hashOf('db', { service: 'db' })).toBe(bare);
    expect(hashOf('p-db', { service: 'db', networkAliases: ['a'] })).toBe(
      hashOf('p-db', { networkAliases: ['db', 'a'] }),
    );
    expect(hashOf('p-db', { service: 'db' })).not.toBe(hashOf('p-db', {}));
    expect(hashOf('p-db', { service: 'db', network: 'bridge' })).toBe(hashOf('p-db', { network: 'bridge' }));
  });

  test.each(['', 'a b', 'x/y', 'é', 'x'.repeat(256)])('is refused as %.20j', (service) => {
    expect(declare({ name: 'web', image: 'x', service })).toMatchObject({
      ok: false,
      faults: [{ pointer: '/service' }],
    });
  });

  test('is absent where it is the name itself', () => {
    expect(specOf({ name: 'db', image: 'x', service: 'db' })).not.toHaveProperty('service');
  });
});

describe('an export', () => {
  const containers = read(FILE, { project: 'one' }).containers;
  const all = containers.map((input) => ({ name: input.name ?? '', spec: specOf(input), reservations: [] }));

  test('has services by their own names, links among them, and reads back as it was', () => {
    const file = exported('one', all);
    expect(file).toMatchObject({
      services: {
        db: { container_name: 'one-db' },
        web: {
          container_name: 'one-web',
          links: ['db:sql'],
          depends_on: { db: { condition: 'service_started' }, cache: { condition: 'service_started' } },
        },
        cache: { container_name: 'the-cache' },
      },
    });
    const again = read(toYaml(file));
    expect(again.containers.map(specOf)).toEqual(all.map(({ spec }) => spec));
    expect(again.containers.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  });

  test('of two sets has the names of the definitions where they have a service in common', () => {
    const two = read(FILE.replace('the-cache', 'my-cache'), { project: 'two' }).containers;
    const other = two.map((input) => ({ name: input.name ?? '', spec: specOf(input), reservations: [] }));
    const { services } = exported(null, [...all, ...other]);
    expect(Object.keys(services as object)).toEqual([
      'one-db',
      'one-web',
      'the-cache',
      'two-db',
      'two-web',
      'my-cache',
    ]);
    expect(services).toMatchObject({
      'one-web': {
        links: ['one-db:sql'],
        depends_on: { 'one-db': { condition: 'service_started' }, 'the-cache': { condition: 'service_started' } },
      },
    });
  });

  test('of two sets keeps the names of their services, which other containers find them by', () => {
    const two = read(FILE.replace('the-cache', 'my-cache'), { project: 'two' }).containers;
    const other = two.map((input) => ({ name: input.name ?? '', spec: specOf(input), reservations: [] }));
    const file = exported(null, [...all, ...other]);
    expect(file['services']).toMatchObject({
      'one-db': { networks: { one_default: { aliases: ['db'] } }, 'x-berth': { service: 'db' } },
      'two-db': { networks: { two_default: { aliases: ['db'] } }, 'x-berth': { service: 'db' } },
    });
    const again = read(toYaml(file));
    expect(again.containers.map(specOf)).toEqual([...all, ...other].map(({ spec }) => spec));
  });
});

describe('external_links between services of one file', () => {
  const compose = (a: string, b: string) =>
    `services: { aa: { image: x, external_links: [${a}] }, bb: { image: x, container_name: bee, external_links: [${b}] } }`;

  test('may go both ways, since each finds the other by name', () => {
    const { containers, left } = read(compose('bee', 'aa'), { project: 'p' });
    expect(left).toEqual([]);
    expect(containers).toEqual([
      { name: 'p-aa', service: 'aa', image: 'x', network: 'p_default', restartPolicy: 'no' },
      { name: 'bee', service: 'bb', image: 'x', network: 'p_default', restartPolicy: 'no' },
    ]);
  });

  test('give the other one their alias on the network', () => {
    const { containers } = read(compose('"bee:store"', '"p-aa:front", "aa:Front"'), { project: 'p' });
    expect(containers.map(({ networkAliases, links }) => [networkAliases, links])).toEqual([
      [['front'], undefined],
      [['store'], undefined],
    ]);
  });
});

describe('a variable that is not set is named by the fault that it causes', () => {
  const service = (lines: string, rest = '') => `name: p\nservices:\n  web:\n    image: x\n    ${lines}\n${rest}`;
  test.each<[string, string]>([
    [
      'volumes: ["${DATA}:/data"]',
      '/services/web/volumes/0: DATA is not set: send it in env. Otherwise, ":/data" has an empty part',
    ],
    ['volumes: ["data:${DATA}"]', '/services/web/volumes/0: DATA is not set: send it in env. Otherwise, "data:" has'],
    ['volumes: [{ type: volume, source: data, target: "${DATA}" }]', 'DATA is not set'],
    [
      'healthcheck: { test: x, interval: "${I}" }',
      '/services/web/healthcheck/interval: I is not set: send it in env. Otherwise',
    ],
    ['ports: ["${P}"]', '/services/web/ports/0: P is not set: send it in env. Otherwise, '],
    ['ports: ["${A}:${B}"]', '/services/web/ports/0: A and B are not set: send them in env. Otherwise, '],
    ['ports: [{ target: "${T}" }]', '/services/web/ports/0/target: T is not set'],
    ['ports: [{ target: 80, host_ip: "x${H}" }]', '/services/web/ports/0: H is not set'],
    ['working_dir: "${W}x"', '/services/web/working_dir: W is not set'],
    ['mem_limit: "${M}"', '/services/web/mem_limit: M is not set'],
    ['deploy: { replicas: "${R}" }', '/services/web/deploy/replicas: R is not set'],
    ['networks: ["${N}"]', '/services/web/networks/0: N is not set'],
    [
      'tmpfs: "${T}"\nstop_grace_period: "${G}"'.replace('\n', '\n    '),
      '/services/web/stop_grace_period: G is not set',
    ],
    ['container_name: "-${C}"', '/services/web/container_name: C is not set'],
    ['links: ["${L}"]', '/services/web/links/0: L is not set'],
    ['depends_on: { db: { condition: "${D}" } }', 'there is no service "db"'],
    ['expose: ["${E}"]', '/services/web/expose/0: E is not set'],
  ])('%s', (lines, expected) => {
    expect(faultsOf(service(lines, 'volumes: { data: }')).join('\n')).toContain(expected);
  });

  test('an image of nothing but a variable', () => {
    expect(faultsOf('name: p\nservices: { web: { image: "${IMAGE}" } }')[0]).toContain('image: IMAGE is not set');
  });

  test('and by no other fault', () => {
    expect(faultsOf(service('user: "${U}"\n    ports: ["x"]')).join('\n')).not.toContain('not set');
  });
});

test('the set is project, then COMPOSE_PROJECT_NAME, then the name in the file, and COMPOSE_PROJECT_NAME is the set', () => {
  const compose =
    'name: shop\nservices: { web: { image: "x:${COMPOSE_PROJECT_NAME}", environment: [COMPOSE_PROJECT_NAME] } }';
  const env = { COMPOSE_PROJECT_NAME: 'other' };
  const webOf = (name: string) => ({ name: `${name}-web`, image: `x:${name}`, env: { COMPOSE_PROJECT_NAME: name } });
  expect(read(compose).containers[0]).toMatchObject(webOf('shop'));
  expect(read(compose, { env }).containers[0]).toMatchObject(webOf('other'));
  expect(read(compose, { env, project: 'two' }).containers[0]).toMatchObject(webOf('two'));
  expect(read(compose, { env: { COMPOSE_PROJECT_NAME: '' } }).containers[0]).toMatchObject(webOf('shop'));
});

describe('a service that can not be imported', () => {
  test.each([
    ['provider: { type: cloud }', '/services/away/provider'],
    ['image: x, provider: { type: cloud }', '/services/away/provider'],
    ['extends: { file: other.yaml, service: base }', '/services/away/extends'],
  ])('%s is reported, and the rest is read', (lines, at) => {
    const compose = `name: p\nservices: { web: { image: x, depends_on: [away] }, away: { ${lines} } }`;
    const { containers, left } = read(compose);
    expect(containers.map(({ service }) => service)).toEqual(['web']);
    expect(left).toMatchObject([
      { at, effect: 'unsupported' },
      {
        at: '/services/web/depends_on/0',
        effect: 'unsupported',
        reason: expect.stringContaining('away is not imported'),
      },
    ]);
  });
});

test('a file is read by a pure function of plain data, which another thread can run', () => {
  const input = { compose: `name: p\nservices:\n  web:\n    image: x\n    ports: ["80"]\n`, existing: [] };
  const read = structuredClone(importCompose(structuredClone(input)));
  if (!read.ok) throw new Error('is refused');
  expect(faultInFile(read, 0, { pointer: '/ports/0', message: 'is taken' })).toEqual({
    pointer: '/compose',
    message: 'line 5, column 13, /services/web/ports/0: is taken',
  });
});
