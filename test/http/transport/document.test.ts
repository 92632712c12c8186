import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PROBLEMS } from '../../../src/domain/problems/problem.js';
import { faultsAgainst, type Media, type OpenApi } from '../document.js';
import { type DoubleApp, doubleApp } from './double.js';

/** The committed document; `npm run check` sees to it that the routes make the same. */
const document = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as OpenApi & {
  readonly openapi: string;
  readonly info: { readonly license: object };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, id: operation.operationId })),
);

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
afterAll(() => t.close());

const examplesOf = ({ example, examples = {} }: Media): readonly unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map(({ value }) => value),
];

/** The faults of each example against the schema beside it, and how many examples there are. */
function checkExamples(place: readonly string[], content: Readonly<Record<string, Media>>): number {
  const counts = Object.entries(content).map(([type, media]) => {
    const examples = examplesOf(media);
    for (const value of examples) {
      expect(faultsAgainst(document, [...place, 'content', type, 'schema'], value), place.join(' ')).toEqual([]);
    }
    return examples.length;
  });
  expect(
    counts.every((count) => count > 0),
    `${place.join(' ')} has an example`,
  ).toBe(true);
  return counts.length;
}

describe('the OpenAPI document', () => {
  it('is 3.1, under Apache-2.0, and has all operations, each by a name of its own', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info.license).toMatchObject({ identifier: 'Apache-2.0' });
    expect(operations.length).toBeGreaterThanOrEqual(23);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('is what the server gives', async () => {
    expect((await t.http.get('/openapi.json').expect(200)).body).toEqual(document);
  });
});

/** Without the refusals that every operation has, alike: they are explained once, under /problems. */
const withoutGate = (status: string, content: Readonly<Record<string, Media>>): Readonly<Record<string, Media>> =>
  Object.fromEntries(
    Object.entries(content).filter(
      ([type, { examples }]) =>
        !['401', '403', '421', '429', '503'].includes(status) ||
        type !== 'application/problem+json' ||
        examples !== undefined,
    ),
  );

describe.each(operations)('$id', ({ path, method, operation }) => {
  const place = ['paths', path, method];

  it('has a summary, and a tag that is described', () => {
    expect(operation.summary).toMatch(/^[A-Z].{5,60}$/);
    expect(operation.tags).toHaveLength(1);
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0]);
  });

  it('has examples of all that it takes and answers, each true to its schema', () => {
    const { requestBody, responses } = operation;
    if (requestBody !== undefined) checkExamples([...place, 'requestBody'], requestBody.content);
    const own = Object.entries(responses)
      .map(([status, { content = {} }]) => [status, withoutGate(status, content)] as const)
      .filter(
        ([status, content]) =>
          status !== '204' &&
          status !== '304' &&
          (responses[status]?.content === undefined || Object.keys(content).length > 0),
      );
    const types = own.map(([status, content]) => checkExamples([...place, 'responses', status], content));
    expect(types.length).toBeGreaterThan(1);
    expect(Math.min(...types)).toBeGreaterThan(0);
  });

  it('has its problems, by status and code', () => {
    const problems = Object.entries(operation.responses).filter(([, one]) => one.content?.['application/problem+json']);
    expect(problems.map(([status]) => status)).toContain('400');
    if (path.includes('{') && method !== 'put') expect(problems.map(([status]) => status)).toContain('404');
    if (operation.requestBody !== undefined) {
      expect(problems.map(([status]) => status)).toEqual(expect.arrayContaining(['413', '415', '422', '503']));
    }
    for (const [status, { content }] of problems) {
      const codes = Object.keys(content?.['application/problem+json']?.examples ?? {});
      expect(codes.map((code) => String(PROBLEMS[code as keyof typeof PROBLEMS].status))).toEqual(
        codes.map(() => status),
      );
    }
  });
});

