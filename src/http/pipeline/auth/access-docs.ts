/** Documents the role that each route needs, and the refusals that precede its handler. */

import type { FastifyInstance, RouteOptions } from 'fastify';
import { problemResponses } from '../../openapi/problem-schema.js';
import { defaultAccess } from './auth.js';

export const SECURITY_SCHEME = 'token';

/** Refusals that any request may get. */
const REFUSALS = ['misdirected', 'foreign-origin', 'too-many-requests', 'shutting-down'] as const;

/** Adds the documentation of access to routes. Call it before the routes are registered. */
export const documentAccess = (app: FastifyInstance): void => void app.addHook('onRoute', describe);

function describe(route: RouteOptions): void {
  const { schema, config } = route;
  if (schema?.operationId === undefined) return;
  const access = config?.access ?? defaultAccess([route.method].flat()[0] ?? '');
  const refusals = problemResponses(...REFUSALS) as Record<number, object>;
  if (access === 'everybody') {
    Object.assign(schema, { security: [] });
  } else {
    const note = `Needs the role ${access === 'admin' ? 'admin' : `${access} or more`}.`;
    Object.assign(schema, {
      description: schema.description === undefined ? note : `${schema.description} ${note}`,
      security: [{ [SECURITY_SCHEME]: [] }],
    });
    Object.assign(refusals, problemResponses('unauthenticated'), problemResponses('forbidden', 'foreign-origin'));
  }
  const responses = (schema.response ?? {}) as Record<number, object>;
  route.schema = { ...schema, response: merged(refusals, responses) };
}

type Refusal = { readonly description: string; readonly content: object };

/** Adds the refusals to a route's own of the same status. They are alike everywhere, so examples are left out. */
function merged(refusals: Record<number, object>, own: Record<number, object>): Record<number, object> {
  const all = Object.entries(refusals as Record<number, Refusal>).map(([status, { description, content }]) => {
    const bare = Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, { schema }]));
    const there = own[Number(status)] as Refusal | undefined;
    if (there === undefined) return [status, { description, content: bare }];
    return [
      status,
      { ...there, description: `${there.description} ${description}`, content: { ...bare, ...there.content } },
    ];
  });
  return { ...own, ...Object.fromEntries(all) };
}
