/** Fifty containers with ports and links: brought up, asked for again, one changed, one killed. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Docker from 'dockerode';
import { composeCli } from '../../scripts/compose-cli.mjs';
import { median, type Row, timed } from '../figures.js';
import { type BenchServer, startServer } from '../server.js';

const PAIRS = 25;
const ROUNDS = 5;
/** How often in each round what is there already is asked for again. */
const AGAIN = 5;
/** At so many starts at once the raw API is at its best on two cores. */
const AT_ONCE = [4, 8] as const;
const FIRST_PORT = 21_000;
const LABEL = 'io.berth-bench';

const pairs = Array.from({ length: PAIRS }, (_, n) => ({ n, db: `bench-db-${n}`, web: `bench-web-${n}` }));

type Env = Readonly<Record<string, string>>;

const definitions = (env: Env) =>
  pairs.flatMap(({ n, db, web }) => [
    { name: db, image: 'training/postgres', stopSignal: 'SIGKILL' },
    {
      ...{ name: web, image: 'training/webapp', stopSignal: 'SIGKILL', links: [`${db}:db`] },
      ports: [{ hostPort: FIRST_PORT + n, containerPort: 5000 }],
      ...(n === 7 && { env }),
    },
  ]);

const composeFile = (env: Env): string =>
  JSON.stringify({
    name: 'bench',
    services: Object.fromEntries(
      pairs.flatMap(({ n, db, web }) => {
        const common = { network_mode: 'bridge', restart: 'unless-stopped', stop_signal: 'SIGKILL' };
        const linked = { links: [`${db}:db`], depends_on: [db], ports: [`${FIRST_PORT + n}:5000`] };
        return [
          [db, { image: 'training/postgres', container_name: db, ...common }],
          [
            web,
            { image: 'training/webapp', container_name: web, ...common, ...linked, environment: n === 7 ? env : {} },
          ],
        ];
      }),
    ),
  });

const bodyOf = (name: string, n: number | undefined, env: Env = {}) => ({
  name,
  Image: n === undefined ? 'training/postgres' : 'training/webapp',
  Labels: { [LABEL]: 'raw' },
  Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
  StopSignal: 'SIGKILL',
  ...(n !== undefined && { ExposedPorts: { '5000/tcp': {} } }),
  HostConfig: {
    RestartPolicy: { Name: 'unless-stopped' },
    ...(n !== undefined && {
      Links: [`bench-db-${n}:db`],
      PortBindings: { '5000/tcp': [{ HostPort: String(FIRST_PORT + n) }] },
    }),
  },
});

async function inParallel<T>(items: readonly T[], places: number, run: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: places }, one));
}

