import AjvCompiler from '@fastify/ajv-compiler';
import type { FastifySchemaValidationError } from 'fastify';
import { isLeftToDomain } from './schema-faults.js';

const ajvFor = AjvCompiler();
type BuildValidator = ReturnType<typeof AjvCompiler>;

interface Validate {
  (data: unknown): boolean;
  errors?: readonly FastifySchemaValidationError[] | null;
}

/**
 * JSON bodies are checked as they are; parameters, which are all text, are read as the type that is declared. What only
 * the bounds of the schema forbid in a body the domain refuses too, together with all else that it finds.
 */
export const buildValidator = ((external: never, options: { customOptions?: object } | undefined) => {
  const custom = {
    ...options?.customOptions,
    allErrors: true,
    removeAdditional: false,
    strict: false,
    strictNumbers: true,
  } as const;
  const body = ajvFor(external, {
    ...options,
    customOptions: { ...custom, coerceTypes: false, useDefaults: false },
  } as never);
  const text = ajvFor(external, {
    ...options,
    customOptions: { ...custom, coerceTypes: 'array', useDefaults: true },
  } as never);
  return (route: { httpPart?: string }) =>
    route.httpPart === 'body' ? ofForm(body(route as never) as Validate) : text(route as never);
}) as unknown as BuildValidator;

function ofForm(validate: Validate): Validate {
  const check: Validate = (data) => {
    const isValid = validate(data) || isLeftToDomain(validate.errors ?? []);
    check.errors = isValid ? null : (validate.errors ?? null);
    return isValid;
  };
  return check;
}
