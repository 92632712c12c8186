// node --import ./bench/attacks/watched.mjs …   measures the longest block of the event loop; at SIGWINCH, which ends no server, it prints
// the longest one since the last time: as time that passed, and as time of the processor, which other processes don't add to.
import { openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

const schedstat = openSync('/proc/self/schedstat', 'r');
const buffer = Buffer.alloc(64);
/** Returns what the main thread has used of the processor, in milliseconds: proc_pid_schedstat(5). */
const used = () => Number(buffer.toString('latin1', 0, readSync(schedstat, buffer, 0, 64, 0)).split(' ', 1)[0]) / 1e6;

let last = used();
let busiestMs = 0;
setInterval(() => {
  const now = used();
  busiestMs = Math.max(busiestMs, now - last);
  last = now;
}, RESOLUTION_MS).unref();

process.on('SIGWINCH', () => {
  console.log(JSON.stringify({ longestBlockMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS), busiestMs }));
  delay.reset();
  busiestMs = 0;
});
