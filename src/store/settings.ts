import type { Storage } from './storage.js';

const INSTANCE = 'instance';

/**
 * The instance that owns what is made on the engine: the one that the database has, else the one asked for, else a new
 * one.
 *
 * @param isEmpty whether the database has no definitions: only then may the instance change
 * @throws Error with a sentence for a person when another one is asked for
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
      `the database belongs to the instance ${stored}, BERTH_INSTANCE says ${asked}: its containers would be lost from sight; leave BERTH_INSTANCE out`,
    );
  }
  const value = asked ?? newId();
  await storage.setSetting(INSTANCE, value);
  return value;
}
