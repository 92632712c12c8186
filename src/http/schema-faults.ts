/** What Ajv finds, as faults for a person. */

import type { FastifySchemaValidationError } from 'fastify';
import { type Fault, Problem } from '../domain/problem.js';
import { pointer as pointerTo } from '../domain/result.js';
import { listed } from '../domain/text.js';

const PARTS: Readonly<Record<string, Fault['in']>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
};

/** Faults of form: the value is not what the field takes. Everything else is of the right form and impossible. */
const OF_FORM = new Set(['type', 'required', 'additionalProperties', 'enum', 'const', 'anyOf', 'oneOf']);

/**
 * One problem with every fault: 400 where one of them is of form, or is not of the body at all; 422 where all values are
 * of their types and out of their bounds.
 */
export function schemaProblem(found: readonly FastifySchemaValidationError[], context: string): Problem {
  const part = PARTS[context] ?? 'body';
  const relevant = withoutBranchNoise(found);
  const faults = dedupe(relevant.map((error) => toFault(error, part)));
  const isOfForm = part !== 'body' || relevant.some((error) => OF_FORM.has(error.keyword));
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more, see errors)` : '';
  const where = first?.pointer === '' ? `The ${part}` : `${part} ${first?.pointer}`;
  return new Problem(
    isOfForm ? 'invalid-body' : 'invalid-definition',
    `${where} ${first?.message ?? 'is not valid'}${more}.`,
    { faults },
  );
}

/**
 * A value that may be a string or an object fails each branch that it is not meant for: only the faults of the branch of
 * its own type are of interest, or, where it is of none of them, one that says which there are.
 */
function withoutBranchNoise(found: readonly FastifySchemaValidationError[]): readonly FastifySchemaValidationError[] {
  const unions = new Set(found.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath));
  const inner = (at: string) =>
    found.some(
      (e) =>
        e.keyword !== 'anyOf' &&
        (e.keyword !== 'type' ? e.instancePath.startsWith(at) : e.instancePath.startsWith(`${at}/`)),
    );
  return found.filter((error) => {
    if (error.keyword === 'anyOf') return !inner(error.instancePath);
    return !(error.keyword === 'type' && unions.has(error.instancePath));
  });
}

const dedupe = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.pointer} ${fault.message}`, fault])).values(),
];

function toFault(error: FastifySchemaValidationError, part: Fault['in']): Fault {
  const params = error.params as Readonly<Record<string, unknown>>;
  const child = params['missingProperty'] ?? params['additionalProperty'];
  const pointer = child === undefined ? error.instancePath : `${error.instancePath}${pointerTo(String(child))}`;
  return { in: part, pointer, message: messageOf(error, params, part) };
}

function messageOf(
  error: FastifySchemaValidationError,
  params: Readonly<Record<string, unknown>>,
  part: string,
): string {
  switch (error.keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return part === 'query' ? 'is not a known parameter' : 'is not a known field';
    case 'type':
      return `must be ${article(String(params['type']))}`;
    case 'anyOf':
      return 'must be a string or an object';
    case 'enum':
      return `must be one of ${listed((params['allowedValues'] as readonly unknown[]).map((value) => JSON.stringify(value)))}`;
    default:
      return error.message ?? `fails ${error.keyword}`;
  }
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
