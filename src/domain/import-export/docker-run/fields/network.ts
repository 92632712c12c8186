/** `--network`: the one network that a container is on. */

import { splitAtEquals } from '../../../../lib/env-entry.js';
import { valueFault } from '../../../docker/option-values.js';
import { parseCsv } from '../../../docker/values.js';
import { canonicalIp } from '../../../ports/ip.js';
import type { Given } from '../line.js';
import { addTo, type Draft, note, setField, type Verdict } from './draft.js';

const FORM = 'write --network NAME';
const KEYS: readonly string[] = [
  'name',
  'alias',
  'ip',
  'ip6',
  'mac-address',
  'link-local-ip',
  'driver-opt',
  'gw-priority',
];
/** Networks of the engine that are not one of a container's own. */
const OTHER_MODES: Readonly<Record<string, string>> = {
  host: 'containers have their own ports and links: remove it, and publish ports with -p',
  none: 'every container has a network: remove it, and publish no ports to make it unreachable from outside',
};
const SHARED = "containers can't share a network namespace: remove it, and link to the other one (--link) to reach it";

/** Rule: docker/cli, `opts.NetworkOpt`, which takes the long form in any case. */
export function readNetwork(draft: Draft, given: Given): Verdict {
  const { value } = given;
  const fields = /\w=\w/.test(value) ? parseCsv(value) : undefined;
  if (fields?.ok === false) return fields.message;
  const aliases: string[] = [];
  let name = fields === undefined ? value : '';
  for (const field of fields?.value ?? []) {
    const [key, own] = splitAtEquals(field.toLowerCase()).map((part) => part?.trim());
    if (key === undefined || own === undefined || !KEYS.includes(key)) {
      return `${JSON.stringify(field)} is not a part of a network; ${FORM}`;
    }
    const wrong = PART_FAULTS[key]?.(own);
    if (wrong !== undefined) return `${JSON.stringify(field)}: ${wrong}`;
    if (draft.networks.length === 0) draft.networkParts.add(key);
    if (key === 'name') name = own;
    else if (key === 'alias') aliases.push(own);
    else note(draft, given, 'unsupported', `only the name and aliases of a network can be set: remove ${key}`);
  }
  if (name.trim() === '' || name === 'container:') return `the name of the network is missing; ${FORM}`;
  if (draft.networks.includes(name)) return `the network ${JSON.stringify(name)} is given twice; remove one`;
  if (draft.networks.some((other) => isUserDefined(other) !== isUserDefined(name))) {
    return "user-defined networks can't be combined with the engine's other network modes; remove one";
  }
  if (!isUserDefined(name) && aliases.length > 0) return 'only user-defined networks support aliases; remove them';
  return setNetwork(draft, given, name, aliases);
}

/** Rule: moby, `NetworkMode.IsUserDefined`. */
const isUserDefined = (name: string): boolean =>
  !['default', 'bridge', 'host', 'none'].includes(name) && !name.startsWith('container:');

const addressFault = (text: string): string | undefined =>
  canonicalIp(text) === undefined ? 'it is not an IP address' : undefined;

const PART_FAULTS: Readonly<Record<string, ((own: string) => string | undefined) | undefined>> = {
  ip: addressFault,
  ip6: addressFault,
  'link-local-ip': addressFault,
  'mac-address': (own) => valueFault('mac-address', own),
  'gw-priority': (own) => (/^[+-]?\d+$/.test(own) ? undefined : 'the priority must be a whole number'),
  'driver-opt': (own) => (/^[^=]+=/.test(own) ? undefined : 'write it as driver-opt=key=value'),
};

/** Flags with the same meaning as a part of `--network`: docker/cli, `applyContainerOptions`. */
export const NETWORK_PARTS: Readonly<Record<string, readonly string[]>> = {
  alias: ['network-alias', 'net-alias'],
  ip: ['ip'],
  ip6: ['ip6'],
  'mac-address': ['mac-address'],
  'link-local-ip': ['link-local-ip'],
};

function setNetwork(draft: Draft, given: Given, name: string, aliases: readonly string[]): undefined {
  draft.networks.push(name);
  if (draft.networks.length > 1) {
    return note(draft, given, 'unsupported', 'a container is on one network: remove the others');
  }
  draft.places.set('/network', given);
  const other = Object.hasOwn(OTHER_MODES, name) ? OTHER_MODES[name] : undefined;
  const reason = other ?? (name.startsWith('container:') ? SHARED : undefined);
  if (reason !== undefined) return note(draft, given, 'unsupported', reason);
  for (const alias of aliases) addTo(draft, given, 'networkAliases', alias);
  return setField(draft, given, 'network', name === 'default' ? 'bridge' : name);
}