describe('Swagger UI', () => {
  it('comes from here alone: every part of the page is served, and nothing is inline or from elsewhere', async () => {
    const page = await t.http.get('/docs/').redirects(2).expect(200);
    const csp = String(page.headers['content-security-policy']);
    expect(csp).toContain("default-src 'self'");
    expect(csp).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    expect(assets.length).toBeGreaterThan(3);
    expect(assets.filter((asset) => /^(https?:)?\/\//.test(asset))).toEqual([]);
    expect(page.text).not.toMatch(/<script(?![^>]*src)[^>]*>[^<]/);
    for (const asset of assets) {
      expect((await t.http.get(new URL(asset, 'http://x/docs/').pathname)).status, asset).toBe(200);
    }
  });

  it('has its own title, leads back to the page, and has no bar for other documents', async () => {
    const page = await t.http.get('/docs/').expect(200);
    expect(page.text).toContain('<title>Berth API</title>');
    expect((await t.http.get('/docs/static/theme/berth.js').expect(200)).text).toContain('<a href="/">');
    const start = (await t.http.get('/docs/static/swagger-initializer.js').expect(200)).text;
    expect(start).toContain('"layout":"BaseLayout"');
  });

  it('reads a document without the examples of problems, which makes it usable sooner', async () => {
    const [whole, shown] = [await t.http.get('/openapi.json'), await t.http.get('/docs/json')];
    expect(Object.keys(shown.body.paths)).toEqual(Object.keys(whole.body.paths));
    const { responses } = shown.body.paths['/v1/containers'].post;
    expect(responses['409'].content['application/problem+json']).toEqual({
      schema: whole.body.paths['/v1/containers'].post.responses['409'].content['application/problem+json'].schema,
    });
    expect(Object.keys(responses['201'].content['application/json'].examples).length).toBeGreaterThan(0);
    expect(shown.text.length).toBeLessThan(whole.text.length * 0.8);
  });

  it('is what the root leads to', async () => {
    const r = await t.http.get('/').redirects(0);
    expect([r.status, r.headers['location']]).toEqual([302, '/docs']);
  });
});

describe('a document that is the same for everybody', () => {
  it('is made once, however it is asked for', async () => {
    const made = vi.spyOn(t.app, 'swagger');
    const bodies = new Set<string>();
    for (const target of ['/openapi.json', '/openapi.json?a=1', '/openapi.json?b=2']) {
      for (let round = 0; round < 3; round++) {
        bodies.add((await t.http.get(target).set('range', 'bytes=0-9').expect(200)).text);
        expect((await t.http.head(target).expect(200)).headers['content-length']).toMatch(/^\d{6}$/);
      }
    }
    expect(bodies.size).toBe(1);
    await t.http.get('/docs/json').expect(200);
    await t.http.get('/docs/json?b=2').expect(200);
    expect(made.mock.calls.length).toBeLessThanOrEqual(2);
    made.mockRestore();
  });

  it('is compressed for clients that accept it, and each representation has its own tag', async () => {
    for (const target of ['/openapi.json', '/docs/static/swagger-ui.css']) {
      const read = (encoding: string, headers: Readonly<Record<string, string>> = {}) =>
        t.app.inject({
          method: 'GET',
          url: target,
          headers: { host: 'localhost', 'accept-encoding': encoding, ...headers },
        });
      const plain = await read('identity');
      expect(plain.headers).toMatchObject({ vary: 'accept-encoding', 'cache-control': 'no-cache' });
      expect(plain.headers['content-encoding']).toBeUndefined();
      for (const [accepted, encoding, decode] of [
        ['gzip, deflate, br', 'br', brotliDecompressSync],
        ['gzip', 'gzip', gunzipSync],
        ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
      ] as const) {
        const answer = await read(accepted);
        expect(answer.headers).toMatchObject({ vary: 'accept-encoding', 'content-encoding': encoding });
        expect(decode(answer.rawPayload).equals(plain.rawPayload), `${target} as ${encoding}`).toBe(true);
        expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
        const etag = String(answer.headers['etag']);
        expect(etag).not.toBe(plain.headers['etag']);
        expect((await read(accepted, { 'if-none-match': etag })).statusCode).toBe(304);
        expect((await read('identity', { 'if-none-match': etag })).statusCode).toBe(200);
      }
    }
  });

  it.each(['/openapi.json', '/docs/', '/docs/static/swagger-ui.css'])(
    '%s is not sent again to who has it',
    async (target) => {
      const first = await t.http.get(target).expect(200);
      const { etag = '' } = first.headers;
      expect(etag).toMatch(/^"[\w-]+"$/);
      const again = await t.http.get(target).set('if-none-match', `"other", W/${etag}`).expect(304);
      expect([again.text, again.headers['etag']]).toEqual(['', etag]);
      const other = await t.http.get(target).set('if-none-match', '"other"').expect(200);
      expect(other.headers['content-type']).toBe(first.headers['content-type']);
      expect(other.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    },
  );
});
