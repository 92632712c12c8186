/** JSON with the keys of every object sorted by code unit, so that equal values have one text. */
export function canonicalJson(value: unknown): string {
  // A replacer is slow, and most values have nothing to sort.
  if (typeof value !== 'object') return JSON.stringify(value);
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => byCodeUnit(a, b)))
      : part,
  );
}

/** True if two values are the same JSON. Mostly they are the same text, and nothing has to be sorted to see that. */
export const isSameJson = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);

/** The order of UTF-16 code units, which no locale changes. */
export function byCodeUnit(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
