/**
 * Limits on what a definition may request: Berth's security boundary, since anyone who may create any container is root
 * on its host.
 */

import { listed } from '../../lib/sentence.js';
import type { DeviceRequest, FieldsWith, Link, PortMapping, Spec, VolumeMount } from '../definition/definition.js';
import type { PolicySwitch } from '../definition/fields/field.js';
import { DEFAULT_LOG_DRIVER } from '../definition/fields/health.js';
import { MAX_RETRIES } from '../definition/fields/job.js';
import { UNLIMITED } from '../definition/fields/limits.js';
import { CDI } from '../definition/fields/security.js';
import { type DriverReach, driverReach } from '../definition/storage/driver-reach.js';
import { isVolumeName } from '../definition/storage/paths.js';
import { isNamespacedSysctl } from '../docker/option-values.js';
import { parseImageRef } from '../images/image-ref.js';
import { registryHost } from '../images/registry-host.js';
import { shortestInterval } from '../jobs/cron.js';
import { canonicalIp, isLoopback } from '../ports/ip.js';
import { formatPortMapping } from '../ports/parse.js';
import { type FieldFault, pointer } from '../problems/result.js';
import { allowingEntry } from './host-paths.js';

export interface Policy extends Readonly<Record<PolicySwitch, unknown>> {
  /** Host addresses that ports may be published on. A list has canonical addresses; an empty one allows none. */
  readonly publish: 'any' | 'loopback' | readonly string[];
  readonly images: {
    /**
     * Registries that images may come from, as `host[:port]`. `any`, alone or beside others in a list, is every registry
     * with a name: addresses and this host's own names have to be listed all the same.
     */
    readonly registries: 'any' | readonly string[];
  };
  /** Paths of the host that may be mounted: these exactly, and with `/**` at the end everything below them. */
  readonly hostPaths: readonly string[];
  /** True if host paths may have the propagation `shared`: mounts of the container appear on the host. */
  readonly sharedMounts: boolean;
  /** Volume drivers beside `local`, and file systems that it may mount: `local:nfs`. */
  readonly volumeDrivers: readonly string[];
  /** Directory with a directory for each project, by which imports resolve relative paths; null: none. */
  readonly projectDirectory: string | null;
  /** Environment that links may hand on from their source: everything, or none of its own. */
  readonly linkEnv: 'all' | 'address';
  /** Log drivers beside those that keep the log on the engine or drop it. */
  readonly logDrivers: readonly string[];
  /** Capabilities that may be added, by name; `ALL` stands for every one only where that is added. */
  readonly capabilities: readonly string[];
  /** Devices of the host: paths of those that may be passed on, and rules of those that may be created. */
  readonly devices: readonly string[];
  /** Namespaces of the host that a container may share. */
  readonly hostNamespaces: readonly HostNamespace[];
  /** The lowest score of the kernel's OOM killer that a container may have. */
  readonly oomScoreAdj: number;
  /** True if containers may be privileged. */
  readonly privileged: boolean;
  /** Options of `securityOpt`, each as `name=value`. */
  readonly securityOptions: readonly string[];
  /** Kernel settings, by name, beyond those of a container's own namespaces. */
  readonly sysctls: readonly string[];
  /** True if containers may have any number of processes and threads. */
  readonly unlimitedPids: boolean;
  /** Capabilities, one of which a device request must have, and names of CDI devices. */
  readonly deviceRequests: readonly string[];
  /** Addresses and subnets that webhooks may be sent to beside public and private ones. */
  readonly webhookTargets: readonly string[];
  /** Runtimes of the engine beside its default. */
  readonly runtimes: readonly string[];
  readonly jobs: {
    /** Most retries of a run. */
    readonly maxRetries: number;
    /** Shortest time between two scheduled runs, in seconds. */
    readonly minIntervalSeconds: number;
  };
}

export const HOST_NAMESPACES = ['pid', 'ipc', 'uts', 'userns', 'network'] as const;
export type HostNamespace = (typeof HOST_NAMESPACES)[number];

/** Policy when none is configured: what Docker's own command line allows, except access to the host's paths. */
export const DEFAULT_POLICY: Policy = {
  publish: 'any',
  images: { registries: 'any' },
  hostPaths: [],
  sharedMounts: false,
  volumeDrivers: [],
  projectDirectory: null,
  linkEnv: 'all',
  logDrivers: [],
  capabilities: [],
  devices: [],
  hostNamespaces: [],
  oomScoreAdj: 0,
  privileged: false,
  securityOptions: [],
  sysctls: [],
  unlimitedPids: false,
  deviceRequests: [],
  webhookTargets: [],
  runtimes: [],
  jobs: { maxRetries: MAX_RETRIES, minIntervalSeconds: 60 },
};

