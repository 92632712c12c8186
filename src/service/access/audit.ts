/** Audits requests that leave no other trace in the event log: refusals, and requests that change no definition. */

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
  /** The code of the refusal; undefined if the request succeeded. */
  readonly code: string | undefined;
}

/** Limit of entries that wait to be written: more are counted, and the count goes with the next entry. */
const WAITING = 200;

/**
 * Rate of refusals of one caller that are recorded one by one: a few at once, then one in so many milliseconds. The
 * event log is bounded, and a caller without write access must not be able to push other callers' changes out of it.
 */
const REFUSALS = { atOnce: 30, everyMs: 60_000 } as const;

/** Refusals that a caller may still have recorded, at a moment. */
interface Allowance {
  readonly left: number;
  readonly at: number;
  /** Refusals since the last one that was recorded. */
  readonly unreported: number;
}

interface Waiting extends AuditEntry {
  /** Number of earlier refusals of the same caller that it stands for. */
  readonly unreported: number;
}

export interface Audit {
  /** Records an entry soon; nobody waits for it, since it changed nothing. */
  audit(entry: AuditEntry): void;
  /** Resolves once nothing waits to be written. */
  audited(): Promise<void>;
}

/** @param options.failed notified of entries that could not be recorded */
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

  /** @returns the number of earlier refusals to report with this one; undefined if it is only counted */
  function reportedBefore(actor: string): number | undefined {
    const at = now().getTime();
    const last = allowances.get(actor) ?? { left: REFUSALS.atOnce, at, unreported: 0 };
    const left = Math.min(REFUSALS.atOnce, last.left + Math.max(0, at - last.at) / REFUSALS.everyMs);
    const isReported = left >= 1;
    allowances.set(
      actor,
      isReported ? { left: left - 1, at, unreported: 0 } : { left, at, unreported: last.unreported + 1 },
    );
    return isReported ? last.unreported : undefined;
  }

  /** Writes the entries that came during one transaction together in the next one. */
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
            const more = moreText(entry.unreported + (index === 0 ? lost : 0));
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
      const unreported = entry.code === undefined ? 0 : reportedBefore(entry.actor);
      if (unreported === undefined) return;
      if (waiting.length >= WAITING) {
        dropped += unreported + 1;
        return;
      }
      waiting.push({ ...entry, unreported });
      writing ??= write();
    },
    audited: () => writing ?? Promise.resolve(),
  };
}

const moreText = (count: number): string => (count > 0 ? ` (and ${count} earlier ones)` : '');

/** `policy-denied` and `execInContainer` as one CamelCase word. */
const reasonOf = (text: string): string =>
  text.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
