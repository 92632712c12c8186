import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventText, type ServerEvent } from '../../../src/http/protocol/sse.js';

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
