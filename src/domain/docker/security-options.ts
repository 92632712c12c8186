/** Options of `--security-opt`: their one form, and those that a definition can have. */

import { splitAtEquals } from '../../lib/text/env-entry.js';

/** Options of which Docker counts only the last, with the values that they may have here. */
const SINGLE_OPTIONS: Readonly<Record<string, RegExp>> = {
  'no-new-privileges': /^(?:true|false)$/,
  seccomp: /^(?:unconfined|builtin)$/,
  apparmor: /^[^\s=]+$/,
  systempaths: /^unconfined$/,
};
const LABEL = /^(?:disable|(?:user|role|type|level|filetype):\S+)$/;

/** Returns the one form of a security option: `label:disable` is `label=disable`. Rule: moby, `parseSecurityOpt`. */
export function securityOption(value: string): string {
  const text = value.trim();
  if (text === 'disable') return 'label=disable';
  const [name = '', own = name === 'no-new-privileges' ? 'true' : ''] = splitAtEquals(
    text.includes('=') ? text : text.replace(':', '='),
  );
  if (name !== 'no-new-privileges') return `${name}=${own}`;
  return `${name}=${/^(?:1|t|true)$/i.test(own) ? 'true' : /^(?:0|f|false)$/i.test(own) ? 'false' : own}`;
}

/** True for an option that takes the place of an earlier one of its name. */
export const isSingleOption = (option: string): boolean => Object.hasOwn(SINGLE_OPTIONS, optionName(option));

/** Returns the name of a security option in its normal form. */
export const optionName = (option: string): string => splitAtEquals(option)[0];

/** True for the option that every container has. */
export const isUsualOption = (value: string): boolean => securityOption(value) === 'no-new-privileges=true';

/** True for an option that names a file with a profile, which is read where the command is typed. */
export const isProfileFile = (value: string): boolean => /^seccomp[=:](?!(?:unconfined|builtin)$)/.test(value);

/** Returns why no definition can have a security option, or undefined. */
export function securityOptionRefusal(value: string): string | undefined {
  const [name, own = ''] = splitAtEquals(securityOption(value));
  const allowed = name === 'label' ? LABEL : Object.hasOwn(SINGLE_OPTIONS, name) ? SINGLE_OPTIONS[name] : undefined;
  if (allowed === undefined) {
    const names = ['label', ...Object.keys(SINGLE_OPTIONS)].join(', ');
    return `${JSON.stringify(value)} is not a security option; write one of ${names}`;
  }
  if (allowed.test(own)) return undefined;
  return name === 'seccomp'
    ? `${JSON.stringify(value)}: profiles of one's own can't be passed on; write seccomp=unconfined or seccomp=builtin`
    : `${JSON.stringify(own)} is not a value of ${name}; write for example ${EXAMPLES[name]}`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  'no-new-privileges': 'no-new-privileges=false',
  apparmor: 'apparmor=unconfined',
  systempaths: 'systempaths=unconfined',
  label: 'label=disable or label=type:svirt_apache_t',
};
