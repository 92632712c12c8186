/** Attacks on the built server: how long they block it, what they make it hold, and what they cost another client. */

import { spawn } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type Asked, type Load, NO_TOKEN, pipelined, repeated } from '../attacks/loads.js';
import { startTarget, type Target } from '../attacks/target.js';
import { quantile, type Row } from '../figures.js';

const ROUNDS = 5;
const SECONDS = 2;
/** Connections of readers that take nothing, and of those that send many requests in one write. */
const MANY = 20;
/** Connections that send one expensive request after the other. */
const SOME = 10;
const LISTED = 100;
const BLOCK_MS = 50;
const GROWTH_MB = 256;
const RATIO = 1.5;
/** Time in milliseconds for the work that goes on after a reply: the containers of stored definitions are created. */
const AFTERWARDS_MS = 300;

interface Attack {
  readonly what: string;
  readonly connections: number;
  readonly load: Load;
  /** Requests that store what is attacked; it stays for the attacks that follow. */
  readonly before?: readonly Asked[];
}

const json = (method: Asked['method'], target: string, body: object): Asked => ({
  ...{ method, path: target, body: JSON.stringify(body) },
});
const get = (target: string, accept = 'application/json'): Asked => ({
  ...{ method: 'GET', path: target, headers: { accept } },
});

const WIDE = ['1000-5095:1-4096', '6000-10095:1-4096'].map((ports, n) => ({
  ...{ name: `wide-${n}`, image: 'webapp', ports: [ports] },
}));
const CHAIN = Array.from({ length: 500 }, (_, n) => ({
  ...{ name: `chain-${n}`, image: 'webapp', links: n === 0 ? [] : [`chain-${n - 1}:next`] },
}));
const VARIABLES = Array.from({ length: 100 }, (_, n) => `  A${n}: "1"`);
const SERVICES = Array.from({ length: 390 }, (_, n) => ` s${n}:\n  image: webapp\n  environment: *e`);
const COMPOSE = { project: 'big', compose: ['x-e: &e', ...VARIABLES, 'services:', ...SERVICES].join('\n') };
const WRONG = `{"containers":[${'{},'.repeat(80_000)}{}]}`;
const LABELS = { image: 'webapp', labels: Object.fromEntries(Array.from({ length: 18_000 }, (_, n) => [`l${n}`, ''])) };

const dryRun = (what: string, ...asked: readonly Asked[]): Attack => ({
  ...{ what, connections: SOME, load: repeated(...asked) },
});

const ATTACKS: readonly Attack[] = [
  {
    ...{ what: 'lists that are not read', connections: MANY },
    load: pipelined('/v1/containers?limit=500', 400, { isRead: false }),
  },
  {
    ...{ what: 'documents that are not read, without a token', connections: MANY },
    load: pipelined('/openapi.json', 500, { isRead: false, headers: NO_TOKEN }),
  },
  {
    ...{ what: 'event streams that are not read', connections: MANY },
    load: pipelined('/v1/events', 1, { isRead: false, headers: 'accept: text/event-stream\r\n' }),
  },
  {
    ...{ what: 'endless logs that are not read', connections: MANY },
    load: pipelined('/v1/containers/listed-0/logs?follow=true', 1, { isRead: false }),
  },
  {
    ...{ what: 'documents, five hundred in one write, without a token', connections: MANY },
    load: pipelined('/openapi.json', 500, { isRead: true, headers: NO_TOKEN }),
  },
  dryRun('events of a container that does not exist', get('/v1/events?container=none&limit=1')),
  dryRun('plans of two ranges of 4,096 ports', json('POST', '/v1/apply?dryRun=true', { containers: WIDE })),
  dryRun('plans of 500 definitions, each linked to the one before', json('POST', '/v1/plan', { containers: CHAIN })),
  dryRun('imports of 390 services with 100 variables, only read', json('POST', '/v1/import/compose', COMPOSE)),
  dryRun(
    'imports of 390 services with 100 variables, dry run',
    json('POST', '/v1/import/compose?apply=true&dryRun=true', COMPOSE),
  ),
  dryRun('bodies of 80,000 faults', { method: 'POST', path: '/v1/apply', body: WRONG }),
  dryRun('one definition of 256 KB', json('POST', '/v1/containers?dryRun=true', { name: 'labels', ...LABELS })),
  dryRun(
    'two ranges of 4,096 ports, stored and changed again and again',
    json('POST', '/v1/apply', { set: 'wide', containers: WIDE }),
    json('POST', '/v1/apply', { set: 'wide', containers: WIDE.map((one) => ({ ...one, labels: { other: 'yes' } })) }),
  ),
  {
    ...{ what: 'GET /v1/ports with 8,192 of them', connections: SOME, load: repeated(get('/v1/ports')) },
    before: [json('POST', '/v1/apply?wait=30', { set: 'wide', containers: WIDE })],
  },
  dryRun('topology of 8,192 ports as JSON', get('/v1/topology')),
  dryRun('topology of 8,192 ports as DOT', get('/v1/topology', 'text/vnd.graphviz')),
  dryRun('export of 8,192 ports as YAML', get('/v1/export/compose', 'application/yaml')),
  dryRun('export of 8,192 ports as JSON', get('/v1/export/compose')),
  dryRun(
    'imports of 390 services with 100 variables, stored and changed again and again',
    json('POST', '/v1/import/compose?apply=true', COMPOSE),
    json('POST', '/v1/import/compose?apply=true', { ...COMPOSE, compose: COMPOSE.compose.replace('"1"', '"2"') }),
  ),
  {
    ...{ what: 'topology of 390 services as SVG', connections: SOME },
    load: repeated(get('/v1/topology?set=big', 'image/svg+xml')),
    before: [json('POST', '/v1/import/compose?apply=true&wait=60', COMPOSE)],
  },
  dryRun('export of 390 services as YAML', get('/v1/export/compose?set=big', 'application/yaml')),
  dryRun('backups', get('/v1/backup', '*/*')),
];

