import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';

/** One line for each request, when it is over: what was asked, what came of it, and in how many milliseconds. */
export class RequestLog extends LogController {
  override incomingRequest(req: FastifyRequest): void {
    req.log.debug({ req }, 'incoming request');
  }

  override requestCompleted(err: Error | null | undefined, req: FastifyRequest, res: FastifyReply): void {
    const line = { req, res, responseTime: res.elapsedTime };
    if (err) res.log.error({ ...line, err }, 'request errored');
    else res.log.info(line, 'request completed');
  }
}
