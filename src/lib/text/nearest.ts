import { closest, distance } from 'fastest-levenshtein';

/**
 * The known name that an unknown one was most likely meant to be: the same but for case, underscores and dashes, the same
 * with a word more, its letters in another order, a few letters apart, or with the same beginning; undefined where none is
 * near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = plainOf(name);
  const same = known.find((one) => plainOf(one) === plain);
  if (same !== undefined || known.length === 0) return same;
  const words = name.split(/[_-]/).map(plainOf);
  const part = words.flatMap((word) => known.find((one) => plainOf(one) === word) ?? [])[0];
  if (part !== undefined) return part;
  const best = closest(name, [...known]);
  const isNear = distance(name, best) <= Math.min(Math.max(1, Math.round(name.length / 3)), name.length - 1);
  if (isNear || lettersOf(name) === lettersOf(best)) return best;
  return known.find((one) => beginsLike(plain, plainOf(one)));
}

/** The longer name begins with the shorter one, which is long enough to mean something: `restart`, `environment`. */
const beginsLike = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= 3 && (one.startsWith(other) || other.startsWith(one));
const lettersOf = (name: string): string => [...name].sort().join('');
const plainOf = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
