/** Credentials of registries: what clients send, and what engines take. */

import type { FieldFault } from '../problems/result.js';

/** Credentials from a client: a user name with a password, or an identity token. */
export interface CredentialsInput {
  readonly username?: string;
  readonly password?: string;
  readonly identityToken?: string;
}

export type Credentials = { readonly username: string; readonly password: string } | { readonly identityToken: string };

/** Limits, in characters: an ECR password has 2,400 of them, a key file of Google Cloud as many. */
export const MOST_USERNAME = 255;
export const MOST_PASSWORD = 16_384;

/** Reads credentials; no message repeats a value. */
export function readCredentials(
  input: CredentialsInput,
): { readonly ok: true; readonly value: Credentials } | { readonly ok: false; readonly faults: readonly FieldFault[] } {
  const { username, password, identityToken } = input;
  const faults = [
    ...secretFaults('/password', password),
    ...secretFaults('/identityToken', identityToken),
    ...usernameFaults(username),
  ];
  if (identityToken !== undefined) {
    for (const [pointer, value] of [
      ['/username', username],
      ['/password', password],
    ] as const) {
      if (value !== undefined)
        faults.push({ pointer, message: 'is not used with an identity token: send only one of them' });
    }
    return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { identityToken } };
  }
  if (username !== undefined && password !== undefined && faults.length === 0) {
    return { ok: true, value: { username, password } };
  }
  for (const [pointer, value] of [
    ['/username', username],
    ['/password', password],
  ] as const) {
    if (value === undefined)
      faults.push({ pointer, message: 'is missing: send username and password, or identityToken' });
  }
  return { ok: false, faults };
}

function usernameFaults(username: string | undefined): FieldFault[] {
  if (username === undefined) return [];
  const at = (message: string): FieldFault[] => [{ pointer: '/username', message }];
  if (username === '') return at('is empty');
  if (username.length > MOST_USERNAME) return at(`has more than ${MOST_USERNAME} characters`);
  // Rule: RFC 7617, section 2.
  return /[:\p{Cc}]/u.test(username) ? at('has a colon or a control character, which a login cannot carry') : [];
}

function secretFaults(pointer: string, secret: string | undefined): FieldFault[] {
  if (secret === undefined) return [];
  if (secret === '') return [{ pointer, message: 'is empty' }];
  if (secret.length > MOST_PASSWORD) return [{ pointer, message: `has more than ${MOST_PASSWORD} characters` }];
  if (secret.includes('\0')) return [{ pointer, message: 'has a NUL character' }];
  return /[\r\n]$/.test(secret) ? [{ pointer, message: 'ends with a line break: remove it' }] : [];
}

/** User name that may be shown: none where it is the password too, as registries have it that take a token as both. */
export const shownUsername = (credentials: Credentials): string | null =>
  'username' in credentials && credentials.username !== credentials.password ? credentials.username : null;

/** Reads what {@link storedText} returned. */
export const storedCredentials = (text: string): Credentials => JSON.parse(text) as Credentials;

/** The text of credentials that is sealed and stored. */
export const storedText = (credentials: Credentials): string => JSON.stringify(credentials);
