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

/** True if two values are the same JSON. Neither the order of members counts, nor those that are undefined. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, n) => isSameJson(one, b[n]));
  }
  const others = new Map(Object.entries(b));
  const isEach = Object.entries(a).every(([name, value]) => {
    const other = others.get(name);
    others.delete(name);
    return isSameJson(value, other);
  });
  return isEach && [...others.values()].every((other) => other === undefined);
}

/** The order of UTF-16 code units, which no locale changes. */
export function byCodeUnit(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
