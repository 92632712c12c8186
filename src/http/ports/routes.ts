import { Type } from 'typebox';
import type { ContainerPort, Protocol } from '../../domain/definition/definition.js';
import { notPublished, portLines, publishedLines } from '../../domain/ports/docker-port.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Service } from '../../service/service.js';
import { BINDINGS } from '../containers/examples.js';
import { Binding } from '../containers/status.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { preferred } from '../protocol/content-negotiation.js';
import { NameParams, noQuery } from '../protocol/request-helpers.js';

const tags = ['ports'];
const ProtocolType = Type.Unsafe<Protocol>({ type: 'string', enum: ['tcp', 'udp', 'sctp'] });
const port = Type.Integer({
  minimum: 1,
  maximum: 65_535,
  description: 'The port inside the container.',
  examples: [5000],
});

const bindings = (text: string) => ({
  description: 'The host ports that are bound now.',
  content: {
    'application/json': {
      schema: Type.Object({ items: Type.Array(ref(Binding)) }),
      examples: { web: { value: { items: BINDINGS } } },
    },
    'text/plain': { schema: Type.String(), example: text },
  },
});

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

const Claim = Type.Object(
  {
    hostIp: Type.Unsafe<string | null>(
      Type.Union([Type.String(), Type.Null()], { description: 'null is every interface.' }),
    ),
    hostPort: Type.Integer(),
    protocol: ProtocolType,
    containerPort: Type.Integer(),
    container: Type.String(),
    origin: Type.Unsafe<string>({
      type: 'string',
      enum: ['fixed', 'assigned', 'publishAll', 'foreign'],
      description: 'Declared; picked by Berth; picked for publishAll; of a container that is not ours.',
    }),
    bound: Type.Boolean({ description: 'Whether the engine has it bound now.' }),
  },
  { $id: 'Claim' },
);

/** Host ports: of one container as `docker port` shows them, and of all as the ledger has them. */
export function portRoutes(app: App, service: Service): void {
  app.addSchema(Claim);

  app.get(
    '/containers/:name/ports',
    {
      schema: {
        operationId: 'getPorts',
        tags,
        summary: 'The host ports of a container',
        description: 'As text the exact lines of `docker port NAME`.',
        params: NameParams,
        querystring: noQuery,
        response: {
          200: bindings('5000/tcp -> 0.0.0.0:5000\n5000/tcp -> [::]:5000\n'),
          ...problemResponses('invalid-body', 'not-found', 'not-acceptable'),
        },
      },
    },
    async (request, reply) => {
      const type = preferred(request, ['application/json', 'text/plain']);
      const items = service.ports(request.params.name);
      if (type === 'application/json') return reply.send({ items } as never);
      return reply.type('text/plain; charset=utf-8').send(lines(portLines(items)) as never);
    },
  );

  /** @throws Problem `port-not-published`, with docker's own sentence */
  function published(name: string, asked: string, wanted: ContainerPort) {
    const items = service
      .ports(name)
      .filter((b) => b.containerPort === wanted.containerPort && b.protocol === wanted.protocol);
    if (items.length > 0) return items;
    const hint = `GET /v1/containers/${name}/ports lists what it publishes`;
    throw new Problem('port-not-published', `${notPublished(asked, name)}: ${hint}.`);
  }

  const forms = {
    '/containers/:name/ports/:port': {
      params: Type.Object({ ...NameParams.properties, port }),
      operationId: 'getPort',
      description: 'Of tcp. As text the exact lines of `docker port NAME PORT`.',
    },
    '/containers/:name/ports/:port/:protocol': {
      params: Type.Object({ ...NameParams.properties, port, protocol: ProtocolType }),
      operationId: 'getPortOfProtocol',
      description: 'As text the exact lines of `docker port NAME PORT/PROTOCOL`.',
    },
  } as const;
  for (const [path, { params, operationId, description }] of Object.entries(forms)) {
    app.get(
      path,
      {
        schema: {
          operationId,
          tags,
          summary: 'The host ports of one container port',
          description,
          params,
          querystring: noQuery,
          response: {
            200: bindings('0.0.0.0:5000\n[::]:5000\n'),
            ...problemResponses('invalid-body', 'not-found', 'port-not-published', 'not-acceptable'),
          },
        },
      },
      async (request, reply) => {
        const asked = request.params as { readonly name: string; readonly port: number; readonly protocol?: Protocol };
        const { name, port: containerPort, protocol = 'tcp' } = asked;
        const type = preferred(request, ['application/json', 'text/plain']);
        const text = asked.protocol === undefined ? `${containerPort}` : `${containerPort}/${protocol}`;
        const items = published(name, text, { containerPort, protocol });
        if (type === 'application/json') return reply.send({ items } as never);
        const printed = publishedLines(items, { containerPort, protocol });
        return reply.type('text/plain; charset=utf-8').send(lines(printed) as never);
      },
    );
  }

  app.get(
    '/ports',
    {
      schema: {
        operationId: 'listPorts',
        tags,
        summary: 'The port ledger',
        description: 'Every claim on a host port, by whom, bound or not. With hostPort also whether that one is free.',
        querystring: Type.Object(
          {
            hostPort: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
            protocol: Type.Optional(ProtocolType),
          },
          { additionalProperties: false },
        ),
        response: {
          200: {
            description: 'By number.',
            content: {
              'application/json': {
                schema: Type.Object({
                  items: Type.Array(ref(Claim)),
                  free: Type.Optional(
                    Type.Boolean({
                      description: 'Whether nobody known has it, on any address, for the protocol asked for (tcp).',
                    }),
                  ),
                }),
                examples: {
                  taken: {
                    value: {
                      items: [
                        {
                          hostIp: null,
                          hostPort: 5000,
                          protocol: 'tcp',
                          containerPort: 5000,
                          container: 'web',
                          origin: 'fixed',
                          bound: true,
                        },
                      ],
                      free: false,
                    },
                  },
                },
              },
            },
          },
          ...problemResponses('invalid-body'),
        },
      },
    },
    async (request) => service.ledger(request.query) as never,
  );
}
