/** Pause after a restored backup: the engine stays unchanged until a person releases it. */

export interface Hold {
  /** `restored`: over the API. `replaced`: the database file itself is another than the one that was written here last. */
  readonly reason: 'restored' | 'replaced';
  readonly since: Date;
  /** Time at which the backup was taken; null if it doesn't say. */
  readonly takenAt: Date | null;
}

/** Returns the stored form. */
export const holdText = (hold: Hold): string => JSON.stringify(hold);

/** @throws Error when it is none */
export function readHold(text: string): Hold {
  const { reason, since, takenAt } = JSON.parse(text) as Readonly<Record<keyof Hold, string | null>>;
  if (reason !== 'restored' && reason !== 'replaced') throw new Error(`${text} is not a pause reason`);
  return { reason, since: new Date(String(since)), takenAt: takenAt === null ? null : new Date(String(takenAt)) };
}
