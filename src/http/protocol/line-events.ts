/** What a container writes, as server-sent events of a line each. */

import { eventText } from './sse.js';

type Stream = 'stdout' | 'stderr';

/** How many characters of a line wait for its end: one that never ends must not fill the memory. */
const MAX_LINE = 64 * 1024;

/**
 * Makes events of pieces. What a piece ends in the middle of waits for the rest of its line, for each stream by itself; a
 * line that is too long to wait for comes in several.
 */
export function lineEvents(): {
  /** The lines that a piece ends. May be none. */
  of(stream: Stream, piece: Uint8Array): string;
  /** What is left of both. */
  last(): string;
} {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const rest = { stdout: '', stderr: '' };
  return {
    of(stream, piece) {
      const lines = (rest[stream] + decoders[stream].decode(piece, { stream: true })).split('\n');
      const open = lines.pop() ?? '';
      const isTooLong = open.length > MAX_LINE;
      rest[stream] = isTooLong ? '' : open;
      const events = lines.map((line) => lineEvent(stream, line));
      if (isTooLong) events.push(eventText({ event: stream, data: open }));
      return events.join('');
    },
    last: () =>
      (['stdout', 'stderr'] as const)
        .map((stream) => {
          const last = rest[stream] + decoders[stream].decode();
          return last === '' ? '' : lineEvent(stream, last);
        })
        .join(''),
  };
}

/** A terminal ends its lines with CR LF. */
const lineEvent = (stream: Stream, line: string): string =>
  eventText({ event: stream, data: line.endsWith('\r') ? line.slice(0, -1) : line });
