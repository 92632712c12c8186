/**
 * Reads files of `NAME=value` lines without quotes or variables: `docker run --env-file`, and `env_file` with
 * `format: raw`. Rule: docker/cli, `pkg/kvfile`.
 */

import { splitAtEquals } from '../../../lib/text/env-entry.js';
import type { Variables } from '../compose/yaml/interpolate.js';
import type { EnvFile } from './dotenv.js';

/** @param outer variables that a name without a value takes its value from; one that is not there is left out */
export function parsePlainEnv(text: string, outer: Variables): EnvFile {
  const values: Record<string, string> = Object.create(null);
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  for (const [index, written] of source.split('\n').entries()) {
    const line = written.replace(/\r$/, '').trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const [name, value] = splitAtEquals(line);
    const fault = name === '' ? 'has no name before the equals sign' : 'has white space in the name of a variable';
    if (name === '' || /[ \t]/.test(name)) {
      return { ok: false, line: index + 1, message: `${fault}; write NAME=value` };
    }
    if (value !== undefined) values[name] = value;
    else if (Object.hasOwn(outer, name)) values[name] = outer[name] ?? '';
  }
  return { ok: true, values, missing: [] };
}
