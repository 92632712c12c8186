import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { forEverybody } from '../pipeline/auth/auth.js';
import { prepareAnswers } from './prepared.js';

/** Content security policy: everything comes from this server alone, and nothing is inline. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Cache header of all files except index.html: their names change with their content. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

/**
 * Serves the page without a token, since its files hold no data. If it was not built, `/` redirects to Swagger UI.
 * @param folder of the built page; undefined if there is none
 */
export async function page(root: FastifyInstance, folder: string | undefined): Promise<void> {
  await root.register(async (app) => {
    forEverybody(app);
    if (folder === undefined) {
      app.get('/', { schema: { hide: true } }, async (_, reply) => reply.redirect('/docs'));
      return;
    }
    prepareAnswers(app);
    app.addHook('onSend', async (_, reply) => {
      reply.header('content-security-policy', CSP);
    });
    await app.register(fastifyStatic, {
      root: folder,
      // Registers a route for each file: an unknown path is a problem, like everywhere else.
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, file) => {
        if (path.basename(file) !== 'index.html') reply.header('cache-control', FOR_GOOD);
      },
    });
  });
}
