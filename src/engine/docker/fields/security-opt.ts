/** Security options: those of every container, and those that a definition adds. */

import type { Spec } from '../../../domain/definition/definition.js';
import { isUsualOption, optionName, securityOption } from '../../../domain/docker/security-options.js';
import type { RawDerivable } from '../derive-shapes.js';

const NO_NEW_PRIVILEGES = 'no-new-privileges';
/** Docker's command line makes empty lists of it: the engine doesn't know it. */
const OPEN_PATHS = 'systempaths=unconfined';
const NO_LABEL = 'label=disable';

/** Returns the part of `HostConfig` that the security options are. */
export function securityBody({ securityOpt = [] }: Pick<Spec, 'securityOpt'>) {
  const own = securityOpt.filter((option) => option !== OPEN_PATHS);
  const isWeaker = own.some((option) => optionName(option) === NO_NEW_PRIVILEGES);
  const isOpen = own.length < securityOpt.length;
  return {
    SecurityOpt: [...(isWeaker ? [] : [NO_NEW_PRIVILEGES]), ...own],
    ...(isOpen && { MaskedPaths: [], ReadonlyPaths: [] }),
  };
}

/** True if the engine itself adds `label=disable`. Rule: moby, `generateSecurityOpt`. */
const isUnlabelled = (host: RawDerivable['HostConfig']): boolean =>
  host['Privileged'] === true || host['PidMode'] === 'host' || host['IpcMode'] === 'host';

/** Returns the options of an existing container that a definition would need. */
export function readSecurityOpt({ HostConfig: host }: RawDerivable): Pick<Spec, 'securityOpt'> {
  const options = ((host['SecurityOpt'] ?? []) as readonly string[])
    .map(securityOption)
    .filter((option) => !isUsualOption(option) && !(option === NO_LABEL && isUnlabelled(host)));
  const all = [...options, ...(hasOpenPaths(host) ? [OPEN_PATHS] : [])];
  return all.length === 0 ? {} : { securityOpt: all };
}

/** True if nothing is kept from the container that the engine keeps from others. */
export const hasOpenPaths = (host: RawDerivable['HostConfig']): boolean =>
  [host['MaskedPaths'], host['ReadonlyPaths']].every((paths) => Array.isArray(paths) && paths.length === 0);
