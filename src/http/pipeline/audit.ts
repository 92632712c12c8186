import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Problem, ProblemCode } from '../../domain/problems/problem.js';
import type { Audit } from '../../service/access/audit.js';
import { pathOf } from '../protocol/request-helpers.js';
import { NOBODY } from './auth/auth.js';

const codes = new WeakMap<FastifyRequest, ProblemCode>();

/** Remembers why a request was refused, for the audit log. */
export const refusedWith = (request: FastifyRequest, { code }: Problem): void => void codes.set(request, code);

/**
 * Audits requests that change no definition, with their results. Writes that change one are recorded with their
 * changes, in the same transaction. Unauthenticated requests are not recorded, as they could fill the event log.
 */
export function auditing(app: FastifyInstance, record: Pick<Audit, 'audit'>): void {
  function tell(request: FastifyRequest, status: number): void {
    const { method, principal, params, routeOptions } = request;
    const { operationId: operation } = (routeOptions.schema ?? {}) as { operationId?: string };
    if (method === 'GET' || method === 'HEAD' || operation === undefined || principal === NOBODY) return;
    const code = codes.get(request);
    if (code === undefined ? routeOptions.config.isAudited !== true : code === 'too-many-requests') return;
    const { name: container = '' } = params as { name?: string };
    const what = `${method} ${pathOf(request)}`;
    record.audit({ requestId: request.id, actor: principal.name, what, container, operation, status, code });
  }

  app.addHook('onResponse', (request, { statusCode }, done) => {
    tell(request, statusCode);
    done();
  });
}
