/** Fields for capabilities, namespaces and devices of the host. */

import { Type } from 'typebox';
import { type Fields, optional, text, texts } from './field.js';

const name = (entry: string): string => entry;

export const SECURITY_FIELDS = {
  capDrop: optional(texts('--cap-drop: capabilities that it lacks; ALL for every one.', ['ALL'], 64), {
    applies: 'replace',
    default: [],
    sortedBy: name,
  }),
  capAdd: optional(texts('--cap-add: additional capabilities, each as the policy lists it.', ['NET_ADMIN'], 64), {
    applies: 'replace',
    default: [],
    sortedBy: name,
    policy: 'capabilities',
  }),
  devices: optional(
    texts('--device: devices of the host that the policy lists, as source:target:rwm.', ['/dev/snd:/dev/snd:rwm'], 256),
    { applies: 'replace', default: [], policy: 'devices' },
  ),
  deviceCgroupRules: optional(
    texts('--device-cgroup-rule: devices that it may create, each as the policy lists it.', ['c 10:200 rwm'], 256),
    { applies: 'replace', default: [], sortedBy: name, policy: 'devices' },
  ),
  pidMode: optional(text("--pid: host for the host's processes, if the policy allows it.", 'host'), {
    applies: 'replace',
    policy: 'hostNamespaces',
  }),
  ipcMode: optional(text("--ipc: none, or host for the host's shared memory, if the policy allows it.", 'none'), {
    applies: 'replace',
    policy: 'hostNamespaces',
  }),
  utsMode: optional(text("--uts: host for the host's names, if the policy allows it.", 'host'), {
    applies: 'replace',
    policy: 'hostNamespaces',
  }),
  usernsMode: optional(text("--userns: host for the host's users, if the policy allows it.", 'host'), {
    applies: 'replace',
    policy: 'hostNamespaces',
  }),
  oomScoreAdj: optional(
    Type.Integer({
      default: 0,
      description:
        '--oom-score-adj: from -1000 to 1000; a higher score is killed earlier. The policy limits lower ones.',
      examples: [500],
    }),
    { applies: 'replace', policy: 'oomScoreAdj' },
  ),
} as const satisfies Fields;
