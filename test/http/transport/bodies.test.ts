import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DoubleApp, doubleApp } from './double.js';

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
beforeEach(() => t.given());
afterAll(() => t.close());

const JSON_TYPE = 'application/json';
const MERGE_PATCH = 'application/merge-patch+json';

interface Fault {
  readonly in: string;
  readonly pointer: string;
  readonly message: string;
}

const create = (body: string | object, type = JSON_TYPE) =>
  t.http
    .post('/v1/containers')
    .set('content-type', type)
    .send(typeof body === 'string' ? body : JSON.stringify(body));

/** Where a definition is at fault. */
async function pointers(body: string | object): Promise<readonly string[]> {
  const r = await create(body);
  expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
  expect(t.calls).toEqual([]);
  expect(r.body.errors.every((fault: Fault) => fault.in === 'body' && fault.message !== '')).toBe(true);
  return [...new Set<string>(r.body.errors.map((fault: Fault) => fault.pointer))].sort();
}

describe('a value of the wrong type is a 400 at its place, and nothing is converted', () => {
  const rows: readonly [string, unknown][] = [
    ['/name', 5],
    ['/image', null],
    ['/command', 'python app.py'],
    ['/command/1', ['python', 1]],
    ['/entrypoint', {}],
    ['/env', []],
    ['/env/A', { A: 1 }],
    ['/workingDir', false],
    ['/user', 0],
    ['/hostname', []],
    ['/expose', '3306'],
    ['/expose/0', [3306]],
    ['/publishAll', 'true'],
    ['/publishAll', 1],
    ['/ports', '80:80'],
    ['/ports/0', [80]],
    ['/ports/0', [null]],
    ['/links', 'db'],
    ['/links/0', [7]],
    ['/network', null],
    ['/volumes', {}],
    ['/volumes/0', ['data:/data']],
    ['/labels', 'a=b'],
    ['/labels/a', { a: true }],
    ['/healthcheck', 'true'],
    ['/healthcheck/retries', { command: [], retries: '3' }],
    ['/healthcheck/retries', { command: [], retries: 1.5 }],
    ['/restartPolicy', 'unless-stopped'],
    ['/resources', 5],
    ['/resources/memoryBytes', { memoryBytes: '512m' }],
    ['/resources/cpus', { cpus: '0.5' }],
    ['/pullPolicy', 'Always'],
    ['/stopSignal', 15],
    ['/stopTimeoutSeconds', '10'],
    ['/onLinkChange', true],
    ['/state', 'paused'],
  ];
  it.each(rows)('%s: %j', async (pointer, value) => {
    const field = pointer.split('/')[1] as string;
    expect(await pointers({ image: 'i', [field]: value })).toEqual([pointer]);
  });
});

describe('of a value that may be a string or an object only the branch that is meant is spoken of', () => {
  const rows: readonly [string, object, readonly string[]][] = [
    ['the port as text', { ports: [{ containerPort: '80' }] }, ['/ports/0/containerPort']],
    ['the port is missing', { ports: [{ hostPort: 80 }] }, ['/ports/0/containerPort']],
    ['no protocol of that name', { ports: [{ containerPort: 80, protocol: 'TCP' }] }, ['/ports/0/protocol']],
    ['an unknown member', { ports: ['80', { containerPort: 80, port: 1 }] }, ['/ports/1/port']],
    ['an unknown member of a link', { links: [{ container: 'db', name: 'x' }] }, ['/links/0/name']],
    ['a link to nothing', { links: ['db', {}] }, ['/links/1/container']],
    ['two entries', { ports: [{ containerPort: 1.5 }, 80, '80'] }, ['/ports/0/containerPort', '/ports/1']],
    [
      'entry 1 does not hide entry 10',
      { ports: [...Array(10).fill('80'), { containerPort: 'x' }, 1] },
      ['/ports/10/containerPort', '/ports/11'],
    ],
  ];
  it.each(rows)('%s', async (_, fields, expected) => {
    expect(await pointers({ image: 'i', ...fields })).toEqual(expected);
  });
});

describe('an unknown or missing field', () => {
  it.each(['imagee', 'Privileged', 'Image', 'a/b', 'a~b', '', 'constructor', 'toString', 'hasOwnProperty'])(
    '%j is a 400 that names it',
    async (field) => {
      const escaped = field.replaceAll('~', '~0').replaceAll('/', '~1');
      expect(await pointers({ image: 'i', [field]: true })).toEqual([`/${escaped}`]);
    },
  );

  it('every one of them, and everything else, is listed at once', async () => {
    expect(
      await pointers({
        imagee: 1,
        privilege: true,
        ports: [{ containerPort: '80' }, 5],
        env: { A: null },
        state: 'up',
      }),
    ).toEqual(['/env/A', '/image', '/imagee', '/ports/0/containerPort', '/ports/1', '/privilege', '/state']);
  });

  it('is explained in words for a person', async () => {
    const { body } = await create({ imagee: 'a', publishAll: 'yes', state: 'up', ports: [5] });
    const messages = Object.fromEntries(body.errors.map((fault: Fault) => [fault.pointer, fault.message]));
    expect(messages['/image']).toBe('is missing');
    expect(messages['/imagee']).toMatch(/^is not a known field/);
    expect(messages['/publishAll']).toMatch(/^must be a boolean/);
    expect(messages['/state']).toMatch(/^must be one of "running" (or|and) "stopped"/);
    expect(messages['/ports/0']).toMatch(/^must be a string or an object/);
    expect(body.detail).toMatch(/and 4 more, see errors/);
  });
});

