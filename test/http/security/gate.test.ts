/** Who gets in: tokens and roles, Host and Origin, the Unix socket. */

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, expectProblem, type Json, type Sent, type TestBerth, testBerth } from '../berth.js';
import { expectDocumented, type OpenApi } from '../document.js';

let t: TestBerth;
let document: OpenApi;
let admin: string;
const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-gate-'));
const socket = path.join(dataDir, 'berth.sock');
beforeAll(async () => {
  t = await testBerth({ auth: 'on', dataDir, socket });
  document = t.berth.app.swagger() as unknown as OpenApi;
  admin = readFileSync(path.join(dataDir, 'token'), 'utf8').trim();
});
afterAll(() => t.stop());

/** Sends with a token, and holds the answer against the document. */
async function as(token: string | undefined, method: string, target: string, sent: Sent = {}): Promise<Response> {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...sent.headers };
  const answer = await exchange(t.url, method, target, { ...sent, headers });
  expectDocumented(document, method, target, answer);
  return answer;
}

async function tokenOf(role: string, more: object = {}): Promise<{ readonly id: string; readonly token: string }> {
  const name = `${role}-${Math.random().toString(36).slice(2)}`;
  const answer = await as(admin, 'POST', '/v1/tokens', { body: { name, role, ...more } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

interface Operation {
  readonly method: string;
  readonly target: string;
  readonly needs: 'everybody' | 'viewer' | 'operator' | 'admin';
}

/** Every operation of the document, with the role that it says it needs. */
function operations(): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { description = '', security } = operation as { description?: string; security?: readonly object[] };
      const [, needs = 'everybody'] = /Needs the role (\w+)/.exec(description) ?? [];
      expect(security, template).toEqual(needs === 'everybody' ? [] : [{ token: [] }]);
      const target = template.replaceAll(/\{\w+\}/g, 'none');
      return { method: method.toUpperCase(), target, needs: needs as Operation['needs'] };
    }),
  );
}

/** Out of the tree that Fastify prints, each route with its methods. */
function* routesOf(tree: string): Generator<readonly [string, readonly string[]]> {
  const above: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent = '', part = '', methods] = /^([│├└─\s]*)(\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    const depth = indent.length / 4;
    above.length = Math.max(0, depth - 1);
    above.push(part);
    if (methods !== undefined) yield [above.join(''), methods.split(', ')];
  }
}

const MORE = { viewer: ['operator', 'admin'], operator: ['admin'], admin: [] } as const;

