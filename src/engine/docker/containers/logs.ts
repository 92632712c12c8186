import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { LiveEngine, LogFrame } from '../../streaming.js';
import { checker } from '../response-schemas.js';
import { type Calls, openStream } from '../transport/calls.js';
import type { Clients } from '../transport/client.js';
import { demux } from '../transport/streams.js';

const asTerminal = checker('inspect container', Type.Object({ Config: Type.Object({ Tty: Type.Boolean() }) }));

/** The logs of containers on Docker. */
export function dockerLogs(clients: Clients, calls: Calls): Pick<LiveEngine, 'logs'> {
  return {
    async logs(id, { follow, stdout, stderr, timestamps, tail, since, until }, signal) {
      const inspected = await calls.ask('inspect container', (abortSignal) =>
        clients.control.getContainer(id).inspect({ abortSignal }),
      );
      const { Tty: hasTerminal } = asTerminal(inspected).Config;
      const query = {
        follow,
        stdout,
        stderr,
        timestamps,
        ...(tail !== 'all' && { tail }),
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until }),
      };
      const stream = await calls.ask('logs', (late) =>
        openStream(clients.streams, `/containers/${id}/logs`, query, AbortSignal.any([signal, late])),
      );
      return readFrames(stream, hasTerminal ? asStdout(stream) : demux(stream), signal, calls);
    },
  };
}

/** Yields a terminal's output as stdout: it is one stream without frames. */
async function* asStdout(source: AsyncIterable<Buffer>): AsyncGenerator<LogFrame> {
  for await (const data of source) yield { stream: 'stdout', data };
}

/** Frames until there are no more, or the signal is aborted. Reads only as fast as it is read. */
export async function* readFrames(
  stream: Readable,
  frames: AsyncIterable<{ readonly stream: string; readonly data: Uint8Array }>,
  signal: AbortSignal,
  calls: Calls,
): AsyncGenerator<LogFrame> {
  try {
    for await (const frame of frames) {
      yield { stream: frame.stream === 'stderr' ? 'stderr' : 'stdout', data: frame.data };
    }
  } catch (error) {
    if (!signal.aborted) throw calls.failure('logs', error);
  } finally {
    stream.destroy();
  }
}
