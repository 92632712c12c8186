import type { FastifyInstance } from 'fastify';
import type { LinkService } from '../../service/links.js';
import { route } from '../openapi/operation.js';
import { goneSignal } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { checkLink, LinkCheck, PortCheck } from './contract.js';

/** True if links hold, found out from inside their recipients. */
export function checkLinkRoutes(app: FastifyInstance, links: Pick<LinkService, 'checkLink'>, streams: Streams): void {
  for (const schema of [PortCheck, LinkCheck]) app.addSchema(schema);

  route(app, checkLink, async ({ params, reply }) => {
    const { name, alias } = params;
    return await links.checkLink(name, alias, goneSignal(reply, streams));
  });
}
