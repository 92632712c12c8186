/** The files of the page: for anybody, safe to show, and each kept exactly as long as it stays what it is. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, type TestBerth, testBerth } from './berth.js';

const HTML = '<!doctype html><title>Berth</title><script type="module" src="/assets/index-1a2b.js"></script>';
const pageDir = mkdtempSync(path.join(tmpdir(), 'berth-page-'));
let berth: TestBerth;
beforeAll(async () => {
  mkdirSync(path.join(pageDir, 'assets'));
  writeFileSync(path.join(pageDir, 'index.html'), HTML);
  writeFileSync(path.join(pageDir, 'assets/index-1a2b.js'), 'export {};');
  writeFileSync(path.join(pageDir, '.secret'), 'not a part of it');
  berth = await testBerth({ pageDir });
});
afterAll(async () => {
  await berth.stop();
  rmSync(pageDir, { recursive: true });
});

describe('GET /', () => {
  it('is the page, which browsers keep and check each time', async () => {
    const answer = await berth.send('GET', '/');
    expect([answer.status, answer.text]).toEqual([200, HTML]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  it('lets in no script and no style but its own, and no frame around it', async () => {
    const policy = String((await berth.send('GET', '/')).headers['content-security-policy']);
    const directives = Object.fromEntries(policy.split('; ').map((one) => one.split(/ (.*)/s)));
    expect(directives).toMatchObject({
      ...{ 'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'connect-src': "'self'" },
      ...{ 'frame-ancestors': "'none'", 'base-uri': "'none'", 'form-action': "'none'" },
    });
    expect(policy).not.toMatch(/unsafe|\*|http|data:/);
  });

  it('has that policy for itself alone', async () => {
    const { headers } = await berth.send('GET', '/v1/containers');
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  });
});

describe('what belongs to it', () => {
  it('is kept for good: its name changes with what is in it', async () => {
    const answer = await berth.send('GET', '/assets/index-1a2b.js');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
  });

  it.each([
    '/assets/index-0000.js',
    '/assets/',
    '/.secret',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/page',
  ])('is not %s: that is a problem, and not kept', async (target) => {
    const answer = await berth.send('GET', target);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is only read', async () => {
    const answer = await berth.send('POST', '/assets/index-1a2b.js', { body: {} });
    expectProblem(answer, 'method-not-allowed', '/assets/index-1a2b.js');
    expect(answer.headers['allow']).toBe('GET, HEAD');
  });
});