/** Everything that a policy refuses of a definition, each with what to write instead. Pointers are into the spec. */
export function policyFaults(spec: Spec, policy: Policy): readonly FieldFault[] {
  return Object.values(REFUSALS).flatMap((refuse) => refuse(spec, policy));
}

/** One for each field that has a switch of the policy. */
const REFUSALS: Readonly<
  Record<FieldsWith<{ readonly policy: PolicySwitch }>, (spec: Spec, policy: Policy) => readonly FieldFault[]>
> = {
  image: ({ image }, policy) => at('/image', imageRefusal(image, policy)),
  publishAll: (spec, policy) => at('/publishAll', publishAllRefusal(spec, policy)),
  ports: ({ ports }, policy) => ports.flatMap((port, index) => at(pointer('ports', index), portRefusal(port, policy))),
  links: ({ links }, policy) =>
    links.flatMap((link, index) => at(pointer('links', index, 'env'), linkRefusal(link, policy))),
  volumes: ({ volumes }, policy) =>
    volumes.flatMap((volume, index) => [
      ...at(pointer('volumes', index, 'volume'), pathRefusal(volume, policy)),
      ...at(pointer('volumes', index, 'propagation'), propagationRefusal(volume, policy)),
      ...driverRefusal(volume, policy, index),
    ]),
  resources: ({ resources: { pids } }, { unlimitedPids }) =>
    at('/resources/pids', pids === UNLIMITED && !unlimitedPids ? NEEDS_PIDS : undefined),
  sysctls: ({ sysctls = {} }, policy) =>
    Object.keys(sysctls)
      .filter((key) => !isNamespacedSysctl(key))
      .flatMap((key) =>
        at(pointer('sysctls', key), unlisted(key, policy.sysctls, `the host's setting ${key}`, 'sysctls')),
      ),
  privileged: ({ privileged = false }, policy) =>
    at('/privileged', privileged && !policy.privileged ? NEEDS_PRIVILEGED : undefined),
  securityOpt: ({ securityOpt = [] }, { securityOptions }) =>
    securityOpt.flatMap((option, index) =>
      at(pointer('securityOpt', index), unlisted(option, securityOptions, `the option ${option}`, 'securityOptions')),
    ),
  deviceRequests: ({ deviceRequests = [] }, policy) =>
    deviceRequests.flatMap((request, index) => requestRefusals(request, index, policy)),
  runtime: ({ runtime }, { runtimes }) =>
    at(
      '/runtime',
      runtime === undefined ? undefined : unlisted(runtime, runtimes, `the runtime ${runtime}`, 'runtimes'),
    ),
  logDriver: ({ logDriver = DEFAULT_LOG_DRIVER }, { logDrivers }) =>
    at(
      '/logDriver',
      LOGS_HERE.has(logDriver)
        ? undefined
        : unlisted(logDriver, logDrivers, `the log driver ${JSON.stringify(logDriver)}`, 'logDrivers'),
    ),
  capAdd: ({ capAdd = [] }, { capabilities }) =>
    capAdd.flatMap((name, index) =>
      at(pointer('capAdd', index), unlisted(name, capabilities, `the capability ${name}`, 'capabilities')),
    ),
  devices: ({ devices = [] }, policy) =>
    devices.flatMap((device, index) => {
      const [path = ''] = device.split(':');
      return at(pointer('devices', index), unlisted(path, policy.devices, `the host's device ${path}`, 'devices'));
    }),
  deviceCgroupRules: ({ deviceCgroupRules = [] }, { devices }) =>
    deviceCgroupRules.flatMap((rule, index) =>
      at(pointer('deviceCgroupRules', index), unlisted(rule, devices, `the rule ${JSON.stringify(rule)}`, 'devices')),
    ),
  network: ({ network }, policy) => at('/network', namespaceRefusal('network', network, policy)),
  pidMode: ({ pidMode }, policy) => at('/pidMode', namespaceRefusal('pid', pidMode, policy)),
  ipcMode: ({ ipcMode }, policy) => at('/ipcMode', namespaceRefusal('ipc', ipcMode, policy)),
  utsMode: ({ utsMode }, policy) => at('/utsMode', namespaceRefusal('uts', utsMode, policy)),
  usernsMode: ({ usernsMode }, policy) => at('/usernsMode', namespaceRefusal('userns', usernsMode, policy)),
  oomScoreAdj: ({ oomScoreAdj = 0 }, { oomScoreAdj: lowest }) =>
    at(
      '/oomScoreAdj',
      oomScoreAdj >= lowest
        ? undefined
        : `${oomScoreAdj} spares the container before processes of the host; write at least ${lowest}, or have oomScoreAdj lowered in the policy`,
    ),
  retries: ({ retries = 0 }, { jobs: { maxRetries } }) =>
    at(
      '/retries',
      retries <= maxRetries
        ? undefined
        : `the policy allows at most ${maxRetries} retries; write fewer, or have jobs.maxRetries raised in the policy`,
    ),
  schedule: ({ schedule }, { jobs: { minIntervalSeconds: least } }) =>
    at(
      '/schedule/cron',
      // No expression comes more often than once a minute.
      schedule === undefined || least <= 60 || shortestInterval(schedule) >= least
        ? undefined
        : `runs more often than every ${least} seconds; write longer intervals, or have jobs.minIntervalSeconds lowered in the policy`,
    ),
};

