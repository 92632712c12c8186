/** Turns a container's output into server-sent events, one for each line. */

import { eventText } from './sse.js';

type Stream = 'stdout' | 'stderr';

/** Longest unfinished line that waits for its end, in characters: an endless one must not fill the memory. */
const MAX_LINE = 64 * 1024;

/**
 * Turns pieces of output into events. An unfinished line waits for its rest, for each stream separately; a line that is
 * too long comes in several events.
 */
export function lineEvents(): {
  /** Returns events for the lines that a piece completes. May be empty. */
  of(stream: Stream, piece: Uint8Array): string;
  /** Returns events for the unfinished lines of both streams. */
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
