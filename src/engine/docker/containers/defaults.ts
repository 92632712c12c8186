/** Values of an engine's fields that say nothing about a container. */

/** Returns true for a value that the engine reports for a setting that nobody made. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === 0 ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Returns true for the log settings of a container when neither its maker nor its daemon has set any. */
export function isPlainLog(value: unknown): boolean {
  const { Type = '', Config } = value as { readonly Type?: string; readonly Config?: unknown };
  return (Type === '' || Type === 'json-file') && isEmpty(Config);
}