/** Log drivers that send nothing away. */
const LOGS_HERE: ReadonlySet<string> = new Set([DEFAULT_LOG_DRIVER, 'local', 'none']);

const ANY = ['any'] as const;

/**
 * Returns the reason why an image is refused; undefined if it is allowed. @param reference one that `parseImageRef`
 * takes
 */
export function imageRefusal(reference: string, { images: { registries } }: Policy): string | undefined {
  const list = registries === 'any' ? ANY : registries;
  const takesNames = setOf(list).has('any');
  if (IMAGE_ID.test(reference)) {
    return takesNames ? undefined : `${reference} could be an image id, which doesn't name a registry; write path:tag`;
  }
  const parsed = parseImageRef(reference);
  const registry = parsed.ok ? parsed.value.registry : reference;
  const { key, kind } = registryHost(registry);
  if (keysOf(list).has(key)) return undefined;
  if (takesNames && kind === 'name') return undefined;
  const names = list.filter((one) => one !== 'any');
  const instead = takesNames ? 'a registry with a name' : listed(names);
  const what = kind === 'name' ? 'which is not listed' : 'which is an address: addresses must be listed';
  const hint = instead === '' ? 'no registry is allowed' : `use an image from ${instead}`;
  return `the image comes from ${registry}, ${what}; ${hint}, or have ${key} added to images.registries in the policy`;
}

/** Indexes the lists of a policy: thousands of entries may be compared with thousands of definitions. */
const setOf = perList((list) => new Set(list));
const keysOf = perList((list) => new Set(list.filter((one) => one !== 'any').map((one) => registryHost(one).key)));

function perList(make: (list: readonly string[]) => ReadonlySet<string>) {
  const made = new WeakMap<readonly string[], ReadonlySet<string>>();
  return (list: readonly string[]): ReadonlySet<string> => {
    const known = made.get(list) ?? make(list);
    made.set(list, known);
    return known;
  };
}

/**
 * Texts that engines accept as an image's id when no image has that name. Rule: moby, `ImageService.GetImage`, which
 * then searches the ids, also by a prefix.
 */
const IMAGE_ID = /^(?:sha256:)?[a-f0-9]{1,64}$/;

function publishAllRefusal({ publishAll }: Spec, { publish }: Policy): string | undefined {
  if (!publishAll || publish === 'any') return undefined;
  const example = exampleAddress(publish);
  const hint =
    example === undefined ? 'leave it out' : `list each port under ports instead, for example ${joinExample(example)}`;
  return `publishes on all interfaces, but ports may be published ${allowed(publish)}; ${hint}`;
}

function portRefusal(port: PortMapping, { publish }: Policy): string | undefined {
  if (publish === 'any') return undefined;
  const { hostIp } = port;
  if (hostIp !== undefined && mayPublishOn(hostIp, publish)) return undefined;
  const example = exampleAddress(publish);
  const hint = example === undefined ? 'leave it out' : `write ${formatPortMapping({ ...port, hostIp: example })}`;
  return `publishes on ${hostIp ?? 'all interfaces'}, but ports may be published ${allowed(publish)}; ${hint}`;
}

