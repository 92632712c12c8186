// node --expose-gc --import ./bench/collectable.mjs …   tells of its memory at a signal that the server does not end at
import { memory } from './memory.mjs';

process.on('SIGWINCH', async () => console.log(JSON.stringify({ memory: await memory() })));