describe('without a token', () => {
  it('every operation is a 401 that says how, save whether it lives and is ready, and what problems mean', async () => {
    const all = operations();
    expect(all.length).toBeGreaterThan(40);
    const open = all.filter(({ needs }) => needs === 'everybody').map(({ target }) => target);
    expect(open.filter((target) => !target.startsWith('/problems')).sort()).toEqual(['/livez', '/readyz']);
    for (const { method, target, needs } of all) {
      const answer = await as(undefined, method, target);
      if (needs === 'everybody') {
        // Of the paths with a name in them, filled in as `none`, there is nothing; the engine can't be reached here.
        const expected = target === '/problems/none' ? 404 : 200;
        expect(answer.status, target).toBe(expected);
        continue;
      }
      expectProblem(answer, 'unauthenticated', target);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="berth"');
      expect(answer.body.detail).toContain('Authorization: Bearer TOKEN');
    }
  });

  it('every route of the route table is, documented or not, by GET and HEAD, save the files of ours', async () => {
    const open: string[] = [];
    const asked: string[] = [];
    for (const [route, methods] of routesOf(t.berth.app.printRoutes({ commonPrefix: false }))) {
      for (const method of methods) {
        const { status } = await exchange(t.url, method, route.replaceAll(/:\w+|\*/g, 'none'));
        (status === 401 ? asked : open).push(`${method} ${route}`);
      }
    }
    const documented = operations().filter(({ needs }) => needs !== 'everybody');
    expect(asked.length).toBeGreaterThan(documented.length);
    expect(asked).toEqual(expect.arrayContaining(['GET /v1/containers/:name/env', 'POST /v1/containers/:name/exec']));
    expect(open.filter((route) => !/^(GET|HEAD) \/docs\b/.test(route)).sort()).toEqual([
      ...['GET /', 'GET /livez', 'GET /openapi.json', 'GET /problems', 'GET /problems/:code', 'GET /readyz'],
      ...['HEAD /', 'HEAD /livez', 'HEAD /openapi.json', 'HEAD /problems', 'HEAD /problems/:code', 'HEAD /readyz'],
    ]);
  });

  it.each(['/favicon.ico', '/robots.txt', '/.well-known/security.txt', '/apple-touch-icon.png?v=1'])(
    '%s, which browsers ask for automatically, is a 404',
    async (target) => {
      expectProblem(await as(undefined, 'GET', target), 'not-found', target);
    },
  );

  it('the page that a problem leads to is shown', async () => {
    const refused = await as(undefined, 'GET', '/v1/containers');
    const { status, body } = await as(undefined, 'GET', refused.body.type);
    expect([status, body.code]).toEqual([200, 'unauthenticated']);
  });

  it('nothing is told of what there is not', async () => {
    for (const target of ['/v1/nothing', '/nothing', '/v1/containers/a/b/c', '/.env', '/metrics/x']) {
      expectProblem(await as(undefined, 'GET', target), 'unauthenticated', target);
    }
  });

  it('a body is not read, and a page and the documentation are there to ask for a token', async () => {
    const answer = await as(undefined, 'POST', '/v1/containers', { body: '{"image":', headers: {} });
    expectProblem(answer, 'unauthenticated', '/v1/containers');
    for (const target of ['/', '/openapi.json', '/docs/']) {
      expect((await exchange(t.url, 'GET', target)).status, target).toBeLessThan(400);
    }
  });

  it.each<[string, string]>([
    ['an unknown one', 'Bearer berth_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['an empty one', 'Bearer '],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['two', 'Bearer a, Bearer b'],
    ['one that is far too long', `Bearer ${'a'.repeat(9_000)}`],
  ])('%s is a 401 that does not repeat it', async (_, authorization) => {
    const answer = await as(undefined, 'GET', '/v1/containers', { headers: { authorization } });
    expectProblem(answer, 'unauthenticated', '/v1/containers');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="berth", error="invalid_token"');
    expect(answer.text).not.toContain(authorization.slice(7, 40) || '"Bearer "');
  });

  it('a token in the URL is not one', async () => {
    const answer = await exchange(t.url, 'GET', `/v1/containers?token=${admin}&access_token=${admin}`);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(admin);
  });
});

describe('the role', () => {
  it('of each operation is what its document says: less is a 403, as much is let in', async () => {
    const tokens = {
      viewer: (await tokenOf('viewer')).token,
      operator: (await tokenOf('operator')).token,
      admin: (await tokenOf('admin')).token,
    };
    for (const { method, target, needs } of operations()) {
      if (needs === 'everybody') continue;
      for (const [role, token] of Object.entries(tokens)) {
        const lets = role === needs || (MORE[needs] as readonly string[]).includes(role);
        if (lets && ['/v1/backup', '/v1/restore'].includes(target) && method !== 'GET') continue;
        const headers = { accept: '*/*' };
        // A body that no route takes: who is let in is told about that, and changes nothing.
        const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{"no":"such field"}' };
        const answer = await exchange(t.url, method, target, {
          ...body,
          headers: { ...headers, authorization: `Bearer ${token}` },
        });
        if (lets) expect([401, 403], `${role} ${method} ${target}`).not.toContain(answer.status);
        else {
          expectProblem(answer, 'forbidden', target);
          expect(answer.body.detail).toMatch(new RegExp(`needs the role ${needs}.* has the role ${role}`));
        }
      }
    }
  });

  it('of whoever asks can be asked for', async () => {
    const { id, token } = await tokenOf('viewer');
    const { body } = await as(token, 'GET', '/v1/tokens/self');
    expect(body).toEqual({ id, name: expect.stringMatching(/^viewer-/), role: 'viewer' });
  });
});

describe('tokens', () => {
  it('are told once, listed without their secret, and refused from when they are revoked', async () => {
    const { id, token } = await tokenOf('operator');
    expect(token).toMatch(/^berth_[\w-]{43}$/);
    const listed = await as(admin, 'GET', '/v1/tokens');
    expect(listed.body.items.map((one: Json) => one.id)).toContain(id);
    expect(listed.text).not.toContain(token);
    expect((await as(token, 'GET', '/v1/containers')).status).toBe(200);
    expect((await as(admin, 'DELETE', `/v1/tokens/${id}`)).status).toBe(204);
    expectProblem(await as(token, 'GET', '/v1/containers'), 'unauthenticated', '/v1/containers');
    expectProblem(await as(admin, 'DELETE', `/v1/tokens/${id}`), 'not-found', `/v1/tokens/${id}`);
  });

  it('end what they hold open when they are revoked', async () => {
    const { id, token } = await tokenOf('viewer');
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const stream = await fetch(`${t.url}/v1/events`, { headers });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await as(admin, 'DELETE', `/v1/tokens/${id}`);
    for (;;) if ((await reader.read()).done) break;
  });

  it('are still known after a restart, and only their digest is stored', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'berth-gate-'));
    const first = await testBerth({ auth: 'on', dataDir: folder });
    const own = readFileSync(path.join(folder, 'token'), 'utf8').trim();
    const headers = { authorization: `Bearer ${own}` };
    const made = await exchange(first.url, 'POST', '/v1/tokens', { headers, body: { name: 'ci', role: 'viewer' } });
    const second = await first.restart();
    const again = { headers: { authorization: `Bearer ${made.body.token}` } };
    expect((await exchange(second.url, 'GET', '/v1/containers', again)).status).toBe(200);
    expect(readFileSync(path.join(folder, 'token'), 'utf8').trim()).toBe(own);
    await second.berth.stop();
    for (const file of ['berth.db', 'berth.db-wal'].map((one) => path.join(folder, one)).filter(existsSync)) {
      const bytes = readFileSync(file);
      for (const secret of [own, made.body.token]) expect(bytes.includes(secret), file).toBe(false);
    }
    rmSync(folder, { recursive: true });
  });

  it('expire', async () => {
    const { token } = await tokenOf('viewer', { expiresInSeconds: 1 });
    await expect
      .poll(
        async () =>
          (await exchange(t.url, 'GET', '/v1/ports', { headers: { authorization: `Bearer ${token}` } })).status,
      )
      .toBe(401);
  });

  it.each<[string, object, string]>([
    ['a name that is taken', { name: 'admin', role: 'viewer' }, 'name-taken'],
    ['the name of whoever comes over the socket', { name: 'Socket', role: 'admin' }, 'name-taken'],
    ['a name that is none', { name: 'a b', role: 'viewer' }, 'invalid-definition'],
    ['a role that is none', { name: 'x', role: 'root' }, 'invalid-body'],
    ['a field that is none', { name: 'x', role: 'viewer', token: 'mine' }, 'invalid-body'],
    ['a time that is over', { name: 'x', role: 'viewer', expiresInSeconds: 0 }, 'invalid-definition'],
  ])('with %s are refused', async (_, body, code) => {
    const before = (await as(admin, 'GET', '/v1/tokens')).body;
    expectProblem(await as(admin, 'POST', '/v1/tokens', { body }), code as 'name-taken', '/v1/tokens');
    expect((await as(admin, 'GET', '/v1/tokens')).body).toEqual(before);
  });

  it("of the server itself can't be revoked, so that nobody is locked out", async () => {
    expectProblem(await as(admin, 'DELETE', '/v1/tokens/admin'), 'in-use', '/v1/tokens/admin');
    expect((await as(admin, 'GET', '/v1/tokens/self')).body).toEqual({ id: 'admin', name: 'admin', role: 'admin' });
  });

  it('and the socket and the database are for their owner alone', () => {
    const all = ['token', 'berth.sock', 'berth.db', 'berth.db-wal'];
    for (const file of all) expect(statSync(path.join(dataDir, file)).mode & 0o777, file).toBe(0o600);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });
});

