import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { EventRecord, NewEvent } from '../../../src/domain/event.js';
import { createEventLog, EVENTS_IN_MEMORY, EVENTS_KEPT, type EventPage } from '../../../src/store/state/event-log.js';
import type { Store } from '../../../src/store/types.js';
import { storeOn, tempDir } from './support.js';

const event = (n: number): NewEvent => ({
  ...{ type: 'Step', container: 'web', uid: 'u', reason: 'Start', by: 'berth', actor: null, requestId: null },
  message: String(n),
  before: null,
  after: { n },
});

async function record(store: Store, from: number, count: number): Promise<void> {
  await store.transact(async (tx) => {
    for (let n = from; n < from + count; n++) tx.record(event(n));
  });
}

async function messages(store: Store, after: number, limit: number): Promise<readonly string[] | number> {
  const page = await store.events.read(after, limit);
  return page.kind === 'page' ? page.events.map(({ message }) => message) : page.oldest;
}

describe('the record of what changed', () => {
  it('is empty, then has what was committed, and nothing of what was not', async () => {
    const store = await storeOn(tempDir());
    expect([store.events.newest, await messages(store, 0, 10)]).toEqual([0, []]);
    const undone = store.transact(async (tx) => {
      tx.record(event(0));
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await record(store, 1, 3);
    expect(await messages(store, store.events.newest - 2, 10)).toEqual(['2', '3']);
  });

  it('tells watchers after the commit', async () => {
    const store = await storeOn(tempDir());
    const heard: number[] = [];
    const unwatch = store.events.watch(() => heard.push(store.events.newest));
    await record(store, 1, 2);
    unwatch();
    await record(store, 3, 1);
    expect(heard).toEqual([2]);
  });

  it('is read across what is in memory and what is not, also after a restart', async () => {
    const dir = tempDir();
    const store = await storeOn(dir);
    const total = EVENTS_IN_MEMORY + 300;
    for (let n = 1; n <= total; n += 100) await record(store, n, 100);
    for (const after of [0, 299, 300, 301, total - 1, total]) {
      const expected = [after + 1, after + 2].filter((n) => n <= total).map(String);
      expect(await messages(store, after, 2)).toEqual(expected);
    }
    await store.close();
    const again = await storeOn(dir);
    expect(await messages(again, 10, 2)).toEqual(['11', '12']);
    expect(again.events.newest).toBe(total);
  });

  it('is bounded: what is too old is gone, and asking for it says so', async () => {
    const store = await storeOn(tempDir());
    const total = EVENTS_KEPT + 2 * EVENTS_IN_MEMORY;
    for (let n = 1; n <= total; n += 500) await record(store, n, 500);
    const oldest = await messages(store, 0, 1);
    expect(oldest).toBeGreaterThan(1);
    expect(oldest).toBeLessThanOrEqual(total - EVENTS_KEPT + 1);
    expect(await messages(store, (oldest as number) - 1, 1)).toEqual([String(oldest)]);
    expect(await messages(store, total + 1, 1)).toBe(oldest);
  });
});

describe('a filter on the record', () => {
  const RECORDED = 11_000;
  const stored = Array.from({ length: RECORDED }, (_, index): EventRecord => {
    const n = index + 1;
    return { ...event(n), id: n, at: new Date(0), container: `c${n % 100}`, type: n === 7_777 ? 'Created' : 'Step' };
  });

  function counted() {
    let rows = 0;
    const readEvents = async (after: number, limit: number) => {
      const found = stored.slice(after, after + limit);
      rows += found.length;
      return found;
    };
    const last = { event: RECORDED };
    const log = createEventLog({ readEvents }, { events: stored.slice(-EVENTS_IN_MEMORY), oldestEvent: 1, last });
    return { log, rows: () => rows };
  }

  const idsOf = (page: EventPage) => (page.kind === 'page' ? page.events.map(({ id }) => id) : page);

  it('reads no event that does not pass it, once the record was indexed', async () => {
    const { log, rows } = counted();
    expect(idsOf(await log.find(0, { container: 'none' }, 1))).toEqual([]);
    const indexed = rows();
    expect(indexed).toBeLessThanOrEqual(RECORDED);
    expect(idsOf(await log.find(0, { container: 'none' }, 500))).toEqual([]);
    expect(rows() - indexed).toBe(0);
    expect(idsOf(await log.find(0, { container: 'c7' }, 3))).toEqual([7, 107, 207]);
    expect(idsOf(await log.find(207, { container: 'c7' }, 1))).toEqual([307]);
    expect(idsOf(await log.find(0, { type: 'Created' }, 10))).toEqual([7_777]);
    expect(idsOf(await log.find(0, { type: 'Created', container: 'c8' }, 10))).toEqual([]);
    expect(rows() - indexed).toBe(5);
  });

  it('finds what is recorded while the record is indexed, and after it', async () => {
    const { log } = counted();
    const first = log.find(0, { container: 'new' }, 10);
    const late = (id: number): EventRecord => ({ ...event(id), id, at: new Date(0), container: 'new' });
    stored.push(late(RECORDED + 1));
    log.append([late(RECORDED + 1)]);
    expect(idsOf(await first)).toEqual([RECORDED + 1]);
    stored.push(late(RECORDED + 2));
    log.append([late(RECORDED + 2)]);
    expect(idsOf(await log.find(0, { container: 'new' }, 10))).toEqual([RECORDED + 1, RECORDED + 2]);
    stored.length = RECORDED;
  });

  it('finds nothing that was dropped', async () => {
    const { log } = counted();
    expect(idsOf(await log.find(0, { container: 'c7' }, 1))).toEqual([7]);
    log.dropped(1_000);
    expect(idsOf(await log.find(1_000, { container: 'c7' }, 1))).toEqual([1_007]);
    expect(idsOf(await log.find(0, { container: 'c7' }, 1))).toEqual({ kind: 'expired', oldest: 1_001 });
  });

  it('takes up no memory for events that were dropped', async () => {
    const log = createEventLog({ readEvents: async () => [] }, { events: [], oldestEvent: 1, last: { event: 0 } });
    await log.find(0, { container: 'none' }, 1);
    const before = heapBytes();
    const count = 100_000;
    for (let id = 1; id <= count; id++) log.append([{ ...event(id), id, at: new Date(0), container: `c${id}` }]);
    expect(heapBytes() - before).toBeGreaterThan(20 * 2 ** 20);
    log.dropped(count);
    expect(heapBytes() - before).toBeLessThan(5 * 2 ** 20);
  });
});

/** Bytes of the heap that something still holds. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
