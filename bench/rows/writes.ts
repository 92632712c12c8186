/** Writing: a definition, synced to disk, against a raw commit through the same SQLite on the same disk. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { migrate } from '../../src/store/sqlite/migrate.js';
import { median, type Row, timed } from '../figures.js';
import { type BenchServer, bareServer, startServer } from '../server.js';

const ROUNDS = 5;
const EACH = 200;
const WRITERS = 64;

const SPEC = JSON.stringify({ image: 'webapp', note: 'x'.repeat(600) });
const AT = '2026-01-01T00:00:00.000+00:00';

/**
 * Time that each of some commits of the rows of a definition takes, in milliseconds, with the tables that Berth has.
 */
function rawCommits(): readonly number[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-bench-'));
  const file = path.join(folder, 'raw.db');
  migrate(file, 'prisma/migrations');
  const db = new DatabaseSync(file);
  try {
    for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON']) db.exec(`PRAGMA ${pragma}`);
    const definition = db.prepare(
      'INSERT INTO "Definition" (uid, name, generation, spec, "createdAt", "updatedAt") VALUES (?, ?, 1, ?, ?, ?)',
    );
    const event = db.prepare(
      'INSERT INTO "Event" (at, type, container, uid, reason, message, by, "after") VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    return Array.from({ length: EACH }, (_, n) => {
      const uid = randomUUID();
      const begun = performance.now();
      db.exec('BEGIN IMMEDIATE');
      definition.run(uid, `name-${n}`, SPEC, AT, AT);
      event.run(AT, 'Created', `name-${n}`, uid, 'Declared', 'definition created', 'client', SPEC);
      db.exec('COMMIT');
      return performance.now() - begun;
    });
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

/** Sends definitions on connections that stay open: `fetch` itself takes a good part of a millisecond. */
function poster({ url, headers }: Pick<BenchServer, 'url' | 'headers'>) {
  const agent = new Agent({ keepAlive: true, maxSockets: WRITERS });
  let serial = 0;
  const post = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/v1/containers`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.once('end', () => {
          if ((answer.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`a POST was answered with ${answer.statusCode}`));
        });
      });
      sent.once('error', reject);
      sent.end(JSON.stringify({ name: `bench-${serial++}`, image: 'webapp' }));
    });
  return { post, close: () => agent.destroy() };
}

export async function writeRows(): Promise<readonly Row[]> {
  const server = await startServer();
  const bare = await bareServer('{}');
  const { post, close } = poster(server);
  const { post: postBare, close: closeBare } = poster({ ...bare, headers: server.headers });
  const [ours, raw, least, alone, together]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  /** A connection, one after the other: how long each takes, in milliseconds. */
  const oneByOne = async (send: () => Promise<void>): Promise<readonly number[]> => {
    const each: number[] = [];
    for (let n = 0; n < EACH; n++) each.push(await timed(send));
    return each;
  };
  try {
    for (let n = 0; n < EACH; n++) await post();
    await oneByOne(postBare);
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      ours.push(median(await oneByOne(post)));
      alone.push(EACH / ((performance.now() - begun) / 1000));
      least.push(median(await oneByOne(postBare)));
      raw.push(median(rawCommits()));
      const many = performance.now();
      const writer = async (): Promise<void> => {
        for (let n = 0; n < EACH / 8; n++) await post();
      };
      await Promise.all(Array.from({ length: WRITERS }, writer));
      together.push((WRITERS * (EACH / 8)) / ((performance.now() - many) / 1000));
    }
  } finally {
    close();
    closeBare();
    bare.stop();
    await server.stop();
  }
  return [
    {
      what: 'POST of a definition, synced, p50',
      unit: 'ms',
      ours,
      peer: 'a raw commit of the same rows',
      theirs: raw,
      toReach: { atMost: 3 },
    },
    {
      ...{ what: 'to compare: a POST to a server of Node.js that does nothing else, p50', unit: 'ms', ours: least },
      ...{ peer: 'a raw commit of the same rows', theirs: raw },
    },
    {
      ...{ what: `${WRITERS} writers, definitions a second`, unit: '/s', ours: together },
      ...{ peer: 'one writer', theirs: alone, toReach: { atLeast: 8 } },
    },
  ];
}
