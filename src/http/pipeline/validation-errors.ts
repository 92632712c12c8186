/** Turns Ajv's errors into faults for a person. */

import type { FastifySchemaValidationError } from 'fastify';
import { type Fault, Problem } from '../../domain/problems/problem.js';
import { pointer as pointerTo } from '../../domain/problems/result.js';
import { andMore } from '../../domain/problems/summarise.js';
import { listed } from '../../lib/sentence.js';
import { nearestName } from '../../lib/text/nearest.js';

const PARTS: Readonly<Record<string, Fault['in']>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
};

/**
 * Ajv keywords for faults of form: the value is not of the field's type. All others have the right form and an
 * impossible value.
 */
const OF_FORM = new Set(['type', 'required', 'additionalProperties', 'enum', 'const', 'anyOf', 'oneOf']);
/** Ajv keywords for bounds of single values, which the domain checks too, with better messages. */
const OF_DOMAIN = new Set(['pattern', 'minLength', 'minimum', 'maximum']);
/** Limit of faults in one problem: no person's body has more, and a longer list would only be a burden. */
export const MAX_FAULTS = 1000;
/** Limit of faults for which the intended field is suggested. */
const MAX_SUGGESTIONS = 100;

/** Returns true if everything found in a definition is what the domain refuses, too. Then nothing else may have been left unread. */
export const isLeftToDomain = (found: readonly FastifySchemaValidationError[]): boolean =>
  found.length < MAX_FAULTS && withoutBranchNoise(found).every(({ keyword }) => OF_DOMAIN.has(keyword));

/**
 * Makes one problem of all faults: `invalid-parameter` outside the body; `invalid-body` (400) if one of them is of form;
 * `invalid-definition` (422) if all values have their types and are out of bounds.
 */
export function schemaProblem(found: readonly FastifySchemaValidationError[], context: string): Problem {
  const part = PARTS[context] ?? 'body';
  const relevant = withoutBranchNoise(found);
  const faults = dedupe(relevant.map((error, index) => toFault(error, part, index < MAX_SUGGESTIONS)));
  const isOfForm = relevant.some((error) => OF_FORM.has(error.keyword));
  const ofBody = isOfForm ? 'invalid-body' : 'invalid-definition';
  const [first] = faults;
  const where = first?.pointer === '' ? `The ${part}` : `${part} ${first?.pointer}`;
  return new Problem(
    part === 'body' ? ofBody : 'invalid-parameter',
    `${where} ${first?.message ?? 'is not valid'}${andMore(faults.length - 1)}.`,
    { faults: faults.slice(0, MAX_FAULTS) },
  );
}

/**
 * A value that may be a string or an object fails each branch that it is not meant for: only the faults of the branch of
 * its own type are of interest, or, where it is of none of them, one that says which there are.
 */
function withoutBranchNoise(found: readonly FastifySchemaValidationError[]): readonly FastifySchemaValidationError[] {
  const unions = new Set(found.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  const isNoise = ({ keyword, instancePath }: FastifySchemaValidationError) =>
    keyword === 'type' && unions.has(instancePath);
  const explained = new Set(
    found
      .filter((error) => error.keyword !== 'anyOf' && !isNoise(error))
      .flatMap(({ instancePath }) => [instancePath, ...ancestors(instancePath)]),
  );
  return found.filter((error) => (error.keyword === 'anyOf' ? !explained.has(error.instancePath) : !isNoise(error)));
}

/** `/ports/1` and `/ports` of `/ports/1/hostPort`. */
function* ancestors(path: string): Generator<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}

const dedupe = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.pointer} ${fault.message}`, fault])).values(),
];

function toFault(error: FastifySchemaValidationError, part: Fault['in'], isSuggesting: boolean): Fault {
  const params = error.params as Readonly<Record<string, unknown>>;
  const child = params['missingProperty'] ?? params['additionalProperty'];
  const pointer = child === undefined ? error.instancePath : `${error.instancePath}${pointerTo(String(child))}`;
  const message = messageOf(error, params, part);
  return { in: part, pointer, message: isSuggesting ? `${message}${suggestion(error, params)}` : message };
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
    case 'minimum':
      return `must be at least ${params['limit']}`;
    case 'maximum':
      return `must be at most ${params['limit']}`;
    case 'maxItems':
      return `must have at most ${params['limit']} items`;
    default:
      return error.message ?? `fails ${error.keyword}`;
  }
}

/** `: did you mean "ports"?`, of the fields that the object may have. */
function suggestion(error: FastifySchemaValidationError, params: Readonly<Record<string, unknown>>): string {
  if (error.keyword !== 'additionalProperties') return '';
  const { parentSchema } = error as { readonly parentSchema?: { readonly properties?: object } };
  const meant = nearestName(String(params['additionalProperty']), Object.keys(parentSchema?.properties ?? {}));
  return meant === undefined ? '' : `: did you mean ${JSON.stringify(meant)}?`;
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
