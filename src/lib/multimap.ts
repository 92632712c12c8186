const NONE: ReadonlySet<never> = new Set();

/** Several values for each key, in order of insertion. A key whose last value is deleted is gone. */
export class MultiMap<K, V> {
  readonly #values = new Map<K, Set<V>>();

  get(key: K): ReadonlySet<V> {
    return this.#values.get(key) ?? NONE;
  }

  add(key: K, value: V): void {
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, new Set([value]));
    else values.add(value);
  }

  /** @returns true if the value was there */
  delete(key: K, value: V): boolean {
    const values = this.#values.get(key);
    if (values?.delete(value) !== true) return false;
    if (values.size === 0) this.#values.delete(key);
    return true;
  }

  deleteAll(key: K): void {
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }
}

/** Groups values by a key, keeping their order. */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