/** One request over a socket, or with a Host of its own: what no browser and no fetch would send. */
function raw(options: object): Promise<{ readonly status: number; readonly body: Json }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ method: 'GET', path: '/v1/containers', ...options }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
    });
    sent.once('error', reject).end();
  });
}

describe('the Unix socket', () => {
  it('asks for no token, and for no name: its mode is the guard', async () => {
    expect((await raw({ socketPath: socket, headers: { host: 'anything' } })).status).toBe(200);
    const self = await raw({ socketPath: socket, path: '/v1/tokens/self' });
    expect(self.body).toEqual({ id: 'socket', name: 'socket', role: 'admin' });
  });

  it('is no way for a browser', async () => {
    const headers = { origin: 'http://evil.example' };
    expect(await raw({ socketPath: socket, headers })).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
  });
});

describe('a request under a name that is not its own (DNS rebinding)', () => {
  const at = (host: string) => {
    const { port } = new URL(t.url);
    return raw({ host: '127.0.0.1', port, headers: { host, authorization: `Bearer ${admin}` } });
  };
  it.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '2130706433',
    '0x7f.1',
    '[evil]',
  ])('%j is a 421', async (host) => {
    expect(await at(host)).toMatchObject({ status: 421, body: { code: 'misdirected' } });
  });
  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.0.0.1:80', '[::1]:8080', '192.0.2.7'])(
    '%j is let in',
    async (host) => {
      expect((await at(host)).status).toBe(200);
    },
  );
});

