/** Who is at the page: the token, kept as long as the tab is open, and what may be done with it. */

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
// A link that is opened in a tab that shows the page already changes the fragment alone.
addEventListener('hashchange', () => {
  if (takeFromAddress()) location.reload();
});

export const hasToken = (): boolean => stored() !== undefined;

/** Whether a token is being asked for, and whether that is because one was refused. */
export const asking = signal<'no' | 'first' | 'again'>('no');

/** The role of the token; undefined where the server has not been asked yet. */
export const role = signal<'viewer' | 'operator' | 'admin' | undefined>(undefined);

/** True if what changes something is offered. The server decides again at each request. */
export const mayWrite = computed(() => role.value !== 'viewer');

let answer: ((token: string | undefined) => void) | undefined;
let pending: Promise<string | undefined> | undefined;

/** For the client: the token that is there, or, once it is refused, the one that a person gives. Asked for once, by all. */
export async function token(refused?: { readonly token: string | undefined }): Promise<string | undefined> {
  if (refused === undefined || refused.token !== stored()) return stored();
  return anotherToken();
}

/** Asks for a token in the place of the one that there is. */
export function anotherToken(): Promise<string | undefined> {
  asking.value = hasToken() ? 'again' : 'first';
  pending ??= new Promise((resolve) => {
    answer = resolve;
  });
  return pending;
}

/** What the person gave; undefined when they would rather not. */
export function give(given: string | undefined): void {
  if (given === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, given);
  asking.value = 'no';
  answer?.(given);
  pending = undefined;
}
