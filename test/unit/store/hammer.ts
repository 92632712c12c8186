/** Run as a process of its own: opens the store of a folder, says so, and writes definitions, one line each when it is acknowledged. */

import { writeSync } from 'node:fs';
import { openStore } from '../../../src/store/store.js';
import { optionsFor, put } from './support.js';

const [, , dataDir = '', prefix = ''] = process.argv;
const store = await openStore(optionsFor(dataDir, { portRange: { from: 10_000, to: 60_000 } }));
writeSync(1, 'open\n');
for (let n = 0; ; n += 1) {
  const names = [`${prefix}${n}-a`, `${prefix}${n}-b`];
  await Promise.all(
    names.map(async (name) => {
      const { uid } = await put(store, name, { ports: ['5000'] });
      writeSync(1, `${name} ${store.reservationsOf(uid)[0]?.hostPort}\n`);
    }),
  );
}
