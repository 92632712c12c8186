import type { Definition } from '../domain/definition.js';
import type { EventType, Fields, NewEvent } from '../domain/event.js';
import type { Log } from '../observability/logger.js';
import type { Clock } from './clock.js';

/** Events that are gathered into one transaction, in milliseconds: a step must not cost a commit of its own. */
const GATHER_MS = 100;

/** Between two attempts to store events that could not be, in milliseconds. */
const RETRY_MS = 5_000;

/** Events that wait to be stored at most: the oldest go, and that is said. */
const MOST = 10_000;

/** So many of a kind within so many milliseconds are recorded; those beyond are counted. */
const ALIKE = { most: 5, withinMs: 600_000 } as const;

export interface JournalEntry {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  readonly before?: Fields | null;
  readonly after?: Fields | null;
}

/** What the reconciler adds to the record of what changed. Nothing of it ever holds up or fails the work itself. */
export interface Journal {
  note(definition: Definition, requestId: string | undefined, entry: JournalEntry): void;
  /** Forgets what was counted for a definition: it has gone, or a client changed it, and what comes then is no repetition. */
  forget(uid: string): void;
  /** Stores what waits, so that it comes before what is stored next. */
  flush(): Promise<void>;
  /** Stores what waits, and nothing after. */
  stop(): Promise<void>;
}

export function createJournal(options: {
  readonly record: (events: readonly NewEvent[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}): Journal {
  const { record, clock, log } = options;
  const counts = new Map<string, Map<string, { since: number; seen: number }>>();
  let waiting: NewEvent[] = [];
  let dropped = 0;
  let storing: Promise<void> | undefined;
  let cancel: (() => void) | undefined;

  /** How many like it went unrecorded before this one; null for one that goes unrecorded itself. */
  function passedOver(uid: string, kind: string): number | null {
    const ofUid = counts.get(uid) ?? new Map<string, { since: number; seen: number }>();
    counts.set(uid, ofUid);
    const now = clock.monotonic();
    const count = ofUid.get(kind);
    if (count === undefined || now - count.since > ALIKE.withinMs) {
      ofUid.set(kind, { since: now, seen: 1 });
      return Math.max(0, (count?.seen ?? 0) - ALIKE.most);
    }
    count.seen++;
    return count.seen > ALIKE.most ? null : 0;
  }

  function storeIn(ms: number): void {
    cancel ??= clock.after(ms, () => {
      cancel = undefined;
      storing = store().finally(() => (storing = undefined));
    });
  }

  async function store(): Promise<void> {
    const [first, ...rest] = waiting;
    waiting = [];
    if (first === undefined) return;
    const gap = dropped === 0 ? '' : ` (${dropped} events before this one were lost: more came than could be stored)`;
    const events = [{ ...first, message: `${first.message}${gap}` }, ...rest];
    try {
      await record(events);
      dropped = 0;
    } catch (error) {
      log.warn({ err: error, events: events.length }, 'events could not be stored yet');
      const all = [first, ...rest, ...waiting];
      dropped += Math.max(0, all.length - MOST);
      waiting = all.slice(-MOST);
      storeIn(RETRY_MS);
    }
  }

  async function flush(): Promise<void> {
    await storing;
    await store();
  }

  return {
    note({ name, uid }, requestId = undefined, { type, reason, message, before = null, after = null }) {
      const missed = passedOver(uid, `${type} ${reason}`);
      if (missed === null) return;
      const text = missed === 0 ? message : `${message} (and ${missed} times before)`;
      const who = { container: name, uid, by: 'berth', actor: null, requestId: requestId ?? null } as const;
      waiting.push({ ...who, type, reason, message: text, before, after });
      if (waiting.length > MOST) {
        log.warn({ waiting: MOST }, 'more events wait to be stored than can be held: the oldest is dropped');
        waiting.shift();
        dropped++;
      }
      if (storing === undefined) storeIn(GATHER_MS);
      else void storing.then(() => storeIn(GATHER_MS));
    },
    forget: (uid) => counts.delete(uid),
    flush,
    async stop() {
      cancel?.();
      cancel = () => undefined;
      await flush();
    },
  };
}
