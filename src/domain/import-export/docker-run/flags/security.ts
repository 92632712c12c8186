/** Flags for privileges, capabilities and namespaces. */

import { becomes, type Flag, lacking, list, sets, WINDOWS } from './flag.js';

const NO_NAMESPACES = "containers can't share namespaces: remove it";

export const SECURITY_FLAGS: readonly Flag[] = [
  sets('privileged', 'nothing', { is: 'switch', field: 'privileged' }),
  sets('cap-add', 'text', { is: 'texts', field: 'capAdd' }, list),
  sets('cap-drop', 'text', { is: 'texts', field: 'capDrop' }, list),
  becomes('security-opt', 'text', 'securityOption', list),
  lacking('use-api-socket', 'nothing', "containers don't get the engine's socket: remove it"),
  lacking('cgroupns', 'text', NO_NAMESPACES, { harmless: ['private'] }),
  lacking('cgroup-parent', 'text', 'the engine has one control group for its containers: remove it'),
  sets('ipc', 'text', { is: 'namespace', field: 'ipcMode' }),
  sets('pid', 'text', { is: 'namespace', field: 'pidMode' }),
  sets('userns', 'text', { is: 'namespace', field: 'usernsMode' }),
  sets('uts', 'text', { is: 'namespace', field: 'utsMode' }),
  lacking('isolation', 'text', WINDOWS, { usual: ['', 'default'] }),
];
