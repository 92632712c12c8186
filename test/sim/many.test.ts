import { expect, it } from 'vitest';
import { eventually } from '../engine/support.js';
import { serveMany } from './many.js';

/** In bytes: a process has 2 GiB or more by default. */
const MEMORY = 1 << 30;

it('ten thousand definitions: bounded memory, and a relist that changes nothing', async () => {
  const many = await serveMany(10_000);
  try {
    const [changes, relists] = [many.still.changes(), many.still.relists()];
    expect(changes).toBe(20_000);
    await eventually(() => expect(many.still.relists()).toBeGreaterThan(relists), 60_000);
    expect(many.still.changes()).toBe(changes);
    expect(process.memoryUsage().rss).toBeLessThan(MEMORY);
    const page = await many.app.inject('/v1/containers?limit=100');
    expect(page.json().items).toHaveLength(100);
  } finally {
    await many.close();
  }
});
