import AjvCompiler from '@fastify/ajv-compiler';
import type { FastifySchemaValidationError } from 'fastify';
import { lazy } from '../../lib/lazy.js';
import { isLeftToDomain, MAX_FAULTS } from '../pipeline/validation-errors.js';
import type { Ahead } from './ahead.js';

const ajvFor = AjvCompiler();
type BuildValidator = ReturnType<typeof AjvCompiler>;
type AjvOptions = Parameters<BuildValidator>[1];

interface Validate {
  (data: unknown): boolean;
  errors?: readonly FastifySchemaValidationError[] | null;
}

/**
 * Faults after which a check stops. An item that may be a text or an object has three: one for each form, and one for
 * both; the reply lists them as one.
 */
export const MOST_RAW_FAULTS = 3 * MAX_FAULTS;

/** Loops over items and over properties, as Ajv writes them. */
const ITEM_LOOP = /(for\(let (i\d+)=\d+; \2<len\d+); /g;
const PROPERTY_LOOP = /(for\(const key\d+ in data\d*\)\{)/g;

/**
 * Stops a generated check once it has found {@link MOST_RAW_FAULTS}. Ajv copies all faults of a value for each of its items,
 * which takes half a minute for a body of 256 KiB whose every item is wrong.
 */
const stopEarly = (code: string): string =>
  code
    .replaceAll(ITEM_LOOP, `$1 && errors < ${MOST_RAW_FAULTS}; `)
    .replaceAll(PROPERTY_LOOP, `$1if(errors >= ${MOST_RAW_FAULTS})break;`);

/**
 * JSON bodies are checked as they are; parameters, which are all text, are read as the type that is declared. What only
 * the bounds of the schema forbid in a body the domain refuses too, together with all else that it finds.
 *
 * @param ahead takes the validators of bodies, which are the large ones
 */
export const validatorBuilder = (ahead: Pick<Ahead, 'add'>): BuildValidator =>
  ((external: never, options: { customOptions?: object } | undefined) => {
    const custom = {
      ...options?.customOptions,
      allErrors: true,
      code: { process: stopEarly },
      removeAdditional: false,
      strict: false,
      strictNumbers: true,
      // Faults then carry the schema that they violate, which lists the fields that may have been meant.
      verbose: true,
    } as const;
    const compilerWith = (own: object) =>
      ajvFor(external, { ...options, customOptions: { ...custom, ...own } } as AjvOptions) as (
        route: object,
      ) => Validate;
    const madeAhead = (make: () => Validate): Validate => {
      const made = lazy(make);
      ahead.add(made);
      return validatorOf(made);
    };
    const body = lazy(() => compilerWith({ coerceTypes: false, useDefaults: false }));
    const text = lazy(() => compilerWith({ coerceTypes: 'array', useDefaults: true }));
    return (route: { httpPart?: string }) =>
      route.httpPart === 'body' ? ofForm(madeAhead(() => body()(route))) : validatorOf(lazy(() => text()(route)));
  }) as unknown as BuildValidator;

/** Makes a validator for the first request of its route: all together they would dominate the start. */
function validatorOf(made: () => Validate): Validate {
  const check: Validate = (data) => {
    const validate = made();
    const isValid = validate(data);
    check.errors = validate.errors ?? null;
    return isValid;
  };
  return check;
}

function ofForm(validate: Validate): Validate {
  const check: Validate = (data) => {
    const isValid = validate(data) || isLeftToDomain(validate.errors ?? []);
    check.errors = isValid ? null : (validate.errors ?? null);
    return isValid;
  };
  return check;
}
