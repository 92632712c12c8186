import { capability, USUAL_RUNTIMES } from '../../../domain/docker/option-values.js';
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

/** Returns true for requests that a definition can have: each with the capabilities of one alternative. */
export const isExpressible = (requests: unknown): boolean =>
  isEmpty(requests) ||
  (requests as readonly RawRequest[]).every(({ Capabilities }) => (Capabilities ?? []).length <= 1);

interface RawRequest {
  readonly Driver?: string;
  readonly Count?: number;
  readonly DeviceIDs?: readonly string[] | null;
  readonly Capabilities?: readonly (readonly string[])[] | null;
  readonly Options?: Readonly<Record<string, string>> | null;
}

const deviceRequests: EngineField<'deviceRequests'> = {
  part: 'HostConfig',
  name: 'DeviceRequests',
  write: (requests) =>
    requests.map(
      ({ driver = '', count = 0, deviceIds, capabilities, options }): RawRequest => ({
        ...{ Driver: driver, Count: count },
        ...(deviceIds && { DeviceIDs: deviceIds }),
        ...(capabilities.length > 0 && { Capabilities: [capabilities] }),
        ...(options && { Options: options }),
      }),
    ),
  read: (value) =>
    isEmpty(value) || !isExpressible(value)
      ? undefined
      : (value as readonly RawRequest[]).map(({ Driver, Count, DeviceIDs, Capabilities, Options }) => ({
          ...(Driver && { driver: Driver }),
          ...(isEmpty(DeviceIDs) ? { count: Count ?? 0 } : { deviceIds: DeviceIDs ?? [] }),
          capabilities: Capabilities?.[0] ?? [],
          ...(!isEmpty(Options) && { options: Options ?? {} }),
        })),
};

/** Fields for privileges, capabilities, namespaces and devices. */
export const SECURITY = {
  privileged: plain('HostConfig', 'Privileged'),
  deviceRequests,
  runtime: plain('HostConfig', 'Runtime', (value) => USUAL_RUNTIMES.has(String(value))),
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
