/** A registry's request for a login, from its header `WWW-Authenticate`. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads the first login that Berth can do; undefined if there is none. Rule: RFC 9110, section 11.6.1. */
export function readChallenge(header: string): Challenge | undefined {
  const bearer = /(?:^|,)\s*Bearer\s+(.*)$/is.exec(header)?.[1];
  if (bearer !== undefined) return { scheme: 'bearer', parameters: readParameters(bearer) };
  return /(?:^|,)\s*Basic\b/i.test(header) ? { scheme: 'basic', parameters: {} } : undefined;
}

function readParameters(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/([a-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/gi);
  return Object.fromEntries(
    [...found].map(([, name = '', quoted, plain = '']) => [
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? plain,
    ]),
  );
}
