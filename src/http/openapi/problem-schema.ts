import { Type } from 'typebox';
import { type Fault, PROBLEMS, type ProblemCode } from '../../domain/problems/problem.js';
import { groupBy } from '../../lib/multimap.js';
import { ref } from './schema-helpers.js';

export const MEDIA_TYPE = 'application/problem+json';

export const ProblemDetails = Type.Object(
  {
    type: Type.String({ format: 'uri-reference', description: 'Page that explains this kind of problem.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'The problem and its remedy, in one or two sentences.' }),
    instance: Type.String({ description: 'Path of the request.' }),
    code: Type.Unsafe<ProblemCode>({
      type: 'string',
      enum: Object.keys(PROBLEMS),
      description: 'Stable code, for programs.',
    }),
    requestId: Type.String({ description: 'Also in the log and in X-Request-Id.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          in: Type.Unsafe<Fault['in']>({ type: 'string', enum: ['body', 'query', 'path', 'header', 'file'] }),
          pointer: Type.String({
            description: 'JSON pointer (RFC 6901) into that part of the request, or into the file in question.',
          }),
          message: Type.String(),
        }),
        { description: 'All faults of the request.' },
      ),
    ),
  },
  { $id: 'Problem', description: 'Problem details, RFC 9457.' },
);

function exampleOf(code: ProblemCode): [string, object] {
  const { status, title, help } = PROBLEMS[code];
  const value = {
    type: `/problems/${code}`,
    title,
    status,
    detail: help,
    instance: '/v1/containers',
    code,
    requestId: '5f0c3c1e-7a39-4f29-9a55-0a6d2d1f8f0e',
  };
  return [code, { summary: title, value }];
}

/** The problem responses of a route, for its schema: one entry a status, naming its codes. */
export function problemResponses(...codes: readonly ProblemCode[]): Record<number, object> {
  return Object.fromEntries(
    [...groupBy(codes, (code) => PROBLEMS[code].status)].map(([status, all]) => [
      status,
      {
        description: all.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
        content: { [MEDIA_TYPE]: { schema: ref(ProblemDetails), examples: Object.fromEntries(all.map(exampleOf)) } },
      },
    ]),
  );
}
