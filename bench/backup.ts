// npx tsx bench/backup.ts   what a backup and a restore of ten thousand definitions take, and for how long nothing else is
// answered meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serveMany } from '../test/sim/many.js';

const COUNT = 10_000;
const SQLITE = { 'content-type': 'application/vnd.sqlite3' };

const many = await serveMany(COUNT);
const url = await many.app.listen({ host: '127.0.0.1', port: 0 });

async function measured<T>(name: string, run: () => Promise<T>): Promise<T> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const done = await run();
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  delay.disable();
  const cpu = `${((user + system) / 1e3).toFixed(0)} ms of CPU`;
  const stall = `nothing else for at most ${(delay.max / 1e6).toFixed(0)} ms`;
  console.log(`${name.padEnd(24)} ${ms.toFixed(0)} ms, ${cpu}, ${stall}`);
  return done;
}

let writes = 0;
let isOver = false;
const writing = (async () => {
  for (; !isOver; writes++) {
    const payload = { labels: { turn: String(writes) } };
    await many.app.inject({ method: 'PATCH', url: `/v1/containers/many-${writes}`, payload });
  }
})();
const before = writes;
const backup = await measured('backup, under writes', async () => (await fetch(`${url}/v1/backup`)).arrayBuffer());
console.log(`${(backup.byteLength / 2 ** 20).toFixed(1)} MiB; ${writes - before} writes meanwhile`);
isOver = true;
await writing;
const restore = (query: string) => async () =>
  (await fetch(`${url}/v1/restore${query}`, { method: 'POST', headers: SQLITE, body: backup })).json();
await measured('restore, checked only', restore('?dryRun=true'));
const done = (await measured('restore', restore(''))) as { readonly restored?: number };
if (done.restored !== COUNT) throw new Error(JSON.stringify(done));
await measured('what is held', async () => (await fetch(`${url}/v1/restore`)).json());
await many.close();
