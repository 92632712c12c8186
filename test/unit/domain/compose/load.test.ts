/** Several files, and the files beside them, as Docker Compose reads them. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComposeInput, importCompose } from '../../../../src/domain/import-export/compose/import.js';
import { createBudget } from '../../../../src/domain/import-export/compose/yaml/budget.js';
import { parseDotenv } from '../../../../src/domain/import-export/env-files/dotenv.js';
import { parsePlainEnv } from '../../../../src/domain/import-export/env-files/plain-env.js';

function read(compose: ComposeInput['compose'], over: Partial<ComposeInput> = {}) {
  const result = importCompose({ compose, project: 'p', ...over });
  if (!result.ok) throw new Error(result.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'));
  return result;
}

function faultsOf(compose: ComposeInput['compose'], over: Partial<ComposeInput> = {}): readonly string[] {
  const result = importCompose({ compose, project: 'p', ...over });
  return result.ok ? [] : result.faults.map(({ pointer, message }) => `${pointer} ${message}`);
}

const webOf = (compose: ComposeInput['compose'], over: Partial<ComposeInput> = {}) =>
  read(compose, over).containers.find(({ name }) => name === 'p-web');

const web = (keys: string): string => `services:\n  web:\n    ${keys.replaceAll('\n', '\n    ')}\n`;

describe('of two files the later one counts, key by key', () => {
  test.each<[string, string, object]>([
    ['image: a\nuser: u', 'image: b', { image: 'b', user: 'u' }],
    ['image: a\nenvironment: { A: 1, B: 2 }', 'environment: [B=3, C=4]', { env: { A: '1', B: '3', C: '4' } }],
    ['image: a\nenvironment: [A=1]', 'environment: { A: , D: 1 }', { env: { D: '1' } }],
    ['image: a\nlabels: [x=1]', 'labels: { x: 2 }', { labels: { x: '2' } }],
    ['image: a\ncommand: [a, b]', 'command: [c]', { command: ['c'] }],
    ['image: a\nports: ["80:80"]', 'ports: ["80:80", "81:80"]', { ports: ['80:80', '81:80'] }],
    ['image: a\nexpose: ["80"]', 'expose: ["80", "81"]', { expose: ['80', '81'] }],
    [
      'image: a\nhealthcheck: { test: [CMD, a], retries: 2 }',
      'healthcheck: { test: [CMD, b] }',
      {
        healthcheck: { command: ['b'], retries: 2 },
      },
    ],
    ['image: a\nports: ["80:80"]', 'ports: !override ["81:80"]', { ports: ['81:80'] }],
    ['image: a\nenvironment: { A: 1, B: 2 }', 'environment: { A: !reset }', { env: { B: '2' } }],
    ['image: a\nuser: u', 'user: !reset null\nhostname: h', { hostname: 'h' }],
    ['image: a\nmem_limit: 64m', 'mem_limit: 128m', { resources: { memoryBytes: 134_217_728 } }],
  ])('%j and %j', (first, second, expected) => {
    const found = webOf([web(first), web(second)]);
    expect(found).toMatchObject(expected);
    for (const [field, value] of Object.entries(expected)) {
      expect(found?.[field as 'env']).toEqual(value);
    }
    expect(webOf(`${web(first)}---\n${web(second)}`)).toEqual(found);
  });

  test('a value that was reset is absent', () => {
    expect(
      webOf([web('image: a\nuser: u\nports: ["80"]'), web('user: !reset null\nports: !reset []')]),
    ).not.toMatchObject({
      user: expect.anything(),
      ports: expect.anything(),
    });
    expect(webOf([web('image: a\nuser: u'), web('user: !reset null')])).not.toHaveProperty('user');
  });

  test('a volume takes the place of that at the same path', () => {
    const compose = [
      `${web('image: a\nvolumes: ["a:/data", "b:/b"]')}volumes: { a: , b: }`,
      `${web('volumes: [{ type: volume, source: c, target: /data }]')}volumes: { c: }`,
    ];
    const { containers, left } = read(compose);
    expect(containers[0]?.volumes).toEqual([
      { volume: 'p_c', target: '/data', readOnly: false },
      { volume: 'p_b', target: '/b', readOnly: false },
    ]);
    expect(left).toMatchObject([{ at: '/volumes/a', reason: expect.stringContaining('no imported service mounts') }]);
  });

  test('a secret takes the place of that at the same path', () => {
    const declared = 'secrets: { a: { file: a }, b: { file: b } }';
    const compose = [
      `${web('image: a\nsecrets: [a, b]')}${declared}`,
      web('secrets: [{ source: b, target: /run/secrets/a }]'),
    ];
    const { containers } = read(compose, { files: { a: 'A', b: 'B' } });
    expect(containers[0]?.files?.map(({ path, content }) => [path, content])).toEqual([
      ['/run/secrets/a', 'B'],
      ['/run/secrets/b', 'B'],
    ]);
  });

  test('faults and notes name the text that they are in', () => {
    const compose = [web('image: a'), web('dns: { a: b }'), web('dns: [c]\nuser: 1')];
    expect(faultsOf(compose)).toEqual([
      expect.stringMatching(/^\/compose\/2 line 3, column 5, \/services\/web\/dns: is a list, which can't be merged/),
      expect.stringMatching(/^\/compose\/2 line 4, column 5, \/services\/web\/user: 1 is a number/),
    ]);
    expect(faultsOf(['{', web('image: a')])[0]).toMatch(/^\/compose\/0 line 1, column 2: not YAML/);
    expect(read([web('image: a'), web('oom_kill_disable: true')]).left).toMatchObject([
      { at: '/services/web/oom_kill_disable', file: '/compose/1' },
    ]);
    expect(read(web('image: a\noom_kill_disable: true')).left[0]).not.toHaveProperty('file');
  });

  test('merging a file with itself changes nothing', () => {
    const keys = fc.dictionary(fc.stringMatching(/^[A-Z]{1,3}$/), fc.stringMatching(/^[a-z0-9]{0,4}$/));
    fc.assert(
      fc.property(keys, keys, (env, labels) => {
        const one = JSON.stringify({ services: { web: { image: 'a', environment: env, labels, ports: ['1:1'] } } });
        expect(webOf([one, one])).toEqual(webOf(one));
      }),
    );
  });
});

describe('files beside the Compose file', () => {
  test('.env gives variables, and env counts more', () => {
    const compose = web('image: "$I"\nuser: "$U"\nenvironment: [TOKEN]');
    const files = { '.env': 'I=a\nU=${I}b # comment\nTOKEN="x\\ny"' };
    expect(webOf(compose, { files })).toMatchObject({ image: 'a', user: 'ab', env: { TOKEN: 'x\ny' } });
    expect(webOf(compose, { files, env: { I: 'z' } })).toMatchObject({ image: 'z', user: 'zb' });
  });

  test('COMPOSE_PROFILES and COMPOSE_PROJECT_NAME count where nothing else is sent', () => {
    const compose = 'services: { web: { image: a }, dev: { image: a, profiles: [dev] } }';
    const files = { '.env': 'COMPOSE_PROFILES=x, dev\nCOMPOSE_PROJECT_NAME=shop' };
    const found = importCompose({ compose, files });
    expect(found).toMatchObject({ ok: true, set: 'shop', containers: [{ name: 'shop-web' }, { name: 'shop-dev' }] });
    expect(read(compose, { files, profiles: [] }).containers).toHaveLength(1);
  });

  test('env_file comes below environment, and of several files the last one counts', () => {
    const compose = web('image: a\nenv_file: [a.env, ./sub/../b.env]\nenvironment: { C: own, D: , E: "$PROJECT" }');
    const files = { 'a.env': 'A=1\nB=1\nC=1\nD=1\n', './b.env': 'B=2\nF=${A}-${C}-${PROJECT}' };
    expect(webOf(compose, { files, env: { PROJECT: 'p1' } })?.env).toEqual({
      A: '1',
      B: '2',
      C: 'own',
      E: 'p1',
      F: '1-own-p1',
    });
  });

  test('format: raw takes values as they are', () => {
    const compose = web('image: a\nenv_file: [{ path: a.env, format: raw }]');
    expect(webOf(compose, { files: { 'a.env': `A="x" # y\n B=$C\n\n# c\nH\nN` }, env: { H: '1' } })?.env).toEqual({
      A: '"x" # y',
      B: '$C',
      H: '1',
    });
    expect(faultsOf(web('image: a\nenv_file: [{ path: a.env, format: toml }]'), { files: {} })[0]).toContain(
      'write raw',
    );
  });

  test('one that was not sent is named, unless it is not required', () => {
    const compose = web('image: a\nenv_file: [a.env, { path: b.env, required: false }]');
    expect(read(compose).left).toMatchObject([
      { at: '/services/web/env_file/0', effect: 'unsupported', reason: expect.stringContaining('under "a.env"') },
    ]);
  });

  test('a fault in one has its line, and repeats nothing of it', () => {
    const [fault] = faultsOf(web('image: a\nenv_file: a.env'), { files: { 'a.env': 'A=1\nS3CRET pass%word=x' } });
    expect(fault).toMatch(/^\/files\/a\.env line 2, column 1: /);
    expect(fault).not.toMatch(/S3CRET|pass/);
  });

  test('label_file gives labels, and labels counts more', () => {
    const compose = web('image: a\nlabel_file: l.env\nlabels: { a: own }');
    expect(webOf(compose, { files: { 'l.env': 'a=1\nb=2' } })?.labels).toEqual({ a: 'own', b: '2' });
  });

  test('texts that are read often count each time', () => {
    const service = (name: string): string => `${name}: { image: a, env_file: big.env }`;
    const compose = `services: { ${Array.from({ length: 20 }, (_, at) => service(`s${at}`)).join(', ')} }`;
    const files = { 'big.env': `A=${'x'.repeat(100_000)}` };
    expect(faultsOf(compose, { files }).join('\n')).toContain('more than 1048576 characters');
    const grows = Array.from({ length: 40 }, (_, at) => `V${at + 1}=$V${at}$V${at}`).join('\n');
    expect(faultsOf(web('image: a\nenv_file: a.env'), { files: { 'a.env': `V0=xxxx\n${grows}` } })[0]).toContain(
      'more than',
    );
  });
});

describe('include', () => {
  const compose = 'include: [{ path: db/compose.yaml }]\nservices: { web: { image: "$TAG", depends_on: [db] } }';
  const db =
    'services: { db: { image: "$TAG", env_file: db.env, environment: [SECRET], volumes: [data:/d] } }\nvolumes: { data: }';

  test('brings services with the variables and files of their own folder', () => {
    const files = { 'db/compose.yaml': db, 'db/.env': 'TAG=db\nSECRET=s', 'db/db.env': 'A=1' };
    const found = read(compose, { files, env: { TAG: 'web' } });
    expect(found.containers).toMatchObject([
      { name: 'p-web', image: 'web' },
      { name: 'p-db', image: 'web', env: { A: '1', SECRET: 's' }, volumes: [{ volume: 'p_data' }] },
    ]);
    const { containers } = read('include: [db/compose.yaml]\nservices: { web: { image: x } }', { files });
    expect(containers[1]).toMatchObject({ image: 'db' });
  });

  test('gives way to the file that includes', () => {
    const own = 'include: [a.yaml]\nservices: { web: { user: u, environment: [B=2] } }';
    const files = { 'a.yaml': 'services: { web: { image: a, user: x, environment: [A=1, B=1] } }' };
    expect(webOf(own, { files })).toMatchObject({ image: 'a', user: 'u', env: { A: '1', B: '2' } });
  });

  test('of a file that was not sent is unsupported, and a cycle a fault', () => {
    expect(read('include: [a.yaml]\nservices: { web: { image: a } }').left).toMatchObject([
      { at: '/include/0', effect: 'unsupported', reason: expect.stringContaining('the file a.yaml was not sent') },
    ]);
    const files = { 'a.yaml': 'include: [b.yaml]', 'b.yaml': 'include: [a.yaml]' };
    expect(faultsOf('include: [a.yaml]\nservices: { web: { image: a } }', { files })[0]).toContain('in a cycle');
  });
});

describe('extends', () => {
  test('merges a service with another one of the file, and that with its own', () => {
    const compose = `services:
  base: { image: a, environment: { A: 1, B: 1 }, ports: ["80"], scale: 0 }
  mid: { extends: base, environment: { B: 2 }, command: x, scale: 0 }
  web: { extends: { service: mid }, environment: { C: 3 }, ports: ["81"], scale: 1 }`;
    expect(webOf(compose)).toMatchObject({
      image: 'a',
      env: { A: '1', B: '2', C: '3' },
      ports: ['80', '81'],
      command: ['x'],
    });
  });

  test('reads another file, with the files beside that one', () => {
    const files = {
      'common/base.yaml': 'services: { app: { extends: { file: ../root.yaml, service: r }, env_file: app.env } }',
      'common/app.env': 'A=1',
      'root.yaml': 'services: { r: { image: "$I" } }',
    };
    const compose = web('extends: { file: ./common/base.yaml, service: app }\nuser: u');
    expect(webOf(compose, { files, env: { I: 'a' } })).toMatchObject({ image: 'a', user: 'u', env: { A: '1' } });
  });

  test('drops what !reset names', () => {
    const compose = `services:\n  base: { image: a, ports: ["80"], scale: 0 }\n  web: { extends: base, ports: !reset [] }`;
    expect(webOf(compose)).not.toHaveProperty('ports');
  });

  test.each<[string, string]>([
    ['services: { web: { image: x, extends: web } }', 'extends itself in a cycle'],
    ['services: { web: { image: x, extends: b }, b: { image: x, extends: web } }', 'extends itself in a cycle'],
    ['services: { web: { image: x, extends: no } }', 'there is no service "no" in the file'],
    ['services: { web: { image: x, extends: { file: a.yaml, service: no } } }', 'no service "no" in a.yaml'],
  ])('%s is refused', (compose, fault) => {
    expect(faultsOf(compose, { files: { 'a.yaml': 'services: { a: { image: x } }' } })[0]).toContain(fault);
  });

  test('a long chain that grows is refused in time in proportion to its length', () => {
    const names = Array.from({ length: 3000 }, (_, at) => at);
    const one = (at: number): string =>
      `  s${at}: { image: x, environment: { A${at}: x }${at === 0 ? '' : `, extends: s${at - 1}`} }`;
    expect(faultsOf(`services:\n${names.map(one).join('\n')}`).join('\n')).toContain('more than 1000000 merged values');
  });
});

describe('a file of variables', () => {
  test.each<[string, object]>([
    [`A='x # y' # z\nB="a\\"b"`, { A: 'x # y', B: 'a"b' }],
    ['A=x#y\nB=x #y', { A: 'x#y', B: 'x' }],
    ['A="x\ny"\nB=1', { A: 'x\ny', B: '1' }],
    ['export A=1\nexporter=2', { A: '1', exporter: '2' }],
    ['A=$$x\nB="\\$x"\nC=\'$x\'', { A: '$x', B: '$x', C: '$x' }],
    ['A=\nB= \nC', { A: '', B: '' }],
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['__proto__=1\nA=${__proto__}', { A: '1' }],
    ['A="\\012\\0101\\0999"', { A: '\\12A\\999' }],
  ])('%j', (text, expected) => {
    const parsed = parseDotenv(text, {});
    expect(parsed.ok && { ...parsed.values }).toMatchObject(expected);
  });

  test.each<[string, number]>([
    ['A=1\n\nB="x', 3],
    ['A B=1', 1],
    ['A=1\nA%=1', 2],
    ['A=1\nB=${A', 2],
    ['A=${B:?needed}', 1],
  ])('%j is refused at its line', (text, line) => {
    expect(parseDotenv(text, {})).toMatchObject({ ok: false, line });
  });

  test('any text is read or refused, in either format', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'A1=:#\'"\\$\n {}x0'), maxLength: 40 }), (text) => {
        const budget = createBudget();
        expect(typeof parseDotenv(text, { A: 'x' }, { budget }).ok).toBe('boolean');
        expect(typeof parsePlainEnv(text, { A: 'x' }).ok).toBe('boolean');
      }),
    );
  });
});
