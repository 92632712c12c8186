/** Fields for capabilities, namespaces and devices of the host. */

import { Type } from 'typebox';
import { closed, textMap } from '../../../lib/schema.js';
import { type Fields, flag, optional, text, texts } from './field.js';

const name = (entry: string): string => entry;

/** The driver of the Container Device Interface, which knows devices by their names alone. */
export const CDI = 'cdi';

/** Most devices or capabilities of one request. */
const MAX_REQUESTED = 64;

const requestFields = {
  driver: Type.Optional(
    Type.String({ description: 'Driver that provides the devices. Absent: the engine picks one.' }),
  ),
  count: Type.Optional(Type.Integer({ description: 'Number of devices; -1 for all. Not together with deviceIds.' })),
  deviceIds: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: MAX_REQUESTED,
      description: 'Devices by the names that the driver has for them.',
    }),
  ),
  options: Type.Optional(textMap('Options of the driver.')),
};
const WrittenDeviceRequest = Type.Object(
  {
    ...requestFields,
    capabilities: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: MAX_REQUESTED,
        description: 'Capabilities that the devices must have. By default gpu; none with the driver cdi.',
      }),
    ),
  },
  { ...closed, description: 'One --gpus: devices that a driver of the engine provides.' },
);
const StoredDeviceRequest = Type.Object({ ...requestFields, capabilities: Type.Array(Type.String()) }, closed);

export const SECURITY_FIELDS = {
  privileged: optional(
    flag('--privileged: all capabilities and devices of the host, so root access to it, if the policy allows it.'),
    { applies: 'replace', policy: 'privileged' },
  ),
  securityOpt: optional(
    texts(
      '--security-opt: options that the policy lists, as name=value. Every container has no-new-privileges=true without it.',
      ['seccomp=unconfined'],
      32,
    ),
    { applies: 'replace', default: [], sortedBy: name, policy: 'securityOptions' },
  ),
  deviceRequests: optional(
    Type.Array(WrittenDeviceRequest, {
      maxItems: MAX_REQUESTED,
      description: '--gpus: devices that a driver of the engine provides, such as GPUs, if the policy lists them.',
      examples: [[{ count: -1, capabilities: ['gpu'] }]],
    }),
    { applies: 'replace', default: [], policy: 'deviceRequests' },
    { stored: Type.Array(StoredDeviceRequest) },
  ),
  runtime: optional(
    text("--runtime: a runtime of the engine that the policy lists. Absent, or runc: the engine's default.", 'nvidia'),
    { applies: 'replace', policy: 'runtimes' },
  ),
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
