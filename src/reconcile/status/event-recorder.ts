import type { Definition } from '../../domain/definition/definition.js';
import type { EventType, Fields, NewEvent } from '../../domain/event.js';
import type { Clock } from '../../lib/clock.js';
import type { Log } from '../../observability/logger.js';

/** Events that are gathered into one transaction, in milliseconds: a step must not cost a commit of its own. */
const GATHER_MS = 100;

/** Delay between two attempts to store the same events, in milliseconds. */
const RETRY_MS = 5_000;

/** Limit of events that wait to be stored: the oldest are dropped, and the log says so. */
const MOST = 10_000;

/**
 * Rate limit for events of a kind. The first ones within the time are recorded as they come. Later ones are counted,
 * and the last of them is recorded with their number: before any other event of its definition, so that the order stays
 * right, or at the end of the time.
 */
const REPEAT_LIMIT = { most: 5, withinMs: 600_000 } as const;

export interface ReconcilerEvent {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  readonly before?: Fields | null;
  readonly after?: Fields | null;
}

/** The repetitions of one definition that were not recorded. */
interface PassedOver {
  /** Repeated events by kind, in the order in which they came last. */
  readonly last: Map<string, { readonly event: NewEvent; readonly at: Date; readonly before: number }>;
  readonly cancel: () => void;
}

/**
 * Records the reconciler's events, and never delays or fails the work itself. If the process dies, events that were
 * gathered or counted and not yet stored are lost; the stored ones are in order, and true as of then.
 */
interface EventRecorder {
  note(definition: Definition, requestId: string | undefined, entry: ReconcilerEvent): void;
  /**
   * Forgets the counts of a definition: it has gone, or a client has changed it, and later events are no repetition.
   */
  forget(uid: string): void;
  /**
   * Stores the waiting events, so that they come before the next ones; with the summaries of this definition, or of
   * all.
   */
  flush(uid?: string): Promise<void>;
  /** Stores the waiting events and all summaries, and nothing after. */
  stop(): Promise<void>;
}

export function createEventRecorder(options: {
  readonly record: (events: readonly NewEvent[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}): EventRecorder {
  const { record, clock, log } = options;
  const counts = new Map<string, Map<string, { readonly since: number; recorded: number }>>();
  const passedOver = new Map<string, PassedOver>();
  let waiting: NewEvent[] = [];
  let dropped = 0;
  let storing: Promise<void> | undefined;
  let cancel: (() => void) | undefined;

  /** True if an event is recorded as it comes; if so it is counted. */
  function isRecorded(uid: string, kind: string): boolean {
    const ofUid = counts.get(uid) ?? new Map<string, { since: number; recorded: number }>();
    counts.set(uid, ofUid);
    const now = clock.monotonic();
    const count = ofUid.get(kind);
    if (count === undefined || now - count.since > REPEAT_LIMIT.withinMs) {
      ofUid.set(kind, { since: now, recorded: 1 });
      return true;
    }
    if (count.recorded === REPEAT_LIMIT.most) return false;
    count.recorded++;
    return true;
  }

  function suppress(uid: string, kind: string, event: NewEvent): void {
    const passed = passedOver.get(uid) ?? {
      last: new Map(),
      cancel: clock.after(REPEAT_LIMIT.withinMs, () => tell(uid)),
    };
    passedOver.set(uid, passed);
    const known = passed.last.get(kind);
    passed.last.delete(kind);
    passed.last.set(kind, { event, at: clock.now(), before: known === undefined ? 0 : known.before + 1 });
  }

  /** Adds the summaries of a definition's repeated events. */
  function tell(uid: string): void {
    const passed = passedOver.get(uid);
    if (passed === undefined) return;
    passed.cancel();
    passedOver.delete(uid);
    for (const { event, at, before } of passed.last.values()) {
      const times = before === 0 ? '' : `, and ${before} earlier ${before === 1 ? 'one' : 'ones'}`;
      add({ ...event, message: `${event.message} (at ${at.toISOString()}${times})` });
    }
  }

  function add(event: NewEvent): void {
    waiting.push(event);
    if (waiting.length > MOST) {
      log.warn({ waiting: MOST }, 'the event queue is full; dropping the oldest event');
      waiting.shift();
      dropped++;
    }
    if (storing === undefined) storeIn(GATHER_MS);
    else void storing.then(() => storeIn(GATHER_MS));
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
    const gap =
      dropped === 0
        ? ''
        : ` (${dropped} earlier ${dropped === 1 ? 'event was' : 'events were'} dropped because the queue was full)`;
    const events = [{ ...first, message: `${first.message}${gap}` }, ...rest];
    try {
      await record(events);
      dropped = 0;
    } catch (error) {
      log.warn({ err: error, events: events.length }, 'could not store events; retrying');
      const all = [first, ...rest, ...waiting];
      dropped += Math.max(0, all.length - MOST);
      waiting = all.slice(-MOST);
      storeIn(RETRY_MS);
    }
  }

  async function flush(uid?: string): Promise<void> {
    for (const one of uid === undefined ? [...passedOver.keys()] : [uid]) tell(one);
    await storing;
    await store();
  }

  return {
    note({ name, uid }, requestId = undefined, { type, reason, message, before = null, after = null }) {
      const who = { container: name, uid, by: 'berth', actor: null, requestId: requestId ?? null } as const;
      const event = { ...who, type, reason, message, before, after };
      const kind = JSON.stringify([type, reason, after]);
      if (!isRecorded(uid, kind)) {
        suppress(uid, kind, event);
        return;
      }
      tell(uid);
      add(event);
    },
    forget(uid) {
      tell(uid);
      counts.delete(uid);
    },
    flush,
    async stop() {
      cancel?.();
      cancel = () => undefined;
      await flush();
    },
  };
}
