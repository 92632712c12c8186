/**
 * Thousands of requests that no client should send, made from our own document, to a real Berth whose engine can't be
 * reached. BERTH_TEST_FUZZ_SEED and BERTH_TEST_FUZZ_REQUESTS choose others, and replay a failure: only in the backups that
 * are sent are the times and uids those of the run.
 */

import { expect, it, onTestFinished } from 'vitest';
import { type Json, type TestBerth, testBerth } from '../berth.js';
import type { OpenApi } from '../document.js';
import { expectSound } from './invariants.js';
import { requestAt } from './plan.js';
import { asCommand } from './report.js';
import { aimsOf, type FuzzRequest, type WrittenRequest } from './requests.js';
import { type Answer, type Peer, send } from './wire.js';

const SEED = Number(process.env['BERTH_TEST_FUZZ_SEED'] ?? 1);
const REQUESTS = Number(process.env['BERTH_TEST_FUZZ_REQUESTS'] ?? 4000);
/** After so many requests a new Berth: without an engine, what is deleted stays. */
const ROUND = 500;
const MAX_FAULTS = 20;
const MS_PER_REQUEST = 150;

/** One life of a Berth. */
interface Round {
  readonly berth: TestBerth;
  readonly peer: Peer;
  /** What was stored when last looked at. */
  stored: string;
}

const plain = (method: string, target: string, body?: object): FuzzRequest => {
  const request: WrittenRequest = {
    method,
    target,
    headers: body === undefined ? [] : [['Content-Type', 'application/json']],
    body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
  };
  return { label: `${method} ${target}`, kind: 'written', request };
};

async function answerTo(round: Pick<Round, 'peer'>, request: FuzzRequest): Promise<Answer> {
  const [answer] = await send(round.peer, request);
  if (answer === undefined) throw new Error(`${request.label} is not answered`);
  return answer;
}

async function begin(): Promise<Round> {
  // One instance in all rounds: a backup of another one would be refused at once.
  const berth = await testBerth({ instance: 'fuzz' });
  const round = { berth, peer: { port: Number(new URL(berth.url).port), headers: {} }, stored: '' };
  for (const definition of [
    { name: 'db', image: 'mysql', env: { A: 'b' } },
    { name: 'web', image: 'training/webapp', ports: ['5000'], links: ['db:db'] },
  ])
    expect((await answerTo(round, plain('POST', '/v1/containers', definition))).status).toBe(201);
  round.stored = await storedIn(round);
  return round;
}

/** All that is stored of definitions and ports; what is observed, and the record of what was done, are left out. */
async function storedIn(round: Pick<Round, 'peer'>): Promise<string> {
  const list = (await answerTo(round, plain('GET', '/v1/containers?limit=500'))).body as Json;
  const ports = (await answerTo(round, plain('GET', '/v1/ports'))).body;
  return JSON.stringify([list.items.map(({ status: _, ...declared }: Json) => declared), ports]);
}

/** That the server goes on as if nothing had been. */
async function expectAlive(round: Round): Promise<void> {
  expect((await answerTo(round, plain('GET', '/livez'))).status).toBe(200);
  const answer = await answerTo(round, plain('POST', '/v1/containers?dryRun=true', { image: 'x', ports: ['80'] }));
  expect(answer.status, answer.text).toBe(200);
}

/** What a read leaves is found after the next write. */
const isRead = (request: FuzzRequest): boolean =>
  request.kind === 'written' && (request.request.method === 'GET' || request.request.method === 'HEAD');

/** True if it is only to be shown what would be done. */
const isDry = (request: FuzzRequest): boolean =>
  request.kind === 'written' && /[?&]dryRun=true(&|$)/.test(request.request.target);

async function hold(document: OpenApi, round: Round, request: FuzzRequest): Promise<readonly Answer[]> {
  const answers = await send(round.peer, request);
  expectSound(document, request, answers);
  if (isRead(request)) return answers;
  const stored = await storedIn(round);
  const isRefused = answers.every(({ status }) => status >= 400);
  if (isRefused || isDry(request)) expect(stored, 'what is stored').toBe(round.stored);
  round.stored = stored;
  return answers;
}

it(`takes ${REQUESTS} hostile requests without a fault`, { timeout: 240_000 + REQUESTS * MS_PER_REQUEST }, async () => {
  const counts = new Map<string, number>();
  const faults: string[] = [];
  let round = await begin();
  onTestFinished(() => round.berth.stop());
  const document = round.berth.berth.app.swagger() as unknown as OpenApi;
  const { bytes: backup } = await answerTo(round, plain('GET', '/v1/backup'));
  const aims = aimsOf(document, backup);
  for (let number = 1; number <= REQUESTS && faults.length < MAX_FAULTS; number++) {
    const request = requestAt(aims, SEED, number);
    const isLast = number % ROUND === 0 || number === REQUESTS;
    const found = faults.length;
    try {
      for (const { status } of await hold(document, round, request)) {
        const kind = status < 500 ? `${Math.floor(status / 100)}xx` : String(status);
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      if (isLast) await expectAlive(round);
    } catch (error) {
      const what = `seed ${SEED}, request ${number}, ${request.label}: ${(error as Error).message}`;
      faults.push(`${what}\n${asCommand(round.peer, request)}`);
    }
    if (!isLast && faults.length === found) continue;
    await round.berth.stop();
    round = await begin();
  }
  const byStatus = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([kind, count]) => `${kind} ${count}`);
  console.log(
    `fuzz: seed ${SEED}, ${REQUESTS} requests at ${aims.length} aims, ${byStatus.join(', ')}, faults ${faults.length}`,
  );
  expect(faults.join('\n\n')).toBe('');
});
