import type { Credentials } from './credentials.js';

/** State of credentials that may expire; `message` is for a person, and empty for those that last. */
export interface Lasting {
  readonly reason: 'Lasting' | 'CredentialsExpire' | 'CredentialsExpired';
  readonly message: string;
}

/** Returns for how long credentials can be used, as far as they say so. */
export function lastingOf(host: string, credentials: Credentials, now: Date): Lasting {
  const expiry = expiryOf(host, credentials);
  if (expiry === undefined || (expiry.at !== null && expiry.at.getTime() - now.getTime() > SOON_MS)) {
    return { reason: 'Lasting', message: '' };
  }
  const { at, what } = expiry;
  if (at === null) return { reason: 'CredentialsExpire', message: `they expire soon: ${what}` };
  return at <= now
    ? { reason: 'CredentialsExpired', message: `they expired at ${at.toISOString()}: ${what}` }
    : { reason: 'CredentialsExpire', message: `they expire at ${at.toISOString()}: ${what}` };
}

/** Time within which credentials that expire are reported, in milliseconds. */
const SOON_MS = 24 * 3_600_000;

/** Reason why credentials stop working within hours; `at` is null if they don't say when. */
interface Expiry {
  readonly at: Date | null;
  readonly what: string;
}

/**
 * Returns when credentials expire, if they do. ECR's passwords and access tokens (JWT) state it; access tokens of Google
 * Cloud last an hour without saying so.
 */
export function expiryOf(host: string, credentials: Credentials): Expiry | undefined {
  if ('identityToken' in credentials) return jwtExpiry(credentials.identityToken);
  const { username, password } = credentials;
  if (username === 'AWS' || /\.ecr(?:-fips)?\.[\w-]+\.amazonaws\.com(?:\.cn)?$/.test(host)) {
    return { at: secondsIn(password, 'expiration'), what: 'passwords of Amazon ECR expire after 12 hours' };
  }
  if (username === 'oauth2accesstoken') {
    return {
      at: null,
      what: 'access tokens of Google Cloud expire after an hour; use a key file with the user _json_key',
    };
  }
  return jwtExpiry(password);
}

/** Rule: RFC 7519, section 4.1.4. */
function jwtExpiry(text: string): Expiry | undefined {
  const [, payload] = /^eyJ[\w-]*\.([\w-]+)\.[\w-]*$/.exec(text) ?? [];
  const at = payload === undefined ? null : secondsIn(payload, 'exp');
  return at === null ? undefined : { at, what: 'the token says when it expires' };
}

/** Reads a time in seconds out of JSON in base64. */
function secondsIn(base64: string, field: string): Date | null {
  try {
    const seconds = (JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as Record<string, unknown>)[field];
    return typeof seconds === 'number' && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000) : null;
  } catch {
    // Text that only looks like it states no time.
    return null;
  }
}
