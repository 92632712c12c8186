import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  await berth.declare({ name: 'there', image: 'x', ports: ['9000:90'] });
});
afterAll(() => berth.stop());

const ALL = '/v1/containers';
const THERE = '/v1/containers/there';
const TYPE = (type: string) => ({ 'content-type': type });

describe('a body of the wrong form', () => {
  it('is a 400 that names every fault, with pointers, and converts nothing', async () => {
    const body = {
      image: 1,
      nope: true,
      'odd/~name': 1,
      env: { A: 1, B: null, 'C/D': [] },
      ports: [8080, null, true, { containerPort: '80' }, { hostPort: 1 }, { containerPort: 80, hostport: 1 }, '80'],
      links: [7, {}, { container: 'there', env: 'some' }],
      volumes: [{ volume: 'v' }, 'v:/x'],
      labels: [],
      healthcheck: { command: 'true', retries: 1.5 },
      restartPolicy: 'unless-stopped',
      resources: { memoryBytes: '64m' },
      stopTimeoutSeconds: '10',
      publishAll: 'true',
      state: 'paused',
    };
    const problem = await berth.refuse('invalid-body', 'POST', ALL, { body });
    expect(faultsOf(problem).toSorted()).toEqual(
      [
        '/env/A must be a string',
        '/env/B must be a string',
        '/env/C~1D must be a string',
        '/healthcheck/command must be an array',
        '/healthcheck/retries must be an integer',
        '/image must be a string',
        '/labels must be an object',
        '/links/0 must be a string or an object',
        '/links/1/container is missing',
        '/links/2/env must be one of "all", "address" and "none"',
        '/nope is not a known field',
        '/odd~1~0name is not a known field',
        '/ports/0 must be a string or an object',
        '/ports/1 must be a string or an object',
        '/ports/2 must be a string or an object',
        '/ports/3/containerPort must be an integer',
        '/ports/4/containerPort is missing',
        '/ports/5/hostport is not a known field: did you mean "hostPort"?',
        '/publishAll must be a boolean',
        '/resources/memoryBytes must be an integer',
        '/restartPolicy must be one of "always", "on-failure" and "no"',
        '/state must be one of "running" and "stopped"',
        '/stopTimeoutSeconds must be an integer',
        '/volumes/0/target is missing',
        '/volumes/1 must be an object',
      ].toSorted(),
    );
    expect(problem.detail).toContain('see errors');
    for (const { in: part } of problem.errors ?? []) expect(part).toBe('body');
  });

  it('tells the entries of a list apart by their whole number', async () => {
    const ports = [1, ...Array(9).fill('80'), { containerPort: 80, bad: 1 }, ...Array(9).fill('80')];
    const problem = await berth.refuse('invalid-body', 'POST', ALL, { body: { image: 'x', ports } });
    expect(faultsOf(problem).toSorted()).toEqual([
      '/ports/0 must be a string or an object',
      '/ports/10/bad is not a known field',
    ]);
    ports[0] = '80';
    ports[1] = 1;
    expect(faultsOf(await berth.refuse('invalid-body', 'POST', ALL, { body: { image: 'x', ports } }))).toHaveLength(2);
  });

  it.each<[what: string, body: unknown, fault: string]>([
    ['no image', {}, '/image is missing'],
    ['null for an image', { image: null }, '/image must be a string'],
    ['null for something optional', { image: 'x', user: null }, '/user must be a string'],
    ['null for a list', { image: 'x', ports: null }, '/ports must be an array'],
    ['one for a list', { image: 'x', ports: '80' }, '/ports must be an array'],
    [
      'text for a number',
      { image: 'x', ports: [{ containerPort: 80, hostPort: '8080' }] },
      '/ports/0/hostPort must be an integer',
    ],
    ['a number for text', { image: 'x', user: 1000 }, '/user must be a string'],
    [
      'a fraction for a whole number',
      { image: 'x', stopTimeoutSeconds: 1.5 },
      '/stopTimeoutSeconds must be an integer',
    ],
    ['a number without end', '{"image":"x","stopTimeoutSeconds":1e999}', '/stopTimeoutSeconds must be an integer'],
    ['a name of another case', { Image: 'x', image: 'x' }, '/Image is not a known field: did you mean "image"?'],
    ['constructor', { image: 'x', constructor: { prototype: {} } }, '/constructor is not a known field'],
    ['a list', [], ' must be an object'],
    ['a text', '"x"', ' must be an object'],
    ['null', 'null', ' must be an object'],
    ['__proto__', '{"image":"x","__proto__":{"a":1}}', '/__proto__ is not an allowed name'],
    ['__proto__ escaped', '{"image":"x","\\u005f_proto__":1}', '/__proto__ is not an allowed name'],
    ['__proto__ inside', '{"image":"x","env":{"__proto__":"a"}}', '/env/__proto__ is not an allowed name'],
    ['a field twice', '{"image":"x","image":"y"}', '/image occurs twice'],
    ['a field twice, once escaped', '{"image":"x","im\\u0061ge":"x"}', '/image occurs twice'],
    ['a variable twice', '{"image":"x","env":{"A":"1","B":"{","A":"2"}}', '/env/A occurs twice'],
    [
      'a field twice in a list',
      '{"image":"x","ports":["80",{"containerPort":1,"containerPort":2}]}',
      '/ports/1/containerPort occurs twice',
    ],
    ['nothing', undefined, ' is missing'],
    ['nothing that says it is JSON', '', ' is missing'],
    ['white space', ' \n', ' is missing'],
  ])('%s is a 400', async (_, body, fault) => {
    for (const [method, target] of [
      ['POST', ALL],
      ['PUT', THERE],
      ['PUT', `${ALL}/fresh`],
    ] as const) {
      expect(faultsOf(await berth.refuse('invalid-body', method, target, { body }))).toEqual([fault]);
    }
  });

  it.each<[what: string, body: string | Uint8Array, detail: RegExp]>([
    ['is cut off', '{"image":"x"', /not valid JSON/],
    ['has a comma too many', '{"image":"x",}', /not valid JSON at character 14/],
    ['has single quotes', "{'image':'x'}", /not valid JSON/],
    ['is YAML', 'image: x\n', /not valid JSON/],
    ['has something after it', '{"image":"x"} {}', /not valid JSON at character 15/],
    ['is deep without end', `{"image":"x","status":${'['.repeat(100_000)}`, /not valid JSON/],
    [
      'is deep',
      `{"image":"x","status":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      /nested more than 64 levels deep/,
    ],
    [
      'is deep in objects',
      `{"image":"x","labels":${'{"a":'.repeat(70)}1${'}'.repeat(70)}}`,
      /nested more than 64 levels deep/,
    ],
    ['is not UTF-8', Buffer.from('7b22696d616765223a22fffe227d', 'hex'), /not valid UTF-8/],
    ['is UTF-16', Buffer.from('{"image":"x"}', 'utf16le'), /not valid JSON/],
  ])('that %s is a 400', async (_, body, detail) => {
    expect((await berth.refuse('invalid-body', 'POST', ALL, { body })).detail).toMatch(detail);
    expect((await berth.refuse('invalid-body', 'PATCH', THERE, { body, headers: MERGE_PATCH })).detail).toMatch(detail);
  });

  it('with as many faults as fit into it is answered at once, and without end', async () => {
    const body = `{"image":"x","ports":[${Array(60_000).fill('1').join()}]}`;
    const start = process.cpuUsage();
    const { errors } = await berth.refuse('invalid-body', 'POST', ALL, { body });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(10_000);
    expect(errors).toHaveLength(1000);
  });
});

describe('a definition that cannot work', () => {
  it('is a 422 that names every fault', async () => {
    const body = {
      name: 'x',
      image: 'A B',
      env: { '': 'a', 'A=B': '1' },
      ports: ['99999', '80:90:100', '1.2.3.4:80', { containerPort: 0 }, { containerPort: 80, hostPort: 70_000 }],
      expose: ['0'],
      links: ['a b', ':x'],
      volumes: [{ volume: './etc', target: 'relative' }],
      labels: { 'io.berth.uid': 'x' },
      network: 'a b',
      hostname: '- -',
      workingDir: 'srv',
      stopSignal: 'SIGNOPE',
      stopTimeoutSeconds: -1,
      resources: { memoryBytes: 1, cpus: 0, pids: 0 },
      healthcheck: { command: [''], retries: -1 },
    };
    const { errors } = await berth.refuse('invalid-definition', 'POST', ALL, { body });
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(
      [
        '/name',
        '/image',
        '/env/',
        '/env/A=B',
        '/ports/0',
        '/ports/1',
        '/ports/2',
        '/ports/3',
        '/ports/4',
        '/expose/0',
        '/links/0',
        '/links/1',
        '/volumes/0/volume',
        '/volumes/0/target',
        '/labels/io.berth.uid',
        '/network',
        '/hostname',
        '/workingDir',
        '/stopSignal',
        '/stopTimeoutSeconds',
        '/resources/memoryBytes',
        '/resources/cpus',
        '/resources/pids',
        '/healthcheck/command',
        '/healthcheck/retries',
      ].toSorted(),
    );
  });

  it.each<[what: string, body: Json, pointer: string, message: RegExp]>([
    ['an empty image', { image: '' }, '/image', /./],
    ['a name of one letter', { name: 'a', image: 'x' }, '/name', /2 to 255/],
    ['a name with a slash', { name: 'a/b', image: 'x' }, '/name', /2 to 255/],
    ['a name that is too long', { name: 'a'.repeat(256), image: 'x' }, '/name', /2 to 255/],
    ['a port above all', { image: 'x', ports: ['65536'] }, '/ports/0', /65536/],
    ['ranges of two sizes', { image: 'x', ports: ['8000-8002:80-81'] }, '/ports/0', /./],
    ['an address that is none', { image: 'x', ports: ['300.0.0.1:80:80'] }, '/ports/0', /300\.0\.0\.1/],
    ['a protocol that is none', { image: 'x', ports: ['80/icmp'] }, '/ports/0', /icmp/],
    ['a mapping twice', { image: 'x', ports: ['8:80', '8:80'] }, '/ports/1', /already/],
    ['a host port twice', { image: 'x', ports: ['8:80', '8:81'] }, '/ports/1', /ports\/0/],
    ['a host port twice by overlap', { image: 'x', ports: ['127.0.0.1:8:80', '8:81'] }, '/ports/1', /ports\/0/],
    ['a NUL in a variable', { image: 'x', env: { A: 'a\0b' } }, '/env/A', /./],
    ['a link to what is not there', { image: 'x', links: ['absent'] }, '/links/0', /container "absent" doesn't exist/],
    ['a list too long', { image: 'x', command: Array(1025).fill('a') }, '/command', /at most 1024 items/],
    [
      'an option of logs that every object has',
      { image: 'x', logOptions: { __defineGetter__: 'y' } },
      '/logOptions/__defineGetter__',
      /not an option/,
    ],
  ])('by %s is a 422', async (_, body, pointer, message) => {
    const { errors } = await berth.refuse('invalid-definition', 'POST', ALL, { body });
    expect(errors).toEqual([{ in: 'body', pointer, message: expect.stringMatching(message) }]);
  });
});

describe('a media type', () => {
  it.each<[method: string, target: string, type: string]>([
    ['POST', ALL, 'application/merge-patch+json'],
    ['POST', ALL, 'Application/Merge-Patch+JSON; charset=utf-8'],
    ['PUT', THERE, 'application/merge-patch+json'],
    ['POST', ALL, 'text/plain'],
    ['POST', ALL, 'application/x-www-form-urlencoded'],
    ['POST', ALL, 'multipart/form-data; boundary=x'],
    ['POST', ALL, 'application/jsonp'],
    ['POST', ALL, 'application/vnd.berth+json'],
    ['POST', ALL, 'json'],
    ['POST', ALL, '*/*'],
    ['POST', ALL, ''],
    ['PUT', THERE, 'application/yaml'],
    ['PATCH', THERE, 'application/json-patch+json'],
    ['PATCH', THERE, 'text/plain'],
    ['POST', `${THERE}/stop`, 'text/plain'],
  ])('is a 415: %s %s as %j', async (method, target, type) => {
    await berth.refuse('unsupported-media-type', method, target, { body: '{"image":"x"}', headers: TYPE(type) });
  });

  it.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json;a="b"'])(
    'of JSON is one however it is written, and the body is checked: %s',
    async (type) => {
      const sent = { body: '{"image":1}', headers: TYPE(type) };
      expect(faultsOf(await berth.refuse('invalid-body', 'PUT', THERE, sent))).toEqual(['/image must be a string']);
      const answer = await berth.send('POST', ALL, { body: '{"image":"x"}', headers: TYPE(type) });
      expect(answer.status).toBe(201);
    },
  );
});

describe('a body', () => {
  const sized = (bytes: number): string => {
    const empty = JSON.stringify({ name: 'sized', image: 'x', labels: { a: '' } });
    return empty.replace('""', `"${'a'.repeat(bytes - empty.length)}"`);
  };

  it('of 256 KiB is taken, and one byte more is a 413', async () => {
    await berth.refuse('payload-too-large', 'POST', ALL, { body: sized(256 * 1024 + 1) });
    expect((await berth.send('POST', ALL, { body: sized(256 * 1024) })).status).toBe(201);
  });

  it('that is too large is a 413 on every write', async () => {
    for (const [method, target] of [
      ['PUT', THERE],
      ['PATCH', THERE],
      ['POST', `${THERE}/start`],
    ] as const) {
      await berth.refuse('payload-too-large', method, target, { body: sized(300_000) });
    }
  });
});

describe('a parameter', () => {
  it.each<[method: string, target: string, pointer: string]>([
    ['POST', '/v1/containers?dryrun=true', '/dryrun'],
    ['POST', '/v1/containers?force=true', '/force'],
    ['POST', '/v1/containers?dryRun=yes', '/dryRun'],
    ['POST', '/v1/containers?dryRun=', '/dryRun'],
    ['POST', '/v1/containers?dryRun=true&dryRun=false', '/dryRun'],
    ['PUT', '/v1/containers/there?wait=301', '/wait'],
    ['PATCH', '/v1/containers/there?x', '/x'],
    ['DELETE', '/v1/containers/there?Force=true', '/Force'],
    ['DELETE', '/v1/containers/there?force=1', '/force'],
    ['POST', '/v1/containers/there/stop?time=3', '/time'],
    ['GET', '/v1/containers/there?x=1', '/x'],
    ['GET', '/v1/containers/there/ports?x=1', '/x'],
    ['GET', '/v1/containers/there/ports/90?protocol=tcp', '/protocol'],
    ['GET', '/v1/containers/there/links?x=1', '/x'],
    ['GET', '/v1/containers/there/env?x=1', '/x'],
    ['GET', '/v1/containers/there/hosts?x=1', '/x'],
    ['GET', '/v1/containers/there/inspect?x=1', '/x'],
    ['GET', '/v1/containers/there/logs?x=1', '/x'],
    ['GET', '/v1/containers/there/logs?tail=many', '/tail'],
    ['GET', '/v1/containers/there/logs?tail=-1', '/tail'],
    ['GET', '/v1/containers/there/logs?since=yesterday', '/since'],
    ['GET', '/v1/containers/there/logs?until=2026-13-01', '/until'],
    ['GET', '/v1/containers/there/logs?stdout=false&stderr=false', '/stderr'],
    ['GET', '/v1/containers/there/stats?follow=yes', '/follow'],
    ['GET', '/v1/containers/there/stats?stream=true', '/stream'],
    ['GET', '/v1/images?x=1', '/x'],
    ['GET', '/v1/ports?hostPort=0', '/hostPort'],
    ['GET', '/v1/ports?protocol=icmp', '/protocol'],
    ['GET', '/v1/engine?x=1', '/x'],
    ['GET', '/livez?x=1', '/x'],
    ['GET', '/readyz?x=1', '/x'],
    ['GET', '/problems?x=1', '/x'],
    ['GET', '/problems/internal?x=1', '/x'],
  ])('that is unknown or of the wrong kind is a 400: %s %s', async (method, target, pointer) => {
    const body = method === 'POST' || method === 'PUT' || method === 'PATCH' ? { image: 'x' } : undefined;
    const sent = target.includes('/stop') ? {} : { body };
    const { errors } = await berth.refuse('invalid-parameter', method, target, sent);
    expect(errors).toMatchObject([{ in: 'query', pointer }]);
  });
});

describe('a command that cannot be one', () => {
  const EXEC = '/v1/containers/there/exec';

  it.each<[body: Json, faults: readonly string[]]>([
    [{}, ['/command is missing']],
    [{ command: 'ls' }, ['/command must be an array']],
    [{ command: ['ls', 1] }, ['/command/1 must be a string']],
    [{ command: ['ls'], timeoutSeconds: '5' }, ['/timeoutSeconds must be an integer']],
    [{ command: ['ls'], env: ['A=1'] }, ['/env must be an object']],
    [{ command: ['ls'], tty: true }, ['/tty is not a known field']],
    [{ command: ['ls'], encoding: 'hex' }, ['/encoding must be one of "utf8" and "base64"']],
  ])('is a 400 that names what is wrong: %j', async (body, faults) => {
    expect(faultsOf(await berth.refuse('invalid-body', 'POST', EXEC, { body }))).toEqual(faults);
  });

  it.each<[body: Json, pointers: readonly string[]]>([
    [{ command: [] }, ['/command']],
    [{ command: ['ls'], timeoutSeconds: 0 }, ['/timeoutSeconds']],
    [
      { command: ['l\0s'], user: 'a b', workingDir: 'tmp', env: { 'A=B': '1', C: '\0' }, timeoutSeconds: 301 },
      ['/command/0', '/env/A=B', '/env/C', '/workingDir', '/user', '/timeoutSeconds'],
    ],
  ])('is a 422 where all is of its type and impossible, with every fault: %j', async (body, pointers) => {
    const { errors } = await berth.refuse('invalid-definition', 'POST', EXEC, { body });
    expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('an image that cannot be one', () => {
  it.each<[body: Json, faults: readonly string[]]>([
    [{}, ['/image is missing']],
    [{ image: 7 }, ['/image must be a string']],
    [{ image: 'x', platform: 'linux' }, ['/platform is not a known field']],
  ])('is a 400 that names what is wrong: %j', async (body, faults) => {
    expect(faultsOf(await berth.refuse('invalid-body', 'POST', '/v1/images/pull', { body }))).toEqual(faults);
  });

  it.each(['', 'http://example.com/x', 'Upper/Case', 'a b', 'x@sha256:1', `sha256:${'0a'.repeat(32)}`])(
    'is a 422 that says which part: %j',
    async (image) => {
      const { errors } = await berth.refuse('invalid-definition', 'POST', '/v1/images/pull', { body: { image } });
      expect(errors).toMatchObject([{ in: 'body', pointer: '/image' }]);
    },
  );
});
