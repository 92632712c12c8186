import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DiskService } from '../../service/disk.js';
import type { ImageService, PullSignal } from '../../service/images.js';
import { route } from '../openapi/operation.js';
import { problemBody, toProblem } from '../pipeline/errors.js';
import { preferred } from '../protocol/content-negotiation.js';
import { goneSignal } from '../protocol/request-helpers.js';
import { eventStream, eventText } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';
import { diskUsage, listImages, pullImage } from './contract.js';

/** The images on the engine. */
export function imageRoutes(app: FastifyInstance, images: ImageService & DiskService, streams: Streams): void {
  route(app, listImages, async () => ({ items: await images.listImages() }));

  route(app, diskUsage, () => images.diskUsage());

  route(app, pullImage, async ({ body, request, reply }) => {
    const type = preferred(request, ['text/event-stream', 'application/json']);
    const signals = await images.pull(body.image, goneSignal(reply, streams));
    if (type === 'application/json') return await resultOf(signals);
    return streams.send(reply, type, eventStream(events(signals, request), streams.pace.heartbeat));
  });
}

async function resultOf(signals: AsyncIterable<PullSignal>) {
  for await (const { kind, ...signal } of signals) if (kind === 'done') return signal;
  throw new Error('a pull ended without a result');
}

/** A pull that fails under way has answered 200 already: its problem comes as the last event. */
async function* events(signals: AsyncIterable<PullSignal>, request: FastifyRequest): AsyncGenerator<string> {
  try {
    for await (const { kind, ...signal } of signals) yield eventText({ event: kind, data: JSON.stringify(signal) });
  } catch (error) {
    const problem = toProblem(error as Error);
    request.log.warn({ err: problem.cause ?? problem, code: problem.code }, 'image pull failed');
    yield eventText({ event: 'error', data: JSON.stringify(problemBody(problem, request)) });
  }
}
