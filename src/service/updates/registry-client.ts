/** Asks registries for the digests of tags, without an engine: with HEAD requests, which count against no pull limit. */

import { parseImageRef } from '../../domain/images/image-ref.js';
import { registryHost } from '../../domain/images/registry-host.js';
import type { TagCheck } from '../../domain/images/update-check.js';
import type { Credentials } from '../../domain/registries/credentials.js';
import { DOCKER_HUB, registryKey } from '../../domain/registries/registry-key.js';
import type { PullCredentials } from '../../engine/credentialed-engine.js';
import { type Challenge, readChallenge } from './challenge.js';

/** Time that one request to a registry may take, in milliseconds. */
const REQUEST_MS = 15_000;
/** Most characters of an answer of a token server. */
const MAX_ANSWER = 1024 * 1024;

/** Kinds of manifests, those of several platforms first. Rule: OCI image-spec; distribution, `manifest`. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const DIGEST = /^sha256:[a-f0-9]{64}$/;

/** Asks for the digest that a tag has now; for the index's where the image has several platforms. Never throws. */
export type CheckTag = (reference: string, signal: AbortSignal) => Promise<TagCheck>;

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Failure of a check. The message is for a person, and has no secret. */
class CheckFailure extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** @param ask sends one request; by default `fetch` */
export function createCheckTag(
  credentialsFor: (reference: string) => Promise<PullCredentials>,
  ask: Fetch = fetch,
): CheckTag {
  async function send(url: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    try {
      return await ask(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]) });
    } catch (error) {
      throw new CheckFailure('RegistryUnreachable', `${new URL(url).host} could not be reached: ${causeOf(error)}`);
    }
  }

  /** Sends a request over HTTPS; over HTTP only to this machine, as engines do. */
  async function sendTo(host: string, path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    try {
      return await send(`https://${host}${path}`, init, signal);
    } catch (error) {
      if (!isLoopback(host) || signal.aborted) throw error;
      return send(`http://${host}${path}`, init, signal);
    }
  }

  /** Fetches a token of a token server. Rule: distribution, `spec/auth/token.md` and `oauth.md`. */
  async function tokenFrom(
    { parameters }: Challenge,
    credentials: Credentials | undefined,
    from: URL,
    signal: AbortSignal,
  ): Promise<string> {
    const { realm = '', service = '', scope = '' } = parameters;
    const url = URL.parse(realm);
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:');
    if (url === null || !isSafe) {
      throw new CheckFailure('RegistryAnswerMalformed', `${from.host} names no token server that can be used`);
    }
    const answer =
      credentials !== undefined && 'identityToken' in credentials
        ? await send(url.href, refreshRequest(credentials.identityToken, service, scope), signal)
        : await send(withQuery(url, service, scope), { headers: basicHeader(credentials) }, signal);
    if (!answer.ok) throw refused(url.host, answer.status);
    const body = (await readJson(answer)) as { readonly token?: unknown; readonly access_token?: unknown } | null;
    const token = body?.token ?? body?.access_token;
    if (typeof token === 'string' && token !== '') return token;
    throw new CheckFailure('RegistryAnswerMalformed', `${url.host} returned no token`);
  }

  async function check(reference: string, signal: AbortSignal): Promise<TagCheck> {
    const image = parseImageRef(reference);
    if (!image.ok) throw new CheckFailure('RegistryAnswerMalformed', image.message);
    const { registry, repository, tag = 'latest' } = image.value;
    const { login, named } = await credentialsFor(reference);
    const host = registryKey(registry) === DOCKER_HUB ? 'registry-1.docker.io' : registry;
    const path = `/v2/${repository}/manifests/${tag}`;
    const head = (authorization?: string): RequestInit => ({
      method: 'HEAD',
      redirect: 'follow',
      headers: { accept: MANIFESTS, ...(authorization !== undefined && { authorization }) },
    });
    let answer = await sendTo(host, path, head(), signal);
    if (answer.status === 401) {
      const from = new URL(answer.url || `https://${host}`);
      const challenge = readChallenge(answer.headers.get('www-authenticate') ?? '');
      const authorization = await authorizationFor(challenge, login?.credentials, from, signal);
      if (authorization !== undefined) answer = await send(`${from.origin}${path}`, head(authorization), signal);
    }
    const failure = failureOf(answer.status, reference, named);
    if (failure !== undefined) throw failure;
    const digest = answer.headers.get('docker-content-digest') ?? '';
    if (DIGEST.test(digest)) return { kind: 'found', digest };
    throw new CheckFailure('RegistryAnswerMalformed', `${host} returned no digest for ${reference}`);
  }

  async function authorizationFor(
    challenge: Challenge | undefined,
    credentials: Credentials | undefined,
    from: URL,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (challenge?.scheme === 'bearer') return `Bearer ${await tokenFrom(challenge, credentials, from, signal)}`;
    return challenge?.scheme === 'basic' ? basicHeader(credentials)['authorization'] : undefined;
  }

  return async (reference, signal) => {
    try {
      return await check(reference, signal);
    } catch (error) {
      if (!(error instanceof CheckFailure)) throw error;
      return { kind: 'failed', reason: error.reason, message: error.message };
    }
  };
}

function isLoopback(host: string): boolean {
  const { key, kind } = registryHost(host);
  return kind === 'localhost' || /^127\.|^\[?::1\]?(?::|$)/.test(key);
}

function basicHeader(credentials: Credentials | undefined): Record<string, string> {
  if (credentials === undefined || !('username' in credentials)) return {};
  const pair = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

const refreshRequest = (identityToken: string, service: string, scope: string): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: identityToken,
    ...{ service, scope, client_id: 'berth' },
  }),
});

function withQuery(url: URL, service: string, scope: string): string {
  const asked = new URL(url);
  if (service !== '') asked.searchParams.set('service', service);
  if (scope !== '') asked.searchParams.set('scope', scope);
  return asked.href;
}

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => '');
  try {
    return text.length > MAX_ANSWER ? null : JSON.parse(text);
  } catch {
    // The caller reports that there is no token in it.
    return null;
  }
}

const refused = (host: string, status: number): CheckFailure =>
  new CheckFailure('RegistryRefused', `${host} refused the login with status ${status}`);

function failureOf(status: number, reference: string, named: string): CheckFailure | undefined {
  if (status === 200) return undefined;
  const what = `the registry of ${reference}`;
  if (status === 401 || status === 403) {
    return new CheckFailure('RegistryRefused', `${what} refused the check (${named})`);
  }
  if (status === 404) return new CheckFailure('TagAbsent', `${what} doesn't have it any more`);
  if (status === 429) {
    return new CheckFailure('RegistryRateLimited', `${what} allows no more requests for now; Berth tries again`);
  }
  return new CheckFailure('RegistryUnreachable', `${what} answered with status ${status}`);
}

/** Returns the cause of a failed request in words, without an address that might carry a secret. */
function causeOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
  return name === 'TimeoutError' ? 'it took too long' : (cause?.code ?? 'the connection failed');
}
