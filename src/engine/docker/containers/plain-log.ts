import { isEmpty } from '../fields/field.js';

/** Returns true for the log settings of a container when neither its maker nor its daemon has set any. */
export function isPlainLog(value: unknown): boolean {
  const { Type = '', Config } = value as { readonly Type?: string; readonly Config?: unknown };
  return (Type === '' || Type === 'json-file') && isEmpty(Config);
}
