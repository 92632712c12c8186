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
        { name: 'jobs', description: 'Runs of containers that run to completion.' },
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

/**
 * Leaves out the examples of problems, a third of the document: Swagger UI reads all of it before it shows anything, and
 * /problems explains each problem. Changes the document that it gets.
 */
function withoutProblemExamples<T extends { paths?: object }>(document: T): T {
  type Operation = { responses?: Record<string, { content?: Record<string, { examples?: object }> }> };
  for (const path of Object.values(document.paths ?? {}) as Record<string, Operation>[]) {
    for (const { responses = {} } of Object.values(path)) {
      const problems = Object.values(responses).flatMap(({ content }) => content?.['application/problem+json'] ?? []);
      for (const media of problems) delete media.examples;
    }
  }
  return document;
}

/** Icon of the page. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><title>Berth</title><rect width="32" height="32" rx="7" fill="#0f6e64"/><path d="M6 20c2.5 0 2.5 2 5 2s2.5-2 5-2 2.5 2 5 2 2.5-2 5-2" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/><path d="M8 16h16M11 16V9h5v7m0-4h5v4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"/></svg>`;

/** Link back to the page, above Swagger UI: its own top bar, which loads other documents, is left out. */
const WAY_BACK = `document.body.insertAdjacentHTML(
  'afterbegin',
  '<nav class="berth-nav" aria-label="Berth"><a href="/">Back to the page</a> <a href="/openapi.json">openapi.json</a></nav>',
);`;

const CSS = `.berth-nav { display: flex; gap: 1.5rem; max-width: 1460px; margin: 0 auto; padding: 1rem 20px 0; font: 14px sans-serif; }
.berth-nav a { color: #1f5f8b; }
@media (prefers-color-scheme: dark) { html.dark-mode .berth-nav a { color: #8cc4ea; } }`;

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
        layout: 'BaseLayout',
        filter: true,
        defaultModelsExpandDepth: -1,
      },
      transformSpecification: (document) => withoutProblemExamples(document),
      theme: {
        title: 'Berth API',
        favicon: [
          { filename: 'icon.svg', rel: 'icon', type: 'image/svg+xml', sizes: 'any', content: Buffer.from(ICON) },
        ],
        css: [{ filename: 'berth.css', content: CSS }],
        js: [{ filename: 'berth.js', content: WAY_BACK }],
      },
      staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    });
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
}
