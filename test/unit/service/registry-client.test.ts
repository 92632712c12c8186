import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../../../src/domain/registries/credentials.js';
import { readChallenge } from '../../../src/service/updates/challenge.js';
import { createCheckTag } from '../../../src/service/updates/registry-client.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const CI: Credentials = { username: 'ci', password: 'canary-password' };
const basic = (password: string) => `Basic ${Buffer.from(`ci:${password}`).toString('base64')}`;

type Handle = (request: IncomingMessage, response: ServerResponse, host: string) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on 127.0.0.1, and the requests that came. */
async function serve(handle: Handle) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    handle(request, response, request.headers.host ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { seen, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const found = (response: ServerResponse) => response.writeHead(200, { 'docker-content-digest': DIGEST }).end();
const check = (host: string, credentials?: Credentials) =>
  createCheckTag(async () => ({
    ...{ version: '1', isUnreadable: false, named: 'checked with the credentials of ci' },
    login: credentials && { host, credentials },
  }))(`${host}/team/shop:1`, new AbortController().signal);

describe('the check of a tag', () => {
  it('is one HEAD request for the index or the manifest', async () => {
    const { host, seen } = await serve((request, response) => {
      expect(request.headers.accept).toMatch(/^application\/vnd\.oci\.image\.index/);
      found(response);
    });
    expect(await check(host)).toEqual({ kind: 'found', digest: DIGEST });
    expect(seen).toEqual(['HEAD /v2/team/shop/manifests/1']);
  });

  it('sends a password where the registry asks for it', async () => {
    const { host } = await serve(({ headers }, response) => {
      if (headers.authorization === basic('canary-password')) return void found(response);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    });
    expect(await check(host, CI)).toMatchObject({ kind: 'found' });
    const refused = await check(host, { ...CI, password: 'wrong-canary' });
    expect(refused).toMatchObject({ kind: 'failed', reason: 'RegistryRefused' });
    expect(JSON.stringify(refused)).toContain('the credentials of ci');
    expect(JSON.stringify(refused)).not.toContain('wrong-canary');
  });

  it.each([
    ['a password', CI, 'GET /token?service=reg&scope=repository%3Ateam%2Fshop%3Apull'],
    ['an identity token', { identityToken: 'refresh' }, 'POST /token'],
    ['nothing', undefined, 'GET /token?service=reg&scope=repository%3Ateam%2Fshop%3Apull'],
  ])('gets a token with %s', async (_, credentials, request) => {
    const { host, seen } = await serve(({ url = '', headers }, response, at) => {
      if (url.startsWith('/token')) return void response.writeHead(200).end('{"access_token":"t0ken"}');
      if (headers.authorization === 'Bearer t0ken') return void found(response);
      const challenge = `Bearer realm="http://${at}/token",service="reg",scope="repository:team/shop:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    });
    expect(await check(host, credentials)).toEqual({ kind: 'found', digest: DIGEST });
    expect(seen[1]).toBe(request);
  });

  it.each([
    [404, 'TagAbsent'],
    [429, 'RegistryRateLimited'],
    [403, 'RegistryRefused'],
    [500, 'RegistryUnreachable'],
    [200, 'RegistryAnswerMalformed'],
  ])('reports status %s without a digest as %s', async (status, reason) => {
    const { host } = await serve((_, response) => response.writeHead(status).end());
    expect(await check(host)).toMatchObject({ kind: 'failed', reason });
  });

  it('reports a registry that is not there, and sends no password to a token server of another kind', async () => {
    expect(await check('127.0.0.1:1')).toMatchObject({ kind: 'failed', reason: 'RegistryUnreachable' });
    const { host, seen } = await serve((_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="file:///etc/passwd"' }).end(),
    );
    expect(await check(host, CI)).toMatchObject({ kind: 'failed', reason: 'RegistryAnswerMalformed' });
    expect(seen).toHaveLength(1);
  });
});

describe('the challenge of a registry', () => {
  it.each([
    ['Basic realm="x"', { scheme: 'basic', parameters: {} }],
    ['Bearer realm="https://a/t",service=b', { scheme: 'bearer', parameters: { realm: 'https://a/t', service: 'b' } }],
    ['Basic realm="x", Bearer realm="https://a/t"', { scheme: 'bearer', parameters: { realm: 'https://a/t' } }],
    ['Negotiate', undefined],
    ['', undefined],
  ])('%s', (header, expected) => expect(readChallenge(header)).toEqual(expected));
});
