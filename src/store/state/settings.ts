import type { NewEvent } from '../../domain/event.js';
import { type Hold, holdText } from '../../domain/restore-hold.js';
import { restoredText } from '../../domain/restored.js';
import { NO_WRITE, type Storage, type Stored } from '../storage.js';

/** The key of the instance that owns what is made on the engine. */
export const INSTANCE = 'instance';

/** The key of what is held after a restore. */
export const HOLD = 'hold';

/** The key of what came with a restore and has not been confirmed. */
export const RESTORED = 'restored';

/** The key of the time since which linked definitions on the default bridge run on a network of their own. */
export const LINKS_MOVED = 'links-moved';

/** The key of the last event that each webhook has got. */
export const WEBHOOK_CURSORS = 'webhook-cursors';

export type WebhookCursors = ReadonlyMap<string, number>;

export const cursorsText = (cursors: WebhookCursors): string => JSON.stringify([...cursors]);

export const readCursors = (text: string): WebhookCursors => new Map(JSON.parse(text) as [string, number][]);

/**
 * Returns the instance that owns what is made on the engine: the database's, else the requested one, else a new one.
 *
 * @param isEmpty whether the database has no definitions: only then may the instance change
 * @throws Error with a sentence for a person when another one is requested
 */
export async function settleInstance(
  storage: Storage,
  asked: string | undefined,
  isEmpty: boolean,
  newId: () => string,
): Promise<string> {
  const stored = await storage.setting(INSTANCE);
  if (stored !== null && (asked === undefined || asked === stored)) return stored;
  if (stored !== null && !isEmpty) {
    throw new Error(
      `the database belongs to the instance ${stored}, but BERTH_INSTANCE is ${asked}, so Berth would lose track of its containers: unset BERTH_INSTANCE`,
    );
  }
  const value = asked ?? newId();
  await storage.setSetting(INSTANCE, value);
  return value;
}

/** Holds what a database says that was put in the place of the one that was written here, and records it. */
export async function holdReplaced(
  storage: Storage,
  { last, definitions }: Pick<Stored, 'last' | 'definitions'>,
  { takenAt, since }: Omit<Hold, 'reason'>,
): Promise<void> {
  const hold: Hold = { reason: 'replaced', since, takenAt };
  const ofWhen = takenAt === null ? 'an earlier time' : takenAt.toISOString();
  const event: NewEvent = {
    type: 'Restored',
    container: '',
    uid: '',
    by: 'berth',
    actor: null,
    requestId: null,
    before: null,
    reason: 'DatabaseReplaced',
    message: `the database is a copy of ${ofWhen}; the reconciler is paused until POST /v1/restore/release`,
    after: { takenAt: takenAt?.toISOString() ?? null },
  };
  const restored = restoredText({
    undeclared: new Set(definitions.map(({ uid }) => uid)),
    unverified: new Set(definitions.flatMap(({ adopted }) => (adopted === null ? [] : [adopted.id]))),
  });
  await storage.commit({
    ...NO_WRITE,
    settings: new Map([
      [HOLD, holdText(hold)],
      [RESTORED, restored],
      // The original may have sent events that the copy has not.
      [WEBHOOK_CURSORS, null],
    ]),
    events: [{ id: last.event + 1, at: since, ...event }],
  });
}
