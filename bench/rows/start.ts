/** From nothing to listening. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Row, timed } from '../figures.js';
import { startServer } from '../server.js';

const ROUNDS = 9;

/** What Berth is made with, each from its own package. */
const MODULES = ['fastify', '@prisma/client/runtime/client', 'dockerode'];
const IMPORTS = MODULES.map((name) => `import '${name}';`).join('\n');

export async function startRows(): Promise<readonly Row[]> {
  const [ours, answered, theirs, modules]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await timed(() => once(spawn(process.execPath, ['-e', '0']), 'exit')));
    modules.push(await timed(() => once(spawn(process.execPath, ['--input-type=module', '-e', IMPORTS]), 'exit')));
    const begun = performance.now();
    const server = await startServer();
    ours.push(performance.now() - begun);
    await server.send('POST', '/v1/containers', { name: 'first', image: 'webapp' });
    answered.push(performance.now() - begun);
    await server.stop();
  }
  const nothing = { peer: '`node -e 0`', theirs } as const;
  return [
    { what: 'cold start, until it listens', unit: 'ms', ours, ...nothing, toReach: { atMost: 8 } },
    { what: 'cold start, until its first POST is answered', unit: 'ms', ours: answered, ...nothing },
    { what: `to compare: importing ${MODULES.join(', ')} alone`, unit: 'ms', ours: modules, ...nothing },
  ];
}
