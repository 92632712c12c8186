import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/domain/event.js';
import { type AuditEntry, createAudit } from '../../../src/service/access/audit.js';
import type { StoreTransaction } from '../../../src/store/types.js';

const ENTRY: AuditEntry = {
  ...{ requestId: 'r', actor: 'eyes', what: 'DELETE /v1/containers/web', container: 'web' },
  ...{ operation: 'deleteContainer', status: 403, code: 'forbidden' },
};

/** An audit over a record that is a list, and a clock that is set. */
function auditing() {
  const events: NewEvent[] = [];
  const tx = { record: (event: NewEvent) => void events.push(event) } as StoreTransaction;
  let ms = 0;
  const audit = createAudit({
    store: { transact: (run) => run(tx) },
    now: () => new Date(ms),
    failed: (error) => {
      throw error;
    },
  });
  return {
    events,
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
