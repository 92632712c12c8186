import type { FastifyInstance } from 'fastify';
import type { Services } from '../../service/services.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { deleteNetwork, getNetwork, listAddresses, listNetworks, putNetwork } from './contract.js';

/** Registers the routes of networks and of the addresses on them. */
export function networkRoutes(app: FastifyInstance, networks: Services['networks']): void {
  route(app, listNetworks, async () => ({ items: networks.listNetworks() }));

  route(app, getNetwork, async ({ params }) => networks.getNetwork(params.name));

  route(app, putNetwork, async ({ params, query, body, request, reply }) => {
    const { dryRun = false, recreate = false } = query;
    const { kind, network } = await networks.putNetwork(params.name, body, {
      dryRun,
      recreate,
      ...requesterOf(request),
    });
    return reply.code(kind === 'created' ? 201 : 200).send(network);
  });

  route(app, deleteNetwork, async ({ params, query, request, reply }) => {
    const { dryRun = false } = query;
    const { kind, network } = await networks.deleteNetwork(params.name, { dryRun, ...requesterOf(request) });
    return reply.code(kind === 'dry-run' ? 200 : 202).send(network);
  });

  route(app, listAddresses, async ({ query }) => ({ items: networks.listAddresses(query) }));
}
