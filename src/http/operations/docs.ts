import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { VERSION } from '../../version.js';
import { REQUESTS } from '../containers/examples.js';
import { completeDocument } from '../openapi/document.js';
import { SECURITY_SCHEME } from '../pipeline/auth/access-docs.js';
import { forEverybody } from '../pipeline/auth/auth.js';
import { WEBHOOKS } from '../webhooks/document.js';
import { prepareAnswers } from './prepared.js';

const DESCRIPTION = `Declare containers with their ports and links; Berth keeps one container engine matching them.

Ports stay, links hold, and every difference between what is declared and what runs is a condition that says why.
Try it: create \`db\`, then \`web2\`, which links to it, then read the environment of \`web2\`.`;

/** Makes the OpenAPI document. To be registered before the routes that it is about. */
export async function openApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Berth',
        version: VERSION,
        description: DESCRIPTION,
        contact: { name: 'Berth', url: 'https://www.npmjs.com/package/@berth-control/berth' },
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      security: [{ [SECURITY_SCHEME]: [] }],
      components: {
        securitySchemes: {
          [SECURITY_SCHEME]: {
            type: 'http',
            scheme: 'bearer',
            description: 'Berth writes the first token to the file `token` in the data folder.',
          },
        },
      },
      servers: [{ url: '/', description: 'This server' }],
      webhooks: WEBHOOKS,
      tags: [
        { name: 'containers', description: 'Definitions and their status.' },
        {
          name: 'imports',
          description: 'Containers made from docker run lines, Compose files and running containers.',
        },
        { name: 'sets', description: 'Definitions that are declared together, and plans.' },
        { name: 'ports', description: 'Host ports of a container, and all claims.' },
        { name: 'networks', description: 'Networks, and the addresses that containers keep on them.' },
        { name: 'links', description: 'Links, and what they add to a container.' },
        { name: 'topology', description: 'Ports and links as one graph, as data or a drawing.' },
        { name: 'events', description: 'What changed, when, why and by whom.' },
        { name: 'images', description: 'Images on the engine.' },
        { name: 'secrets', description: 'Values that are stored encrypted and never returned.' },
        { name: 'webhooks', description: 'Events, sent to other servers.' },
        { name: 'engine', description: 'The container engine.' },
        { name: 'access', description: 'Tokens and their roles.' },
        { name: 'operations', description: 'Operating Berth.' },
      ],
    },
    transformObject: (document) =>
      'openapiObject' in document ? completeDocument(document.openapiObject, REQUESTS) : document.swaggerObject,
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) => (typeof json['$id'] === 'string' ? json['$id'] : `def-${i}`),
    },
  });
}

/** Serves Swagger UI, from our own server alone, and the document itself, both without a token. */
export async function docs(root: FastifyInstance): Promise<void> {
  await root.register(async (app) => {
    forEverybody(app);
    prepareAnswers(app);
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: {
        validatorUrl: null,
        tryItOutEnabled: true,
        displayRequestDuration: true,
        persistAuthorization: true,
        docExpansion: 'list',
      },
      staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    });
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
}
