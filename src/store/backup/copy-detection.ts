/**
 * Tells a database that grew in its folder from one that was put there. A mark in the database is replaced in the first
 * transaction of every life of the server, and a file beside it knows the present one: a database whose mark that file
 * does not know is a copy from before. Nothing in it says what has happened on the engine since.
 */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Storage, Write } from '../storage.js';

/** The key of the mark. */
export const MARK = 'lineage';

const BACKUP = 'backup of ';

/** The mark of a copy that was made to be kept: no file knows it. */
export const backupMark = (takenAt: Date): string => `${BACKUP}${takenAt.toISOString()}`;

/** Returns the time at which a copy was taken; null if its mark doesn't say. */
export function takenAtOf(mark: string | null): Date | null {
  if (mark === null || !mark.startsWith(BACKUP)) return null;
  const at = new Date(mark.slice(BACKUP.length));
  return Number.isNaN(at.getTime()) ? null : at;
}

/** A storage in a folder of which it knows whether it grew there. */
export function withCopyDetection(storage: Storage, dataDir: string, newMark: () => string): Storage {
  const file = path.join(dataDir, 'berth.lineage');
  const mine = newMark();
  let mark: 'before' | 'written' | 'alone' = 'before';

  /** Both marks are good until it is certain which one the database has. */
  async function renewing(commit: (write: Write) => Promise<void>, write: Write): Promise<void> {
    if (mark === 'written') forgetOthers();
    if (mark !== 'before') return commit(write);
    const present = await storage.setting(MARK);
    writeMarks(file, present === null ? [mine] : [present, mine]);
    await commit({ ...write, settings: new Map([...write.settings, [MARK, mine]]) });
    mark = 'written';
    try {
      forgetOthers();
    } catch {
      // What is committed must not be reported as failed: the next transaction does it, or fails for the same reason.
    }
  }

  function forgetOthers(): void {
    writeMarks(file, [mine]);
    mark = 'alone';
  }

  return {
    ...storage,
    commit: (write) => renewing(storage.commit, write),
    restore: (backup, write) => renewing((marked) => storage.restore(backup, marked), write),
    async putHere() {
      const mark = await storage.setting(MARK);
      const isKnown = mark === null || readMarks(file).includes(mark);
      return isKnown ? null : { takenAt: takenAtOf(mark) };
    },
  };
}

function readMarks(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whole or not at all, and on the disk when it returns. */
function writeMarks(file: string, marks: readonly string[]): void {
  const draft = `${file}.new`;
  const written = openSync(draft, 'w', 0o600);
  try {
    writeSync(written, marks.join('\n'));
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
  renameSync(draft, file);
  const folder = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
