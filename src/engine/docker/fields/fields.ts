/** Fields of a definition that have one field of the engine. Each is named, so nothing else reaches the engine. */

import type { DefinitionInput, Spec } from '../../../domain/definition/definition.js';
import type { RawDerivable } from '../derive-shapes.js';
import type { EngineField } from './field.js';
import { LIMITS } from './limits.js';
import { NETWORK } from './network.js';
import { PROCESS } from './process.js';
import { SECURITY } from './security.js';
import { STORAGE } from './storage.js';

const GROUPS = { ...PROCESS, ...NETWORK, ...LIMITS, ...SECURITY, ...STORAGE };
const FIELDS = Object.entries(GROUPS) as readonly (readonly [keyof typeof GROUPS, EngineField])[];

/** Names of the engine's fields that are written and read here: `HostConfig.Init`. */
export const NAMED_FIELDS: readonly string[] = FIELDS.map(([, { part, name }]) => `${part}.${name}`);

/** Returns the engine's fields of one part that a container gets. */
export const writtenFields = (
  part: EngineField['part'],
  request: Pick<Spec, keyof typeof GROUPS>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    FIELDS.flatMap(([field, one]) => {
      const value = request[field];
      return one.part !== part || value === undefined ? [] : [[one.name, one.write(value)]];
    }),
  );

/** Returns the fields of the definition that would make a container. */
export const readFields = (raw: RawDerivable): Partial<DefinitionInput> =>
  Object.fromEntries(
    FIELDS.flatMap(([field, { part, name, read }]) => {
      const value = read((raw[part] as Readonly<Record<string, unknown>>)[name], raw);
      return value === undefined ? [] : [[field, value]];
    }),
  );
