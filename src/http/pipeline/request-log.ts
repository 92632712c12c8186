import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { beginReply } from './in-flight-replies.js';

/**
 * Logs one line for each finished request: the request, its result, and its duration in milliseconds. `aborted` marks a
 * response that was cut off; `res` is missing if it had not begun.
 */
export class RequestLog extends LogController {
  override incomingRequest(request: FastifyRequest, reply: FastifyReply): void {
    request.log.debug({ req: request }, 'incoming request');
    beginReply(reply, tell);
  }

  override requestCompleted(err: Error | null | undefined, _: FastifyRequest, reply: FastifyReply): void {
    if (err) reply.log.error({ err }, 'writing the response failed');
  }

  override streamError(error: Error & { code?: string }, request: FastifyRequest, reply: FastifyReply): void {
    // The client left: the line of the request says so.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') super.streamError(error, request, reply);
  }
}

/** User agent of the health check in Berth's own image: see the Dockerfile. */
const HEALTH_CHECK = 'berth-healthcheck';

/** Returns true for the image's own health check: it asks every ten seconds, and is of interest only when it fails. */
const isHealthCheck = ({ request: { headers, url }, statusCode }: FastifyReply): boolean =>
  headers['user-agent'] === HEALTH_CHECK && url === '/livez' && statusCode === 200;

function tell(reply: FastifyReply): void {
  const { request, raw, elapsedTime: responseTime } = reply;
  if (isHealthCheck(reply)) return;
  // Node also counts a response as finished that was on its way when its connection closed.
  if (raw.writableFinished && !request.raw.socket.destroyed) {
    reply.log.info({ req: request, res: reply, responseTime }, 'request completed');
  } else {
    const begun = raw.headersSent ? { res: reply } : {};
    reply.log.info({ req: request, ...begun, responseTime, aborted: true }, 'request aborted');
  }
}
