import { capability } from '../../../domain/docker/option-values.js';
import { type EngineField, type EngineFields, isEmpty, plain } from './field.js';

interface RawDevice {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
}

/** Newer engines report capabilities with their prefix. */
const capabilities = <F extends 'capAdd' | 'capDrop'>(name: string): EngineField<F> => ({
  part: 'HostConfig',
  name,
  write: (names) => names,
  read: (value) => (isEmpty(value) ? undefined : (value as readonly string[]).map(capability)),
});

/** Fields for capabilities, namespaces and devices. */
export const SECURITY = {
  capDrop: capabilities('CapDrop'),
  capAdd: capabilities('CapAdd'),
  devices: {
    part: 'HostConfig',
    name: 'Devices',
    write: (devices) =>
      devices.map((device): RawDevice => {
        const [PathOnHost = '', PathInContainer = '', CgroupPermissions = ''] = device.split(':');
        return { PathOnHost, PathInContainer, CgroupPermissions };
      }),
    read: (value) =>
      isEmpty(value)
        ? undefined
        : (value as readonly RawDevice[]).map(
            ({ PathOnHost, PathInContainer, CgroupPermissions }) =>
              `${PathOnHost}:${PathInContainer}:${CgroupPermissions}`,
          ),
  },
  deviceCgroupRules: plain('HostConfig', 'DeviceCgroupRules'),
  pidMode: plain('HostConfig', 'PidMode'),
  ipcMode: plain('HostConfig', 'IpcMode', (value) => value === 'private' || value === 'shareable'),
  utsMode: plain('HostConfig', 'UTSMode'),
  usernsMode: plain('HostConfig', 'UsernsMode'),
  oomScoreAdj: plain('HostConfig', 'OomScoreAdj'),
} as const satisfies EngineFields;
