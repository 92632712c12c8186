import { type EngineFields, plain } from './field.js';

/** Fields of the process. */
export const PROCESS = {
  domainname: plain('Config', 'Domainname'),
  groupAdd: plain('HostConfig', 'GroupAdd'),
  init: plain('HostConfig', 'Init'),
  tty: plain('Config', 'Tty'),
  stdinOpen: plain('Config', 'OpenStdin'),
  readOnly: plain('HostConfig', 'ReadonlyRootfs'),
} as const satisfies EngineFields;
