import type { Credentials } from './credentials.js';

/** Time within which credentials that expire are reported, in milliseconds. */
export const SOON_MS = 24 * 3_600_000;

/** Reason why credentials stop working within hours; `at` is null if they don't say when. */
export interface Expiry {
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
