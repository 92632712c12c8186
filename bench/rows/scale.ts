/** Ten thousand definitions against a hundred, on an engine that only answers. */

import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import { type Many, serveMany } from '../../test/sim/many.js';
import { median, quantile, type Row, timed } from '../figures.js';
import { memory } from '../memory.mjs';

const FEW = 100;
const MANY = 10_000;
const ROUNDS = 5;
const CHANGES = 40;
const READS = 200;
const KILLED = 20;
/** Longer than what follows from a list of everything takes, in milliseconds. */
const PASS_MS = 300;

const inject = async (many: Many, method: 'GET' | 'PATCH', url: string, payload?: object): Promise<void> => {
  const answer = await many.app.inject({ method, url, ...(payload && { payload }) });
  if (answer.statusCode >= 300) throw new Error(answer.body);
};

/** One change, from the request until it is ready; each round is the median of some. */
async function changes(many: Many): Promise<readonly number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const each: number[] = [];
    for (let n = 0; n < CHANGES; n++) {
      const payload = { resources: { pids: 100 + round * CHANGES + n } };
      each.push(await timed(() => inject(many, 'PATCH', `/v1/containers/many-${n}?wait=30`, payload)));
    }
    rounds.push(median(each));
  }
  return rounds;
}

async function lists(many: Many): Promise<readonly number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const each: number[] = [];
    for (let n = 0; n < READS; n++) each.push(await timed(() => inject(many, 'GET', '/v1/containers?limit=100')));
    rounds.push(quantile(each, 0.99));
  }
  return rounds;
}

/** A container that is killed, from its event until it runs again; each round is the median of some. */
async function events(many: Many): Promise<readonly number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const each: number[] = [];
    for (let n = 0; n < KILLED; n++) {
      const one = many.still.container(`many-${round * KILLED + n}`);
      const begun = performance.now();
      one.kill();
      while (!one.runs()) await immediate();
      each.push(performance.now() - begun);
    }
    rounds.push(median(each));
  }
  return rounds;
}

/** A look at everything that finds nothing to do: what it takes of the processor, in milliseconds. */
async function passes(many: Many): Promise<readonly number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = process.cpuUsage();
    await many.relist();
    await pause(PASS_MS);
    const { user, system } = process.cpuUsage(begun);
    rounds.push((user + system) / 1000);
  }
  return rounds;
}

export async function scaleRows(): Promise<readonly Row[]> {
  const bare = await memory();
  const few = await serveMany(FEW);
  // Until the code is as fast as it gets: what is measured second would win otherwise.
  await changes(few);
  await lists(few);
  const ofFew = {
    change: await changes(few),
    event: await events(few),
    list: await lists(few),
    pass: await passes(few),
  };
  await few.close();
  const many = await serveMany(MANY);
  for (const limit of [500, 100]) await inject(many, 'GET', `/v1/containers?limit=${limit}`);
  const each: number[] = [];
  /** What each takes, once at first and after each of what is measured. */
  const weigh = async (): Promise<void> => {
    each.push(((await memory()) - bare) / MANY / 1024);
  };
  await weigh();
  const change = await changes(many);
  await weigh();
  const event = await events(many);
  await weigh();
  const list = await lists(many);
  await weigh();
  const pass = await passes(many);
  await weigh();
  const starts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) starts.push((await many.restart()) / 1000);
  await many.close();
  const peer = `${FEW} definitions`;
  const of = `${MANY} definitions`;
  const flat = { unit: 'ms', peer, toReach: { atMost: 1.3 } } as const;
  return [
    { what: `${of}: one change, until it is ready`, ours: change, theirs: ofFew.change, ...flat },
    { what: `${of}: one killed, from its event until it runs`, ours: event, theirs: ofFew.event, ...flat },
    { what: `${of}: a list of a hundred, p99`, ours: list, theirs: ofFew.list, ...flat },
    {
      ...{ what: `${of}: a look at everything with nothing to do, of the processor`, ours: pass, theirs: ofFew.pass },
      ...{ ...flat, toReach: { atMost: (MANY / FEW) * 1.3 } },
    },
    {
      what: `${of}: memory for each, with the container that the engine of the test holds in the same process`,
      ...{ unit: 'KB', ours: each, peer: '', toReach: { atMost: 10 } },
    },
    { what: `${of}: from the start until all are ready`, unit: 's', ours: starts, peer: '', toReach: { atMost: 5 } },
  ];
}
