/** Results of functions for which a refusal is an ordinary outcome: returned, not thrown. */

import type { Fault } from './problem.js';

/** A value, or one sentence for a person: what is wrong and what form is right. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** One fault of a definition. `pointer` is an RFC 6901 JSON pointer into it. */
export type FieldFault = Pick<Fault, 'pointer' | 'message'>;

/** A part of a definition read as far as it can be, with what is wrong with it. */
export interface Part<T> {
  readonly value: T;
  readonly faults: readonly FieldFault[];
}

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure<T = never>(message: string): Result<T> {
  return { ok: false, message };
}

/** `/env/A~1B`: a JSON pointer of these reference tokens, escaped as RFC 6901 section 3 has it. */
export function pointer(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