/** Another client, in a process of its own. */
function startReader({ url, headers }: Target) {
  const token = headers['authorization']?.slice('Bearer '.length) ?? '';
  const args = ['bench/attacks/reader.mjs', `${url}/v1/containers/listed-7`, token];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function took(): Promise<readonly number[]> {
    child.stdin.write('\n');
    return JSON.parse((await lines.next()).value) as readonly number[];
  }
  return { took, stop: () => child.kill() };
}

const LIST = repeated(get(`/v1/containers?limit=${LISTED}`));

interface Measured {
  readonly block: number;
  readonly busy: number;
  readonly growth: number;
  readonly p99: number;
}

async function measure(
  target: Target,
  reader: ReturnType<typeof startReader>,
  load: Load,
  connections: number,
): Promise<Measured> {
  await target.longestBlock();
  const grown = target.growth();
  await reader.took();
  const end = new AbortController();
  setMaxListeners(0, end.signal);
  const loaded = load(target, connections, end.signal);
  await Promise.race([pause(SECONDS * 1000), loaded]);
  const took = await reader.took();
  end.abort();
  await loaded;
  await pause(AFTERWARDS_MS);
  const { passed: block, used: busy } = await target.longestBlock();
  return { block, busy, growth: Math.max(0, grown()), p99: quantile(took, 0.99) };
}

/** Runs the attacks, one after the other. The rows of each come as soon as it has ended. */
export async function* attackRows(only = /./): AsyncGenerator<Row> {
  const dir = mkdtempSync(path.join(tmpdir(), 'berth-attacks-'));
  const target = await startTarget(dir);
  let reader: ReturnType<typeof startReader> | undefined;
  try {
    const listed = Array.from({ length: LISTED }, (_, n) => ({ name: `listed-${n}`, image: 'webapp' }));
    await target.send('POST', '/v1/apply?wait=60', { set: 'listed', containers: listed });
    reader = startReader(target);
    for (const { what, connections, load, before = [] } of ATTACKS) {
      if (!only.test(what)) continue;
      for (const asked of before) await target.send(asked.method, asked.path, JSON.parse(String(asked.body)));
      const [all, peers]: [Measured[], Measured[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        peers.push(await measure(target, reader, LIST, connections));
        all.push(await measure(target, reader, load, connections));
      }
      const of = (from: readonly Measured[], key: keyof Measured) => from.map((one) => one[key]);
      const at = `${connections} × ${what}`;
      yield* [
        {
          ...{ what: `${at}: longest block`, unit: 'ms', ours: of(all, 'block'), peer: '' },
          toReach: { atMost: BLOCK_MS },
        },
        { what: `${at}: of it, of the processor`, unit: 'ms', ours: of(all, 'busy'), peer: '' },
        {
          ...{ what: `${at}: memory, at most more`, unit: 'MB', ours: of(all, 'growth'), peer: '' },
          toReach: { atMost: GROWTH_MB },
        },
        {
          ...{ what: `${at}: p99 of another client`, unit: 'ms', ours: of(all, 'p99'), theirs: of(peers, 'p99') },
          ...{ peer: 'its p99 while as many read the list', toReach: { atMost: RATIO } },
        },
      ];
    }
  } finally {
    reader?.stop();
    await target.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
