import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS, Problem, type ProblemCode } from '../../domain/problems/problem.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';

const Explanation = Type.Object({
  code: Type.String(),
  status: Type.Integer(),
  title: Type.String(),
  help: Type.String(),
});
const explain = (code: ProblemCode) => ({ code, ...PROBLEMS[code] });
const codes = Object.keys(PROBLEMS) as ProblemCode[];
const example = explain('name-taken');

const listProblems = operation('GET', '/problems', {
  id: 'listProblems',
  tags: ['operations'],
  summary: 'List all problems',
  query: noQuery,
  replies: {
    200: {
      description: 'All problems that a response can have.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(Explanation) }),
          examples: { one: { value: { items: [example] } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
  access: 'everybody',
});

const getProblem = operation('GET', '/problems/:code', {
  id: 'getProblem',
  tags: ['operations'],
  summary: 'Explain a problem',
  params: Type.Object({ code: Type.String({ examples: ['name-taken'] }) }),
  query: noQuery,
  replies: {
    200: {
      description: 'The explanation.',
      content: { 'application/json': { schema: Explanation, examples: { one: { value: example } } } },
    },
  },
  problems: ['invalid-body', 'not-found'],
  access: 'everybody',
});

/** Registers the documentation of the problem types. */
export function problemDocs(app: FastifyInstance): void {
  route(app, listProblems, async () => ({ items: codes.map(explain) }));
  route(app, getProblem, async ({ params }) => {
    const code = codes.find((one) => one === params.code);
    if (code === undefined) throw new Problem('not-found', 'Unknown problem code. GET /problems lists all problems.');
    return explain(code);
  });
}
