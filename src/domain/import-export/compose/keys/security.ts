/** Keys for capabilities, namespaces and privileges. */

import { type Fates, lacking, sets, taken, WINDOWS } from './key.js';

const NO_NAMESPACES = "containers can't share namespaces: remove it";

/** Keys of privileges, namespaces and devices. */
export const SECURITY_KEYS: Fates = {
  privileged: sets({ is: 'switch', field: 'privileged' }),
  cap_add: sets({ is: 'texts', field: 'capAdd' }),
  cap_drop: sets({ is: 'texts', field: 'capDrop' }),
  security_opt: sets({ is: 'options', field: 'securityOpt' }),
  use_api_socket: lacking("containers don't get the engine's socket: remove it"),
  cgroup: lacking(NO_NAMESPACES, 'private'),
  cgroup_parent: lacking(NO_NAMESPACES),
  ipc: sets({ is: 'namespace', field: 'ipcMode' }),
  pid: sets({ is: 'namespace', field: 'pidMode' }),
  userns_mode: sets({ is: 'namespace', field: 'usernsMode' }),
  uts: sets({ is: 'namespace', field: 'utsMode' }),
  isolation: lacking(WINDOWS, 'default'),
  credential_spec: lacking(WINDOWS),
  devices: sets({ is: 'devices', field: 'devices' }),
  device_cgroup_rules: sets({ is: 'texts', field: 'deviceCgroupRules' }),
  gpus: taken,
};