describe('a page of another server', () => {
  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', 'file://', 'http://localhost'])(
    '%j is a 403, whatever it wants',
    async (origin) => {
      for (const [method, target] of [
        ['GET', '/v1/containers'],
        ['POST', '/v1/containers'],
        ['OPTIONS', '/v1/containers'],
        ['GET', '/livez'],
      ] as const) {
        const answer = await exchange(t.url, method, target, { headers: { origin, authorization: `Bearer ${admin}` } });
        expectProblem(answer, 'foreign-origin', target);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  it('is told from our own', async () => {
    const headers = { origin: t.url, authorization: `Bearer ${admin}` };
    expect((await exchange(t.url, 'GET', '/v1/containers', { headers })).status).toBe(200);
  });
});

describe('too much', () => {
  it('of requests is a 429 that says when to come back, for that token alone', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'berth-gate-'));
    const limited = await testBerth({ auth: 'on', dataDir: folder, rateLimit: 5 });
    try {
      const own = readFileSync(path.join(folder, 'token'), 'utf8').trim();
      const get = (token: string) =>
        exchange(limited.url, 'GET', '/v1/ports', { headers: { authorization: `Bearer ${token}` } });
      const headers = { authorization: `Bearer ${own}` };
      const other = await exchange(limited.url, 'POST', '/v1/tokens', { headers, body: { name: 'b', role: 'viewer' } });
      const answers = await Promise.all(Array.from({ length: 20 }, () => get(own)));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      for (const answer of refused) {
        expectProblem(answer, 'too-many-requests', '/v1/ports');
        expect(answer.headers['retry-after']).toBe('1');
      }
      // Neither the draft's fields nor the older ones: a limit is told by its refusal.
      const names = [...answers, other].flatMap(({ headers: given }) => Object.keys(given));
      expect(names.filter((name) => /ratelimit/i.test(name))).toEqual([]);
      expect((await get(other.body.token)).status).toBe(200);
      await expect.poll(async () => (await get(own)).status).toBe(200);
    } finally {
      await limited.stop();
    }
  });
});
