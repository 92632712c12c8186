/** `NAME=value` as name and value, at the first equals sign; without one there is no value. */
export function splitAtEquals(text: string): readonly [name: string, value: string | undefined] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}
