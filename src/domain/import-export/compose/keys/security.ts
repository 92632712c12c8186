/** Keys for capabilities, namespaces and privileges. */

import { type Fates, lacking, NO_DEVICES, sets, WINDOWS } from './key.js';

const NO_PRIVILEGES = "containers can't get additional privileges: remove it";
const NO_NAMESPACES = "containers can't share namespaces: remove it";

/** Keys of privileges, namespaces and devices. */
export const SECURITY_KEYS: Fates = {
  privileged: lacking(NO_PRIVILEGES),
  cap_add: sets({ is: 'texts', field: 'capAdd' }),
  cap_drop: sets({ is: 'texts', field: 'capDrop' }),
  security_opt: lacking(
    'every container has no-new-privileges and no other option: remove it',
    ...['no-new-privileges', 'no-new-privileges:true', 'no-new-privileges=true'],
  ),
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
  gpus: lacking(NO_DEVICES),
};
