/** Reading: from the control plane's own state, against the engine on its socket. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import type { Row } from '../figures.js';
import { startServer } from '../server.js';

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 10;
const COUNT = 50;

interface Load {
  readonly rate: number;
  readonly p99: number;
}

async function load(options: Partial<autocannon.Options> & { readonly url: string }): Promise<Load> {
  const result = await autocannon({ ...options, connections: CONNECTIONS, duration: SECONDS });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${options.url}: ${result.non2xx} refused, ${result.errors} lost`);
  return { rate: result.requests.average, p99: result.latency.p99 };
}

/** A server that gives one answer to everything: no other on Node.js is faster. */
async function bareServer(body: string) {
  const child = spawn(process.execPath, ['bench/bare.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(body);
  const [port] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${Number(port)}`, stop: () => child.kill() };
}

export async function readRows(engine: string): Promise<readonly Row[]> {
  const server = await startServer(engine);
  let bare: Awaited<ReturnType<typeof bareServer>> | undefined;
  try {
    const containers = Array.from({ length: COUNT }, (_, n) => ({
      ...{ name: `bench-read-${n}`, image: 'training/webapp', stopSignal: 'SIGKILL', ports: ['5000'] },
    }));
    await server.send('POST', '/v1/apply?wait=300', { set: 'bench', containers });
    const socketPath = new URL(engine).pathname;
    bare = await bareServer(await (await server.send('GET', '/v1/containers/bench-read-7')).text());
    const { url: bareUrl } = bare;
    const ours =
      (target: string, accept = 'application/json') =>
      () =>
        load({ url: `${server.url}${target}`, headers: { ...server.headers, accept } });
    const theirs = (target: string) => () => load({ url: `http://engine${target}`, socketPath } as never);
    const kinds = [
      ['GET one', ours('/v1/containers/bench-read-7'), theirs('/containers/bench-read-7/json'), 'inspect'],
      [
        'the same from a server on Node.js that does nothing else',
        () => load({ url: bareUrl }),
        theirs('/containers/bench-read-7/json'),
        'inspect',
      ],
      ['GET the list', ours('/v1/containers?limit=100'), theirs('/containers/json?all=1'), 'list'],
      [
        'ports as text',
        ours('/v1/containers/bench-read-7/ports', 'text/plain'),
        theirs('/containers/bench-read-7/json'),
        'inspect',
      ],
    ] as const;
    const rows: Row[] = [];
    for (const [what, mine, its, name] of kinds) {
      const [all, peers]: [Load[], Load[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        all.push(await mine());
        peers.push(await its());
      }
      const peer = `the engine's ${name} on its socket`;
      const of = (loads: readonly Load[], key: keyof Load) => loads.map((one) => one[key]);
      rows.push(
        ...([
          {
            what: `${what}, a second`,
            unit: '/s',
            ours: of(all, 'rate'),
            peer,
            theirs: of(peers, 'rate'),
            toReach: { atLeast: 10 },
          },
          {
            what: `${what}, p99`,
            unit: 'ms',
            ours: of(all, 'p99'),
            peer,
            theirs: of(peers, 'p99'),
            toReach: { atMost: 0.2 },
          },
        ] as const),
      );
    }
    await server.send('POST', '/v1/apply?wait=300', { set: 'bench', prune: true, containers: [] });
    return rows;
  } finally {
    bare?.stop();
    await server.stop();
  }
}
