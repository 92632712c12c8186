/** Fifty converged definitions, and nothing that happens. */

import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../figures.js';
import { startServer } from '../server.js';

const COUNT = 50;
const ROUNDS = 5;
/** Two looks at everything, which are 25 seconds apart, in milliseconds. */
const WATCHED_MS = 50_000;
/** What a start and fifty containers leave to be tidied up, in milliseconds. */
const SETTLING_MS = 15_000;
/** Of /proc/PID/stat: see proc(5). */
const TICKS_A_SECOND = 100;

/** Of a process, in seconds. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** What it has had written to disk, in bytes. */
const written = (pid: number): number =>
  Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);

export async function idleRows(engine: string): Promise<readonly Row[]> {
  const server = await startServer(engine);
  try {
    const containers = Array.from({ length: COUNT }, (_, n) => ({
      ...{ name: `bench-idle-${n}`, image: 'training/webapp', stopSignal: 'SIGKILL', ports: ['5000'] },
    }));
    await server.send('POST', '/v1/apply?wait=300', { set: 'bench', containers });
    const { pid = 0 } = server.child;
    await pause(SETTLING_MS);
    const [shares, more]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const [before, bytes] = [processorTime(pid), written(pid)];
      await pause(WATCHED_MS);
      shares.push(((processorTime(pid) - before) / (WATCHED_MS / 1000)) * 100);
      more.push((written(pid) - bytes) / 1024);
    }
    await server.send('POST', '/v1/apply?wait=300', { set: 'bench', prune: true, containers: [] });
    return [
      {
        what: `idle with ${COUNT} definitions, of one core`,
        unit: '%',
        ours: shares,
        peer: '',
        toReach: { atMost: 0.5 },
      },
      { what: 'the same: written to disk in fifty seconds', unit: 'KB', ours: more, peer: '', toReach: { atMost: 0 } },
    ];
  } finally {
    await server.stop();
  }
}
