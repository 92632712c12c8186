/** Names of secrets, and where a spec uses them. */

import type { Spec } from '../definition/definition.js';
import { type FieldFault, pointer } from '../problems/result.js';
import type { SealedValue } from './sealed-value.js';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;
export const SECRET_NAME_RULE =
  'a secret has 1 to 128 letters, digits, dots, dashes and underscores in its name, and begins with a letter or digit';

export const isSecretName = (text: string): boolean => NAME.test(text);

/** Limit of a secret's value, in bytes of UTF-8. */
export const MOST_SECRET_BYTES = 65_536;

/** One use of a secret. */
interface Use {
  readonly secret: string;
  readonly pointer: string;
  /** The variable or the file that gets it. */
  readonly target: string;
}

type Using = Pick<Spec, 'secretEnv' | 'files'>;

const usesOf = ({ secretEnv = {}, files = [] }: Using): readonly Use[] => [
  ...Object.entries(secretEnv).map(([name, secret]) => ({
    ...{ secret, pointer: pointer('secretEnv', name), target: `variable ${name}` },
  })),
  ...files.flatMap(({ path, secret }, index) =>
    secret === undefined ? [] : [{ secret, pointer: pointer('files', index, 'secret'), target: `file ${path}` }],
  ),
];

/** Returns the names of the secrets that a spec uses, each once. */
export const secretsOf = (spec: Using): readonly string[] => [...new Set(usesOf(spec).map(({ secret }) => secret))];

/** Returns the names of the variables whose values are secrets. */
export const secretVariables = ({ secretEnv = {} }: Pick<Spec, 'secretEnv'>): ReadonlySet<string> =>
  new Set(Object.keys(secretEnv));

/** Finds the uses of secrets that don't exist. */
export const missingSecrets = (spec: Using, exists: (secret: string) => boolean): readonly FieldFault[] =>
  usesOf(spec)
    .filter(({ secret }) => !exists(secret))
    .map(({ secret, pointer: at }) => ({
      pointer: at,
      message: `the secret ${JSON.stringify(secret)} does not exist: store it first with PUT /v1/secrets/${secret}`,
    }));

/**
 * Returns what the secrets of a spec come to in a container's hash: each use with the version that it gets, never with
 * the value.
 */
export const secretVersions = (spec: Using, find: (secret: string) => SealedValue | undefined): readonly string[] =>
  usesOf(spec).map(({ secret, target }) => `${target} ${find(secret)?.uid ?? ''}`);
