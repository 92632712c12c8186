/** `--network`: the one network that a container is on. */

import { parseCsv } from '../docker-values.js';
import { addTo, type Draft, note, setField, type Verdict } from './draft.js';
import type { Given } from './read-flags.js';
import { splitAtEquals } from './split.js';

const FORM = 'write --network NAME';
const KEYS: readonly string[] = [
  ...['name', 'alias', 'ip', 'ip6', 'mac-address', 'link-local-ip', 'driver-opt', 'gw-priority'],
];
/** Networks of the engine that are not one of a container's own. */
const OTHER_MODES: Readonly<Record<string, string>> = {
  host: 'a container has ports and links of its own: take it out, and publish its ports with -p',
  none: 'a container is on a network: take it out, and publish no port to keep it from being reached from outside',
};
const SHARED = 'a container has a network of its own: take it out, and link to the other one (--link) to reach it';

/** Rule: docker/cli, `opts.NetworkOpt`. */
export function readNetwork(draft: Draft, given: Given): Verdict {
  const { value } = given;
  const fields = /\w=\w/.test(value) ? parseCsv(value) : undefined;
  if (fields?.ok === false) return fields.message;
  const aliases: string[] = [];
  let name = fields === undefined ? value : '';
  for (const field of fields?.value ?? []) {
    const [key, own] = splitAtEquals(field).map((part) => part?.trim());
    if (key === undefined || own === undefined || !KEYS.includes(key)) {
      return `${JSON.stringify(field)} is not a part of a network; ${FORM}`;
    }
    if (key === 'name') name = own;
    else if (key === 'alias') aliases.push(own);
    else note(draft, given, 'unsupported', `of a network its name and aliases can be given: take ${key} out`);
  }
  return name.trim() === '' ? `there is no name of a network; ${FORM}` : setNetwork(draft, given, name, aliases);
}

function setNetwork(draft: Draft, given: Given, name: string, aliases: readonly string[]): undefined {
  const isSecond = draft.places.has('/network');
  if (isSecond) return note(draft, given, 'unsupported', 'a container is on one network: take the others out');
  draft.places.set('/network', given);
  const other = Object.hasOwn(OTHER_MODES, name) ? OTHER_MODES[name] : undefined;
  const reason = other ?? (name.startsWith('container:') ? SHARED : undefined);
  if (reason !== undefined) return note(draft, given, 'unsupported', reason);
  for (const alias of aliases) addTo(draft, given, 'networkAliases', alias);
  return setField(draft, given, 'network', name === 'default' ? 'bridge' : name);
}
