import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NetworkOutcome, NetworkView } from '../../service/networks/networks.js';
import type { Services } from '../../service/services.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { etagOf, preconditions } from '../protocol/conditional.js';
import { patience } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { deleteNetwork, getNetwork, listAddresses, listNetworks, putNetwork } from './contract.js';

/** The part of a write's input that its options come from. */
interface WriteInput {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: { readonly dryRun?: boolean; readonly wait?: number };
  readonly headers: { readonly 'if-match'?: string; readonly 'if-none-match'?: string };
}

const STATUS = { created: 201, updated: 200, unchanged: 200, accepted: 202, gone: 200, 'dry-run': 200 } as const;

/** Sets the status and headers of a write's response, and returns its body. */
function render({ kind, network }: NetworkOutcome, reply: FastifyReply): NetworkView {
  reply.code(STATUS[kind]).header('etag', etagOf(network.generation));
  return network;
}

/** Registers the routes of networks and of the addresses on them. */
export function networkRoutes(app: FastifyInstance, networks: Services['networks'], streams: Streams): void {
  const optionsOf = ({ request, reply, query: { dryRun = false, wait = 0 }, headers }: WriteInput) => ({
    ...{ dryRun, ...patience(wait, reply, streams), ...requesterOf(request), ...preconditions(headers) },
  });

  route(app, listNetworks, async () => ({ items: networks.listNetworks() }));

  route(app, getNetwork, async ({ params, reply }) => {
    const network = networks.getNetwork(params.name);
    reply.header('etag', etagOf(network.generation));
    return network;
  });

  route(app, putNetwork, async ({ params, body, ...write }) => {
    const { recreate = false } = write.query;
    return render(await networks.putNetwork(params.name, body, { ...optionsOf(write), recreate }), write.reply);
  });

  route(app, deleteNetwork, async ({ params, ...write }) =>
    render(await networks.deleteNetwork(params.name, optionsOf(write)), write.reply),
  );

  route(app, listAddresses, async ({ query }) => ({ items: networks.listAddresses(query) }));
}
