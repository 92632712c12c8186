/** Keys of what a service may do. */

import { type Fates, lacking, NO_DEVICES, WINDOWS } from './key.js';

const NO_PRIVILEGES = "containers can't get additional privileges: remove it";
const NO_NAMESPACES = "containers can't share namespaces: remove it";

/** Keys of privileges, namespaces and devices. */
export const SECURITY_KEYS: Fates = {
  privileged: lacking(NO_PRIVILEGES),
  cap_add: lacking(NO_PRIVILEGES),
  cap_drop: lacking("definitions can't drop capabilities: run the process as another user (user)"),
  security_opt: lacking(
    'every container has no-new-privileges and no other option: remove it',
    ...['no-new-privileges', 'no-new-privileges:true', 'no-new-privileges=true'],
  ),
  use_api_socket: lacking("containers don't get the engine's socket: remove it"),
  cgroup: lacking(NO_NAMESPACES, 'private'),
  cgroup_parent: lacking(NO_NAMESPACES),
  ipc: lacking(NO_NAMESPACES, 'private', 'shareable'),
  pid: lacking(NO_NAMESPACES),
  userns_mode: lacking(NO_NAMESPACES),
  uts: lacking(NO_NAMESPACES),
  isolation: lacking(WINDOWS, 'default'),
  credential_spec: lacking(WINDOWS),
  devices: lacking(NO_DEVICES),
  device_cgroup_rules: lacking(NO_DEVICES),
  gpus: lacking(NO_DEVICES),
};
