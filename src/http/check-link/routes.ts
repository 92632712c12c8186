import type { FastifyInstance } from 'fastify';
import type { Service } from '../../service/service.js';
import { route } from '../openapi/operation.js';
import { goneSignal } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { checkLink, LinkCheck, PortCheck } from './contract.js';

/** Whether links hold, found out from inside their recipients. */
export function checkLinkRoutes(app: FastifyInstance, service: Service, streams: Streams): void {
  for (const schema of [PortCheck, LinkCheck]) app.addSchema(schema);

  route(app, checkLink, async ({ params, reply }) => {
    const { name, alias } = params;
    return await service.checkLink(name, alias, goneSignal(reply, streams));
  });
}
