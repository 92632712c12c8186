/**
 * Limits on what all texts of one import come to: each text counts as often as it is read, since a short text can name a long
 * one many times.
 */

/** Maximum number of values, with aliases resolved and merged maps counted each time; the same as Compose's limit. */
const MAX_VALUES = 100_000;
/** Maximum characters of text, keys included: a few values can be as long as many. */
export const MAX_CHARACTERS = 2 ** 20;
/** Maximum number of values copied where files are merged and services extend others. */
const MAX_MERGED = 1_000_000;

/** Amounts that are used up while an import is read. */
export interface Budget {
  values: number;
  characters: number;
  /** Characters that variables were replaced by. */
  substituted: number;
  merged: number;
}

export const createBudget = (): Budget => ({ values: 0, characters: 0, substituted: 0, merged: 0 });

/** Returns what is used up, or undefined. */
export function exceeded({ values, characters, merged }: Budget): string | undefined {
  if (values > MAX_VALUES) return `${MAX_VALUES} values`;
  if (characters > MAX_CHARACTERS) return `${MAX_CHARACTERS} characters`;
  return merged > MAX_MERGED ? `${MAX_MERGED} merged values` : undefined;
}
