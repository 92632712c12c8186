/** Flags of what a container may do: capabilities, namespaces. */

import { type Flag, lacking, list, WINDOWS } from './flag.js';

const NO_PRIVILEGES = "containers can't get additional privileges: remove it";
const NO_NAMESPACES = "containers can't share namespaces: remove it";

export const SECURITY_FLAGS: readonly Flag[] = [
  lacking('privileged', 'nothing', NO_PRIVILEGES),
  lacking('cap-add', 'text', NO_PRIVILEGES, list),
  lacking('cap-drop', 'text', "definitions can't drop capabilities: run the process as another user (--user)", list),
  lacking('security-opt', 'text', 'every container has no-new-privileges and no other option: remove it', {
    isList: true,
    usual: ['no-new-privileges', 'no-new-privileges=true', 'no-new-privileges:true'],
  }),
  lacking('use-api-socket', 'nothing', "containers don't get the engine's socket: remove it"),
  lacking('cgroupns', 'text', NO_NAMESPACES, { harmless: ['private'] }),
  lacking('cgroup-parent', 'text', 'the engine has one control group for its containers: remove it'),
  lacking('ipc', 'text', NO_NAMESPACES, { usual: ['', 'private'], harmless: ['shareable'] }),
  lacking('pid', 'text', NO_NAMESPACES),
  lacking('userns', 'text', NO_NAMESPACES),
  lacking('uts', 'text', NO_NAMESPACES),
  lacking('isolation', 'text', WINDOWS, { usual: ['', 'default'] }),
];
