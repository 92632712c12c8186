/** What is held after a backup was put back: the engine stays as it is until a person has said that it may be changed. */

export interface Hold {
  /** `restored`: over the API. `replaced`: the database file itself is another than the one that was written here last. */
  readonly reason: 'restored' | 'replaced';
  readonly since: Date;
  /** Of when the backup is; null where it does not say so. */
  readonly takenAt: Date | null;
}

/** As it is stored. */
export const holdText = (hold: Hold): string => JSON.stringify(hold);

/** @throws Error when it is none */
export function readHold(text: string): Hold {
  const { reason, since, takenAt } = JSON.parse(text) as Readonly<Record<keyof Hold, string | null>>;
  if (reason !== 'restored' && reason !== 'replaced') throw new Error(`${text} is not a pause reason`);
  return { reason, since: new Date(String(since)), takenAt: takenAt === null ? null : new Date(String(takenAt)) };
}
