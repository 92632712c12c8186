/** A map that keeps the entries that were read or written last, and drops the others. */
export class Lru<K, V> {
  readonly #most: number;
  readonly #entries = new Map<K, V>();

  /** @param most the number of entries that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#renew(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#renew(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Moves an entry to the end: a Map keeps the order of insertion. */
  #renew(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }
}
