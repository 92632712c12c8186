import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/domain/event.js';
import { type AuditEntry, createAudit } from '../../../src/service/access/audit.js';
import type { StoreTransaction } from '../../../src/store/types.js';

const ENTRY: AuditEntry = {
  ...{ requestId: 'r', actor: 'eyes', what: 'DELETE /v1/containers/web', container: 'web' },
  ...{ operation: 'deleteContainer', status: 403, code: 'forbidden' },
};

/** An audit over a record that is a list, and a clock that is set. */
function auditing(before: () => Promise<void> = async () => undefined) {
  const events: NewEvent[] = [];
  const lost: AuditEntry[] = [];
  const tx = { record: (event: NewEvent) => void events.push(event) } as StoreTransaction;
  let ms = 0;
  const audit = createAudit({
    store: {
      async transact(run) {
        await before();
        return run(tx);
      },
    },
    now: () => new Date(ms),
    failed: (_, entries) => void lost.push(...entries),
  });
  return {
    ...{ events, lost, audit },
    messages: () => events.map(({ actor, message }) => `${actor} ${message}`),
    async told(entry: Partial<AuditEntry>, times = 1) {
      for (let i = 0; i < times; i++) {
        audit.audit({ ...ENTRY, ...entry });
        await audit.audited();
      }
    },
    passes(by: number) {
      ms += by;
    },
  };
}

describe('refusals of one caller', () => {
  it('are told one by one up to a number, and then one a minute with how many there were', async () => {
    const { events, messages, told, passes } = auditing();
    await told({}, 5_000);
    expect(events).toHaveLength(30);
    passes(60_000);
    await told({}, 100);
    expect(events).toHaveLength(31);
    expect(messages().at(-1)).toBe('eyes DELETE /v1/containers/web: forbidden (and 4970 earlier ones)');
    passes(60_000);
    await told({});
    expect(messages().at(-1)).toContain('(and 99 earlier ones)');
  });

  it('take nothing from another, and after a time of rest are told one by one again', async () => {
    const { events, messages, told, passes } = auditing();
    await told({}, 100);
    await told({ actor: 'ci' });
    expect(messages().at(-1)).toBe('ci DELETE /v1/containers/web: forbidden');
    passes(24 * 3_600_000);
    await told({}, 100);
    expect(events).toHaveLength(30 + 1 + 30);
  });
});

it('what was done is told always', async () => {
  const { events, told } = auditing();
  await told({ code: undefined, status: 200, operation: 'execInContainer' }, 100);
  expect(events).toHaveLength(100);
});

/** Holds up whoever waits for it. */
function held() {
  let release!: () => void;
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
}

describe('while the database is slow', () => {
  const DONE = { ...ENTRY, code: undefined, status: 200, operation: 'execInContainer' };

  it('at most two hundred entries wait, and the next one says how many were not recorded, once', async () => {
    const slow = held();
    const { audit, messages, told } = auditing(() => slow.until);
    for (let n = 0; n < 500; n++) audit.audit(DONE);
    slow.release();
    await audit.audited();
    expect(messages()).toHaveLength(201);
    await told(DONE);
    expect(messages().filter((message) => message.includes('earlier ones'))).toEqual([
      'eyes DELETE /v1/containers/web: done (and 299 earlier ones)',
    ]);
    await told(DONE);
    expect(messages().at(-1)).toBe('eyes DELETE /v1/containers/web: done');
  });

  it('refusals that a dropped entry stands for are counted with it', async () => {
    let slow = Promise.resolve();
    const { audit, messages, told, passes } = auditing(() => slow);
    await told({}, 100);
    passes(60_000);
    const transaction = held();
    slow = transaction.until;
    for (let n = 0; n < 201; n++) audit.audit(DONE);
    audit.audit(ENTRY);
    transaction.release();
    await audit.audited();
    await told(DONE);
    expect(messages().filter((message) => message.includes('earlier ones'))).toEqual([
      'eyes DELETE /v1/containers/web: done (and 71 earlier ones)',
    ]);
  });
});

it('a clock that goes back costs a caller nothing of what is recorded one by one', async () => {
  const { events, told, passes } = auditing();
  await told({}, 10);
  passes(-3_600_000);
  await told({}, 10);
  expect(events).toHaveLength(20);
});

it('entries that could not be recorded are reported, and later ones are recorded', async () => {
  let isFull = true;
  const { events, lost, told } = auditing(async () => {
    if (isFull) throw new Error('disk full');
  });
  await told({});
  expect([lost.length, events.length]).toEqual([1, 0]);
  isFull = false;
  await told({});
  expect([lost.length, events.length]).toEqual([1, 1]);
});
