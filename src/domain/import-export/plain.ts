/** Describes the fields of a definition that one flag or key sets as it is. */

import type { FieldName, Written } from '../definition/definition.js';

/** The names of fields of a type. */
type FieldOf<T> = {
  [F in FieldName]: [T] extends [Written<F>] ? ([Written<F>] extends [T] ? F : never) : never;
}[FieldName];

/** A field and the form of its value. In `hosts`, `ulimits` and `devices` Compose writes the texts
 * as maps; `options` are of `--security-opt`; a `namespace` of another container has no field. */
export type Plain =
  | { readonly is: 'text' | 'namespace'; readonly field: FieldOf<string> }
  | { readonly is: 'switch'; readonly field: FieldOf<boolean> }
  | { readonly is: 'number' | 'bytes'; readonly field: FieldOf<number> }
  | { readonly is: 'pairs'; readonly field: Exclude<FieldOf<Readonly<Record<string, string>>>, 'secretEnv'> }
  | {
      readonly is: 'texts' | 'hosts' | 'ulimits' | 'devices' | 'options';
      readonly field: Exclude<FieldOf<readonly string[]>, 'command' | 'entrypoint'>;
    };
