/** What clients asked for that leaves no other trace in the record: refusals, and what changes no definition. */

import type { Store } from '../../store/types.js';

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

/**
 * How many refusals of one caller are told one by one: a few at once, and then one in so many milliseconds. The record has
 * an end, and whoever may change nothing must not be able to push out of it what others have changed.
 */
const REFUSALS = { atOnce: 30, everyMs: 60_000 } as const;

/** What is left to a caller, as of a moment. */
interface Allowance {
  readonly left: number;
  readonly at: number;
  /** Refusals since the last one that was told. */
  readonly untold: number;
}

interface Waiting extends AuditEntry {
  /** How many refusals of the same caller are counted in it. */
  readonly untold: number;
}

export interface Audit {
  /** Recorded soon, and never waited for: nothing was changed by it. */
  audit(entry: AuditEntry): void;
  /** Once nothing waits to be written. */
  audited(): Promise<void>;
}

/** @param options.failed hears of what could not be recorded */
export function createAudit(options: {
  readonly store: Pick<Store, 'transact'>;
  readonly now: () => Date;
  readonly failed: (error: unknown, entries: readonly AuditEntry[]) => void;
}): Audit {
  const { store, now, failed } = options;
  let waiting: Waiting[] = [];
  let dropped = 0;
  let writing: Promise<void> | undefined;
  const allowances = new Map<string, Allowance>();

  /** @returns how many refusals are told with this one; undefined where it is counted alone */
  function told(actor: string): number | undefined {
    const at = now().getTime();
    const last = allowances.get(actor) ?? { left: REFUSALS.atOnce, at, untold: 0 };
    const left = Math.min(REFUSALS.atOnce, last.left + Math.max(0, at - last.at) / REFUSALS.everyMs);
    const isTold = left >= 1;
    allowances.set(actor, isTold ? { left: left - 1, at, untold: 0 } : { left, at, untold: last.untold + 1 });
    return isTold ? last.untold : undefined;
  }

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
            const more = moreText(entry.untold + (index === 0 ? lost : 0));
            tx.record({
              type: code === undefined ? 'Requested' : 'Refused',
              container,
              uid: '',
              requestId,
              actor,
              by: 'client',
              before: null,
              after: { operation, status, ...(code !== undefined && { code }) },
              reason: reasonOf(code ?? operation),
              message: `${what}: ${code ?? 'done'}${more}`,
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
      const untold = entry.code === undefined ? 0 : told(entry.actor);
      if (untold === undefined) return;
      if (waiting.length >= WAITING) {
        dropped += untold + 1;
        return;
      }
      waiting.push({ ...entry, untold });
      writing ??= write();
    },
    audited: () => writing ?? Promise.resolve(),
  };
}

const moreText = (count: number): string => (count > 0 ? ` (and ${count} earlier ones)` : '');

/** `policy-denied` and `execInContainer` as one CamelCase word. */
const reasonOf = (text: string): string =>
  text.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