function mayPublishOn(hostIp: string, publish: Exclude<Policy['publish'], 'any'>): boolean {
  return publish === 'loopback' ? isLoopback(hostIp) : setOf(publish).has(canonicalIp(hostIp) ?? hostIp);
}

const exampleAddress = (publish: Exclude<Policy['publish'], 'any'>): string | undefined =>
  publish === 'loopback' ? '127.0.0.1' : publish[0];

const joinExample = (hostIp: string): string => formatPortMapping({ hostIp, containerPort: 80, protocol: 'tcp' });

function allowed(publish: Exclude<Policy['publish'], 'any'>): string {
  if (publish === 'loopback') return 'on loopback only';
  return publish.length === 0 ? 'nowhere' : `only on ${listed(publish)}`;
}

function linkRefusal({ container, env }: Link, { linkEnv }: Policy): string | undefined {
  if (env !== 'all' || linkEnv === 'all') return undefined;
  return `passes on the environment of ${container}, including its secrets, which the policy forbids; write "env": "address"`;
}

function propagationRefusal({ propagation }: VolumeMount, { sharedMounts }: Policy): string | undefined {
  if (sharedMounts || (propagation !== 'shared' && propagation !== 'rshared')) return undefined;
  return `with ${propagation}, mounts that the container makes appear on the host, which the policy forbids; write rslave, or have sharedMounts set in the policy`;
}

function driverRefusal(mount: VolumeMount, policy: Policy, index: number): readonly FieldFault[] {
  const reach = driverReach(mount);
  const isPath = reach.kind === 'path';
  const part = isPath || mount.driver === undefined ? ['driverOptions', isPath ? 'device' : 'type'] : ['driver'];
  return at(pointer('volumes', index, ...part), reachRefusal(reach, policy));
}

/** Returns why a volume with this reach may not be mounted; undefined if it may. */
export function reachRefusal(reach: DriverReach, { hostPaths, volumeDrivers }: Policy): string | undefined {
  if (reach.kind === 'storage') return undefined;
  if (reach.kind === 'path') {
    return allowingEntry(reach.path, hostPaths) === undefined ? unlistedPath(reach.path) : undefined;
  }
  return unlisted(reach.name, volumeDrivers, `the volume driver ${reach.name}`, 'volumeDrivers');
}

function pathRefusal({ volume }: VolumeMount, { hostPaths }: Policy): string | undefined {
  if (isVolumeName(volume) || allowingEntry(volume, hostPaths) !== undefined) return undefined;
  return unlistedPath(volume);
}

function unlistedPath(path: string): string {
  const hint = 'mount a named volume, or have this path, or a directory above it with /**, added to hostPaths';
  return `the host path ${JSON.stringify(path)} is not in the policy's list; ${hint} in the policy`;
}

const NEEDS_PIDS =
  'any number of processes can exhaust the host; write a limit, or have unlimitedPids set to true in the policy';
const NEEDS_PRIVILEGED =
  'a privileged container is root on the host; leave it out, or have privileged set to true in the policy';

/** Devices with a listed capability are allowed, and those of CDI that are listed by their names. */
function requestRefusals(
  { driver, deviceIds = [], capabilities }: DeviceRequest,
  index: number,
  { deviceRequests }: Policy,
): readonly FieldFault[] {
  const place = pointer('deviceRequests', index);
  if (driver === CDI) {
    return deviceIds.flatMap((id, device) =>
      at(`${place}/deviceIds/${device}`, unlisted(id, deviceRequests, `the device ${id}`, 'deviceRequests')),
    );
  }
  if (capabilities.some((one) => setOf(deviceRequests).has(one))) return [];
  const [first = 'gpu'] = capabilities;
  return at(place, unlisted(first, deviceRequests, `the capability ${listed(capabilities)}`, 'deviceRequests'));
}

function unlisted(value: string, list: readonly string[], what: string, key: string): string | undefined {
  if (setOf(list).has(value)) return undefined;
  return `${what} is not in the policy's list; leave it out, or have ${JSON.stringify(value)} added to ${key} in the policy`;
}

function namespaceRefusal(namespace: HostNamespace, mode: string | undefined, policy: Policy): string | undefined {
  if (mode !== 'host' || policy.hostNamespaces.includes(namespace)) return undefined;
  return `shares the ${namespace} namespace of the host, which the policy forbids; leave it out, or have ${JSON.stringify(namespace)} added to hostNamespaces in the policy`;
}

const at = (place: string, message: string | undefined): readonly FieldFault[] =>
  message === undefined ? [] : [{ pointer: place, message }];
