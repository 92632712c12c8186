import { Buffer } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { EngineError } from '../../errors.js';

interface Frame {
  readonly stream: 'stdin' | 'stdout' | 'stderr';
  readonly data: Buffer;
}
const STREAMS = ['stdin', 'stdout', 'stderr'] as const;

/**
 * Takes apart the 8-byte framing of logs and attach of containers without a TTY. Pull-based, so that a slow reader slows
 * the engine down; docker-modem's own has no back-pressure and overflows the stack on many small frames.
 * Source: moby, `pkg/stdcopy`.
 *
 * @throws EngineError of kind `malformed` when it ends inside a frame or is not framed at all
 */
export async function* demux(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= 8) {
      const stream = STREAMS[rest[at] as number];
      if (stream === undefined) throw new EngineError('malformed', 'the log stream has no frame header');
      const end = at + 8 + rest.readUInt32BE(at + 4);
      if (end > rest.length) break;
      yield { stream, data: rest.subarray(at + 8, end) };
      at = end;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new EngineError('malformed', 'the log stream ended within a frame');
}

/**
 * Newline-delimited JSON, as events and pulls come. Safe for UTF-8 split across chunks; a last line without a newline
 * counts.
 *
 * @throws EngineError of kind `malformed` on a line that is not JSON
 */
export async function* ndjson(source: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of source) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parse(line);
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield parse(rest);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new EngineError('malformed', 'the engine sent a line that is not JSON', { cause });
  }
}
