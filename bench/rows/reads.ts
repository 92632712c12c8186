/** Reading: from the control plane's own state, against the engine on its socket. */

import autocannon from 'autocannon';
import type { Row } from '../figures.js';
import { bareServer, startServer } from '../server.js';

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 10;
const COUNT = 100;
const TO_COMPARE = 'to compare: ';

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
    const inspect = theirs('/containers/bench-read-7/json');
    const kinds = [
      { what: 'GET one', mine: ours('/v1/containers/bench-read-7'), its: inspect, name: 'inspect' },
      {
        ...{ what: 'GET the list of a hundred', mine: ours('/v1/containers?limit=100') },
        ...{ its: theirs('/containers/json?all=1'), name: 'list' },
      },
      {
        ...{ what: 'ports as text', mine: ours('/v1/containers/bench-read-7/ports', 'text/plain') },
        ...{ its: inspect, name: 'inspect' },
      },
      {
        ...{
          what: `${TO_COMPARE}GET one from a server of Node.js that does nothing else`,
          mine: () => load({ url: bareUrl }),
        },
        ...{ its: inspect, name: 'inspect' },
      },
    ];
    const rows: Row[] = [];
    for (const { what, mine, its, name } of kinds) {
      const [all, peers]: [Load[], Load[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        all.push(await mine());
        peers.push(await its());
      }
      const row = (key: keyof Load, toReach: NonNullable<Row['toReach']>) => ({
        ...{ ours: all.map((one) => one[key]), theirs: peers.map((one) => one[key]) },
        peer: `the engine's ${name} on its socket`,
        ...(!what.startsWith(TO_COMPARE) && { toReach }),
      });
      rows.push(
        { what: `${what}, a second`, unit: '/s', ...row('rate', { atLeast: 10 }) },
        { what: `${what}, p99`, unit: 'ms', ...row('p99', { atMost: 0.2 }) },
      );
    }
    await server.send('POST', '/v1/apply?wait=300', { set: 'bench', prune: true, containers: [] });
    return rows;
  } finally {
    bare?.stop();
    await server.stop();
  }
}
