/** What clients asked for that leaves no other trace in the record: refusals, and what changes no definition. */

import type { Store } from '../store/store.js';

export interface AuditEntry {
  readonly requestId: string;
  /** The name of the token. */
  readonly actor: string;
  /** `POST /v1/containers/web/exec`: without its query, which may hold anything. */
  readonly what: string;
  /** The container that its path names; empty where it names none. */
  readonly container: string;
  readonly operation: string;
  readonly status: number;
  /** The code of the refusal; undefined where it was done. */
  readonly code: string | undefined;
}

/** How many may wait to be written: more are counted, and told with the next. */
const WAITING = 200;

export interface Audit {
  /** Recorded soon, and never waited for: nothing was changed by it. */
  audit(entry: AuditEntry): void;
  /** Once nothing waits to be written. */
  audited(): Promise<void>;
}

/** @param failed hears of what could not be recorded */
export function createAudit(store: Store, failed: (error: unknown, entries: readonly AuditEntry[]) => void): Audit {
  let waiting: AuditEntry[] = [];
  let dropped = 0;
  let writing: Promise<void> | undefined;

  /** What came while one transaction was under way goes into the next one together. */
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const entries = waiting;
      const lost = dropped;
      waiting = [];
      dropped = 0;
      try {
        await store.transact(async (tx) => {
          for (const [index, entry] of entries.entries()) {
            const { requestId, actor, what, container, operation, status, code } = entry;
            const more = index === 0 && lost > 0 ? ` (${lost} more before it are not told one by one)` : '';
            tx.record({
              ...{ type: code === undefined ? 'Requested' : 'Refused', container, uid: '', requestId, actor },
              ...{ by: 'client', before: null, after: { operation, status, ...(code !== undefined && { code }) } },
              ...{ reason: reasonOf(code ?? operation), message: `${what}: ${code ?? 'done'}${more}` },
            });
          }
        });
      } catch (error) {
        failed(error, entries);
      }
    }
    writing = undefined;
  }

  return {
    audit(entry) {
      if (waiting.length >= WAITING) {
        dropped++;
        return;
      }
      waiting.push(entry);
      writing ??= write();
    },
    audited: () => writing ?? Promise.resolve(),
  };
}

/** `policy-denied` and `execInContainer` as one CamelCase word. */
const reasonOf = (text: string): string =>
  text.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
