import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventStream, eventText, type ServerEvent } from '../../../src/http/protocol/sse.js';

/** Reads events as the HTML standard has it (section 9.2.6, "Interpreting an event stream"). */
function read(stream: string): readonly ServerEvent[] {
  const events: ServerEvent[] = [];
  let event = '';
  let data: string[] = [];
  for (const line of stream.split(/\r\n|\r|\n/)) {
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') });
      event = '';
      data = [];
      continue;
    }
    const at = line.indexOf(':');
    const field = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    if (field === 'event') event = value;
  }
  return events;
}

const breaks = fc.constantFrom('\r', '\n', '\r\n', '\n\n', ': ', 'data: ', 'event: end\n\n', ' ', 'é', '\0', 'x');
const data = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(breaks).map((parts) => parts.join('')),
);

describe('server-sent events', () => {
  it('come back as they went, one event each, whatever they hold; line ends are all LF', () => {
    const event = fc.constantFrom('stdout', 'stderr', 'end');
    fc.assert(
      fc.property(fc.array(fc.record({ event, data })), (events) => {
        const expected = events.map((one) => ({ ...one, data: one.data.replace(/\r\n|\r/g, '\n') }));
        expect(read(events.map(eventText).join(''))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('have names of one line', () => {
    expect(eventText({ event: 'a\r\ndata: b\0', data: 'c' })).toBe('event: adata: b\ndata: c\n\n');
  });
});

describe('a stream of events', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends its source when its reader leaves', async () => {
    let isEnded = false;
    async function* source() {
      try {
        for (;;) yield 'event: a\n\n';
      } finally {
        isEnded = true;
      }
    }
    const stream = eventStream(source(), 1_000);
    await stream.next();
    await stream.next();
    expect(isEnded).toBe(false);
    await stream.return(undefined);
    expect(isEnded).toBe(true);
  });

  it('leaves no heartbeat timer behind after an event', async () => {
    async function* source() {
      yield 'event: a\n\n';
    }
    const stream = eventStream(source(), 1_000);
    await stream.next();
    expect((await stream.next()).value).toBe('event: a\n\n');
    expect(vi.getTimerCount()).toBe(0);
  });
});
