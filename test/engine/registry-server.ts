/** Debian's docker-registry on a free port of loopback, which engines pull from without TLS. */

import { spawn } from 'node:child_process';
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { registryProgram } from '../../scripts/registry.mjs';
import { selfSigned } from '../support/certificate.js';
import { docker, eventually } from './support.js';

export interface RegistryServer {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** bcrypt of `right-one` and `right-two`: the only digest that the registry takes. */
const HTPASSWD: Readonly<Record<string, string>> = {
  'right-one': '$2y$05$berthtestberthtestbereRz7w0xqYxL4zDkihTxnug2bMkdb/ilS',
  'right-two': '$2y$05$berthtestberthtestbere/guVYc5R5QCC7wbgHyZSz.MlrYvRH1.',
};

/** Lets the user ci in by this password, and by no other. */
export function setPassword({ folder }: Pick<RegistryServer, 'folder'>, password: keyof typeof HTPASSWD): void {
  writeFileSync(path.join(folder, 'htpasswd'), `ci:${HTPASSWD[password]}\n`);
}

/** Starts a registry. @param auth the `auth` of its configuration, in YAML, made for its folder */
export async function startRegistry(auth: (folder: string) => string): Promise<RegistryServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-registry-'));
  const port = await freePort();
  setPassword({ folder }, 'right-one');
  const config = path.join(folder, 'config.yml');
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(
    config,
    [
      'version: 0.1',
      'log: {level: error}',
      `storage: {filesystem: {rootdirectory: ${folder}/data}}`,
      `http: {addr: "127.0.0.1:${port}", secret: test}`,
      `auth: ${auth(folder)}`,
      '',
    ].join('\n'),
  );
  const child = spawn(registryProgram(), ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = `${said}${part.toString()}`.slice(-4000);
  });
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`docker-registry ended: ${said}`);
    await fetch(`http://127.0.0.1:${port}/v2/`);
  });
  return {
    ...{ host: `127.0.0.1:${port}`, folder },
    async stop() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port of loopback that nobody has. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Pushes an image to a registry, and removes it from the engine. @returns its name there */
export async function push(image: string, { host }: RegistryServer, login: object): Promise<string> {
  const name = `${host}/team/${randomUUID().slice(0, 8)}`;
  await docker.getImage(image).tag({ repo: name, tag: 'latest' });
  const stream = await docker.getImage(name).push({ authconfig: { serveraddress: host, ...login } });
  const said = await text(stream as NodeJS.ReadableStream as never);
  if (/"error"/.test(said)) throw new Error(said);
  await docker.getImage(name).remove();
  return name;
}

export interface TokenServer {
  readonly url: string;
  /** The configuration of a registry that trusts it. */
  readonly auth: (folder: string) => string;
  /** Passwords and refresh tokens that it takes now. */
  readonly accepted: Set<string>;
  stop(): Promise<void>;
}

const SERVICE = 'test-registry';

/** Starts a server that gives tokens for a registry. Rule: distribution, `docs/spec/auth/token.md`, `oauth.md`. */
export async function startTokenServer(): Promise<TokenServer> {
  const { cert, key } = selfSigned();
  const accepted = new Set<string>();
  const server = createServer(async (request, reply) => {
    const { secret, scopes } = await askedBy(request);
    if (secret === undefined || !accepted.has(secret)) {
      reply.writeHead(401, { 'content-type': 'application/json' });
      return reply.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }));
    }
    const token = tokenFor(scopes, cert, key);
    reply.writeHead(200, { 'content-type': 'application/json' });
    return reply.end(
      JSON.stringify({ token, access_token: token, expires_in: 300, issued_at: new Date().toISOString() }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return {
    ...{ url, accepted },
    auth(folder) {
      const bundle = path.join(folder, 'token.pem');
      writeFileSync(bundle, cert);
      return `{token: {realm: "${url}", service: ${SERVICE}, issuer: ${SERVICE}, rootcertbundle: ${bundle}}}`;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Secret and scopes of a request, by GET with Basic or by POST with a refresh token. */
async function askedBy(request: IncomingMessage) {
  const query = new URL(request.url ?? '', 'http://token').searchParams;
  const form = new URLSearchParams(await text(request));
  const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
  const password = basic.includes(':') ? basic.slice(basic.indexOf(':') + 1) : undefined;
  const scopes = [...query.getAll('scope'), ...form.getAll('scope')].flatMap((scope) => scope.split(' '));
  return { secret: form.get('refresh_token') ?? form.get('password') ?? password, scopes };
}

function tokenFor(scopes: readonly string[], cert: string, key: string): string {
  const now = Math.floor(Date.now() / 1000);
  const access = scopes.filter(Boolean).map((scope) => {
    const [type, name, actions = ''] = scope.split(':');
    return { type, name, actions: actions.split(',') };
  });
  const x5c = [cert.replace(/-----.*-----|\s/g, '')];
  const claims = {
    iss: SERVICE,
    sub: 'ci',
    aud: SERVICE,
    exp: now + 300,
    nbf: now - 10,
    iat: now,
    jti: randomUUID(),
    access,
  };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ typ: 'JWT', alg: 'ES256', x5c })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: createPrivateKey(key), dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
