/** Flags for capabilities and namespaces. */

import { type Flag, lacking, list, sets, WINDOWS } from './flag.js';

const NO_PRIVILEGES = "containers can't get additional privileges: remove it";
const NO_NAMESPACES = "containers can't share namespaces: remove it";

export const SECURITY_FLAGS: readonly Flag[] = [
  lacking('privileged', 'nothing', NO_PRIVILEGES),
  sets('cap-add', 'text', { is: 'texts', field: 'capAdd' }, list),
  sets('cap-drop', 'text', { is: 'texts', field: 'capDrop' }, list),
  lacking('security-opt', 'text', 'every container has no-new-privileges and no other option: remove it', {
    isList: true,
    usual: ['no-new-privileges', 'no-new-privileges=true', 'no-new-privileges:true'],
  }),
  lacking('use-api-socket', 'nothing', "containers don't get the engine's socket: remove it"),
  lacking('cgroupns', 'text', NO_NAMESPACES, { harmless: ['private'] }),
  lacking('cgroup-parent', 'text', 'the engine has one control group for its containers: remove it'),
  sets('ipc', 'text', { is: 'namespace', field: 'ipcMode' }),
  sets('pid', 'text', { is: 'namespace', field: 'pidMode' }),
  sets('userns', 'text', { is: 'namespace', field: 'usernsMode' }),
  sets('uts', 'text', { is: 'namespace', field: 'utsMode' }),
  lacking('isolation', 'text', WINDOWS, { usual: ['', 'default'] }),
];
