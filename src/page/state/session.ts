/** The user's session: the token, kept as long as the tab is open, and its rights. */

import { computed, signal } from '@preact/signals';
import { tokenIn } from '../logic/route.js';

const KEY = 'berth.token';

const stored = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined;

/** Stores the token of a sign-in link and removes it from the address. @returns true if the address had one */
function takeFromAddress(): boolean {
  const given = tokenIn(location.hash);
  if (given === undefined) return false;
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  return true;
}

takeFromAddress();
// Opening a sign-in link in a tab that already shows the page changes only the fragment.
addEventListener('hashchange', () => {
  if (takeFromAddress()) location.reload();
});

export const hasToken = (): boolean => stored() !== undefined;

/** State of the token dialog: closed, asking for the first time, or after a refusal. */
export const asking = signal<'no' | 'first' | 'again'>('no');

/** The role of the token; undefined until the server has reported it. */
export const role = signal<'viewer' | 'operator' | 'admin' | undefined>(undefined);

/** True if write actions are offered. The server checks again at each request. */
export const mayWrite = computed(() => role.value !== 'viewer');

let answer: ((token: string | undefined) => void) | undefined;
let pending: Promise<string | undefined> | undefined;

/**
 * Returns the stored token for the client, or, once that is refused, the one that the user enters. All callers share
 * one dialog.
 */
export async function token(refused?: { readonly token: string | undefined }): Promise<string | undefined> {
  if (refused === undefined || refused.token !== stored()) return stored();
  return anotherToken();
}

/** Asks for a token to replace the present one. */
export function anotherToken(): Promise<string | undefined> {
  asking.value = hasToken() ? 'again' : 'first';
  pending ??= new Promise((resolve) => {
    answer = resolve;
  });
  return pending;
}

/** Stores the token that the user entered, and closes the dialog; undefined if the user declined. */
export function give(given: string | undefined): void {
  if (given === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, given);
  asking.value = 'no';
  answer?.(given);
  pending = undefined;
}
