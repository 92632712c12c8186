import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContainerPort, Protocol } from '../../domain/definition/definition.js';
import { notPublished, portLines, publishedLines } from '../../domain/ports/docker-port.js';
import { Problem } from '../../domain/problems/problem.js';
import type { PortService } from '../../service/ports/ports.js';
import { route } from '../openapi/operation.js';
import { preferred } from '../protocol/content-negotiation.js';
import { Claim, getPort, getPortOfProtocol, getPorts, listPorts } from './contract.js';

/** A request, and the reply to it. */
interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** Host ports: of one container as `docker port` shows them, and of all as the ledger has them. */
export function portRoutes(app: FastifyInstance, ports: PortService): void {
  app.addSchema(Claim);

  route(app, getPorts, async ({ params, request, reply }) => {
    const type = preferred(request, ['application/json', 'text/plain']);
    const items = ports.bindings(params.name);
    if (type === 'application/json') return { items };
    return reply.type('text/plain; charset=utf-8').send(lines(portLines(items)));
  });

  /** @throws Problem `port-not-published`, with docker's own sentence */
  function published(name: string, asked: string, wanted: ContainerPort) {
    const items = ports
      .bindings(name)
      .filter((b) => b.containerPort === wanted.containerPort && b.protocol === wanted.protocol);
    if (items.length > 0) return items;
    const hint = `GET /v1/containers/${name}/ports lists its published ports`;
    throw new Problem('port-not-published', `${notPublished(asked, name)}: ${hint}.`);
  }

  function bound(asked: { readonly name: string; readonly port: number; readonly protocol?: Protocol }, input: Asked) {
    const { name, port: containerPort, protocol = 'tcp' } = asked;
    const type = preferred(input.request, ['application/json', 'text/plain']);
    const text = asked.protocol === undefined ? `${containerPort}` : `${containerPort}/${protocol}`;
    const items = published(name, text, { containerPort, protocol });
    if (type === 'application/json') return { items };
    const printed = publishedLines(items, { containerPort, protocol });
    return input.reply.type('text/plain; charset=utf-8').send(lines(printed));
  }

  route(app, getPort, ({ params, ...input }) => bound(params, input));

  route(app, getPortOfProtocol, ({ params, ...input }) => bound(params, input));

  route(app, listPorts, async ({ query }) => ports.ledger(query));
}