export async function containerRows(engine: string): Promise<readonly Row[]> {
  const docker = new Docker({ socketPath: new URL(engine).pathname });
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-bench-compose-'));
  const project = path.join(folder, 'bench');
  mkdirSync(project);
  const compose = (...words: string[]) =>
    execFileSync(composeCli(), words, {
      cwd: project,
      env: { PATH: process.env['PATH'], HOME: folder, DOCKER_HOST: engine },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const start = async (body: ReturnType<typeof bodyOf>): Promise<void> => {
    await (await docker.createContainer(body)).start();
  };
  const clear = async (): Promise<void> => {
    const all = await docker.listContainers({ all: true });
    const ours = all.filter(({ Names }) => Names.some((name) => name.startsWith('/bench-')));
    await inParallel(ours, 8, ({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }));
  };
  /** Listens for the next event of a container: `at` is when it is heard here, in milliseconds of the epoch. */
  const listen = async (name: string, action: string): Promise<{ readonly at: Promise<number> }> => {
    const stream = await docker.getEvents({ filters: { container: [name], event: [action] } });
    const at = new Promise<number>((resolve) => {
      stream.once('data', () => {
        resolve(performance.timeOrigin + performance.now());
        (stream as unknown as { destroy(): void }).destroy();
      });
    });
    return { at };
  };

  const times: Record<string, number[]> = {};
  const note = (what: string, value: number): void => {
    times[what] = [...(times[what] ?? []), value];
  };
  /** Kills one: how long it is gone after its death is heard of, and when its start was sent, by the log of the server. */
  const killedUnder = async ({ log }: BenchServer) => {
    const one = docker.getContainer('bench-web-3');
    const { Id: id } = await one.inspect();
    const [died, runs] = [await listen('bench-web-3', 'die'), await listen('bench-web-3', 'start')];
    const lines = log.length;
    await one.kill();
    const at = await died.at;
    const back = (await runs.at) - at;
    const since = log.slice(lines);
    const step = since.find(({ msg, action }) => msg === 'step' && action === 'start');
    if (step === undefined) throw new Error('the log does not tell of a start');
    const before = since.slice(0, since.indexOf(step));
    const told = before.findLast(({ operation, target }) => operation === 'inspect' && target === id);
    return { back, sent: step.time - at, own: told === undefined ? undefined : step.time - told.time };
  };
  const server = await startServer(engine);
  try {
    await clear();
    for (let round = 0; round < ROUNDS; round++) {
      const env = { ROUND: String(round) };
      const apply = (given: Env) =>
        server.send('POST', '/v1/apply?wait=300', { set: 'bench', containers: definitions(given) });
      note('up', await timed(() => apply({})));
      for (let n = 0; n < AGAIN; n++) note('again', await timed(() => apply({})));
      const runs = await listen('bench-web-7', 'start');
      const begun = performance.timeOrigin + performance.now();
      const changed = apply(env);
      note('changed', (await runs.at) - begun);
      await changed;
      note('changed, proved', performance.timeOrigin + performance.now() - begun);
      note('killed', (await killedUnder(server)).back);
      await server.send('POST', '/v1/apply?wait=300', { set: 'bench', prune: true, containers: [] });

      writeFileSync(path.join(project, 'compose.yaml'), composeFile({}));
      note('compose up', await timed(async () => compose('up', '--detach', '--quiet-pull')));
      for (let n = 0; n < AGAIN; n++) {
        note('compose again', await timed(async () => compose('up', '--detach', '--quiet-pull')));
      }
      writeFileSync(path.join(project, 'compose.yaml'), composeFile(env));
      note('compose changed', await timed(async () => compose('up', '--detach', '--quiet-pull')));
      compose('down', '--timeout', '1');

      for (const places of AT_ONCE) {
        const raw = await timed(async () => {
          await inParallel(pairs, places, ({ db }) => start(bodyOf(db, undefined)));
          await inParallel(pairs, places, ({ n, web }) => start(bodyOf(web, n)));
        });
        note(`raw up ${places}`, raw);
        if (places !== AT_ONCE[0]) continue;
        const one = docker.getContainer('bench-web-7');
        const change = async (): Promise<void> => {
          await one.stop();
          await one.remove();
          await start(bodyOf('bench-web-7', 7, env));
        };
        note('raw changed', await timed(change));
        const dead = docker.getContainer('bench-web-3');
        const [end, again] = [await listen('bench-web-3', 'die'), await listen('bench-web-3', 'start')];
        const killing = dead.kill();
        const heard = await end.at;
        await dead.start();
        note('raw revived', (await again.at) - heard);
        await killing;
        await dead.kill();
        note('raw start', await timed(() => dead.start()));
        await clear();
      }
      await clear();
    }
    // With a log that has every call of the engine, and so apart from what is measured above.
    const watched = await startServer(engine, 'debug');
    try {
      for (let round = 0; round < ROUNDS; round++) {
        await watched.send('POST', '/v1/apply?wait=300', { set: 'bench', containers: definitions({}) });
        // What dies within a second of its start is taken for one that may not be able to run, and is started later.
        await pause(2_000);
        const { sent, own } = await killedUnder(watched);
        if (own === undefined) throw new Error('the log does not tell of an answer of the engine');
        note('reaction', sent);
        note('own reaction', own);
      }
    } finally {
      await watched.stop();
    }
  } finally {
    await server.stop();
    await clear();
    rmSync(folder, { recursive: true, force: true });
  }
  const of = (what: string): readonly number[] => times[what] ?? [];
  const best = AT_ONCE.map((places) => of(`raw up ${places}`)).sort((a, b) => median(a) - median(b))[0] ?? [];
  const fifty = 'fifty containers, from one apply to all running';
  const ms = { unit: 'ms' } as const;
  return [
    {
      what: fifty,
      ...ms,
      ours: of('up'),
      peer: 'the engine, raw, at its best',
      theirs: best,
      toReach: { atMost: 1.1 },
    },
    {
      what: fifty,
      ...ms,
      ours: of('up'),
      peer: 'docker compose up -d',
      theirs: of('compose up'),
      toReach: { atMost: 0.85 },
    },
    {
      ...{ what: 'the same again, nothing to do', ...ms, ours: of('again') },
      ...{ peer: 'docker compose up -d', theirs: of('compose again'), toReach: { atMost: 0.05 } },
    },
    {
      ...{ what: 'one of fifty changed, until it runs', ...ms, ours: of('changed') },
      ...{ peer: 'docker compose up -d', theirs: of('compose changed'), toReach: { atMost: 0.7 } },
    },
    {
      ...{ what: 'one of fifty changed, until it runs', ...ms, ours: of('changed') },
      ...{ peer: 'raw stop, remove, create, start', theirs: of('raw changed'), toReach: { atMost: 1.15 } },
    },
    {
      ...{ what: 'the same, until it has proved itself and the apply is answered', ...ms, ours: of('changed, proved') },
      ...{ peer: 'docker compose up -d', theirs: of('compose changed'), toReach: { atMost: 4 } },
    },
    {
      ...{ what: 'killed from outside: from its death until it runs again', ...ms, ours: of('killed') },
      ...{ peer: 'a raw start, sent when its death is heard of', theirs: of('raw revived'), toReach: { atMost: 1.2 } },
    },
    {
      ...{ what: 'the same', ...ms, ours: of('killed') },
      ...{ peer: 'a raw start, once the engine has put it away', theirs: of('raw start'), toReach: { atMost: 1.2 } },
    },
    {
      ...{ what: 'from the event of its death to the start being sent', ...ms, ours: of('reaction') },
      ...{ peer: '', toReach: { atMost: 20 } },
    },
    {
      ...{ what: 'from the answer that it is dead to the start being sent', ...ms, ours: of('own reaction') },
      ...{ peer: '', toReach: { atMost: 20 } },
    },
  ];
}