describe('what is no JSON object is a 400', () => {
  it.each(['{', '{"image":}', "{'image':'a'}", '{"image":"a"} x', '[]', 'null', '"a"', '5', 'true', '', ' '])(
    'POST of %j',
    async (body) => {
      const r = await create(body);
      expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
      expect(r.headers['content-type']).toBe('application/problem+json');
      expect(t.calls).toEqual([]);
    },
  );

  it.each(['post', 'put', 'patch'] as const)('%s of nothing at all', async (method) => {
    const r = await t.http[method](method === 'post' ? '/v1/containers' : '/v1/containers/web');
    expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
    expect(t.calls).toEqual([]);
  });

  it.each([
    '{"image":"a","__proto__":{"publishAll":true}}',
    '{"image":"a","\\u005f_proto__":{"publishAll":true}}',
    '{"image":"a","env":{"__proto__":{"A":"b"}}}',
    '{"image":"a","constructor":{"prototype":{"publishAll":true}}}',
  ])('that would poison a prototype: %s', async (body) => {
    for (const sent of [create(body), t.http.patch('/v1/containers/web').set('content-type', MERGE_PATCH).send(body)]) {
      const r = await sent;
      expect([r.status, r.body.code, r.headers['content-type']]).toEqual([
        400,
        'invalid-body',
        'application/problem+json',
      ]);
    }
    expect({}).not.toHaveProperty('publishAll');
  });

  it('bodies nested without end do not overflow the stack', async () => {
    const deep = (open: string, close: string) =>
      `{"image":"a","status":${open.repeat(20_000)}1${close.repeat(20_000)}}`;
    for (const body of [deep('[', ']'), deep('{"a":', '}')]) {
      const r = await create(body);
      expect(r.status).toBe(400);
    }
  });
});

describe('the media type', () => {
  it.each([JSON_TYPE, 'application/json; charset=utf-8', 'Application/JSON', 'application/json;charset=UTF-8'])(
    '%s is taken',
    async (type) => {
      await create({ image: 'a' }, type).expect(201);
    },
  );

  it.each([
    'text/plain',
    'text/plain; charset=utf-8',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonx',
    'application/octet-stream',
    'json',
    MERGE_PATCH,
    'Application/Merge-Patch+JSON',
    'application/json-patch+json',
  ])('%s is a 415 for a POST and a PUT, and nothing gets past the checks', async (type) => {
    const body = '{"imagee":1}';
    for (const sent of [create(body, type), t.http.put('/v1/containers/web').set('content-type', type).send(body)]) {
      const r = await sent;
      expect([r.status, r.body.code, r.headers['content-type']]).toEqual([
        415,
        'unsupported-media-type',
        'application/problem+json',
      ]);
    }
    expect(t.calls).toEqual([]);
  });

  it.each([MERGE_PATCH, 'Application/Merge-Patch+JSON', `${MERGE_PATCH}; charset=utf-8`, JSON_TYPE])(
    '%s is taken by a PATCH',
    async (type) => {
      await t.http.patch('/v1/containers/web').set('content-type', type).send('{"user":"www"}').expect(200);
    },
  );

  it.each(['application/json-patch+json', 'text/plain'])('%s is a 415 for a PATCH', async (type) => {
    const r = await t.http.patch('/v1/containers/web').set('content-type', type).send('[]');
    expect([r.status, r.body.code]).toEqual([415, 'unsupported-media-type']);
  });
});

describe('the size', () => {
  const LIMIT = 256 * 1024;
  const bodyOf = (bytes: number) => {
    const frame = JSON.stringify({ image: 'a', user: '' }).length;
    return JSON.stringify({ image: 'a', user: 'x'.repeat(bytes - frame) });
  };

  it('of 256 KiB is taken, and of one byte more is a 413', async () => {
    await create(bodyOf(LIMIT)).expect(201);
    const r = await create(bodyOf(LIMIT + 1));
    expect([r.status, r.body.code]).toEqual([413, 'payload-too-large']);
  });

  it('is measured in what arrives where no length is given', async () => {
    const own = await doubleApp();
    const { url } = await own.listen();
    const chunks = async function* () {
      for (let i = 0; i < 9; i++) yield Buffer.alloc(32 * 1024, ' ');
    };
    const r = await fetch(`${url}/v1/containers`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE },
      body: chunks() as never,
      duplex: 'half',
    } as never);
    expect([r.status, ((await r.json()) as { code: string }).code]).toEqual([413, 'payload-too-large']);
    await own.close();
  });

  it('a body with a hundred thousand faults is answered within bounds', async () => {
    const r = await create({ image: 'a', ports: Array(100_000).fill(1) });
    expect([r.status, r.body.code]).toEqual([400, 'invalid-body']);
    expect(r.text.length).toBeLessThan(1024 * 1024);
  });
});
