/** Writing: a definition, synced to disk, against a raw commit through the same SQLite on the same disk. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { median, type Row } from '../figures.js';
import { startServer } from '../server.js';

const ROUNDS = 5;
const EACH = 200;
const WRITERS = 64;

/** How long each of some commits takes, in milliseconds. */
function rawCommits(): readonly number[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-bench-'));
  const db = new DatabaseSync(path.join(folder, 'raw.db'));
  try {
    for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON']) db.exec(`PRAGMA ${pragma}`);
    db.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, name TEXT UNIQUE, spec TEXT)');
    const insert = db.prepare('INSERT INTO one (name, spec) VALUES (?, ?)');
    return Array.from({ length: EACH }, (_, n) => {
      const begun = performance.now();
      db.exec('BEGIN IMMEDIATE');
      insert.run(`name-${n}`, 'x'.repeat(500));
      db.exec('COMMIT');
      return performance.now() - begun;
    });
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

export async function writeRows(): Promise<readonly Row[]> {
  const server = await startServer();
  let serial = 0;
  const post = () => server.send('POST', '/v1/containers', { name: `bench-${serial++}`, image: 'webapp' });
  const [ours, raw, alone, together]: [number[], number[], number[], number[]] = [[], [], [], []];
  try {
    for (let n = 0; n < EACH; n++) await (await post()).text();
    for (let round = 0; round < ROUNDS; round++) {
      const each: number[] = [];
      const begun = performance.now();
      for (let n = 0; n < EACH; n++) {
        const at = performance.now();
        await (await post()).text();
        each.push(performance.now() - at);
      }
      alone.push(EACH / ((performance.now() - begun) / 1000));
      ours.push(median(each));
      raw.push(median(rawCommits()));
      const many = performance.now();
      const writer = async (): Promise<void> => {
        for (let n = 0; n < EACH / 8; n++) await (await post()).text();
      };
      await Promise.all(Array.from({ length: WRITERS }, writer));
      together.push((WRITERS * (EACH / 8)) / ((performance.now() - many) / 1000));
    }
  } finally {
    await server.stop();
  }
  return [
    {
      what: 'POST of a definition, synced, p50',
      unit: 'ms',
      ours,
      peer: 'a raw commit',
      theirs: raw,
      toReach: { atMost: 3 },
    },
    {
      ...{ what: `${WRITERS} writers, definitions a second`, unit: '/s', ours: together },
      ...{ peer: 'one writer', theirs: alone, toReach: { atLeast: 8 } },
    },
  ];
}
