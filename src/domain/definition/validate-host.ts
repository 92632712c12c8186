/** Checks a definition's place on the host: network, volumes, labels, resources. */

import { capability, device, extraHost, USUAL_RUNTIMES, ulimit, valueFault } from '../docker/option-values.js';
import { platformName } from '../docker/platforms.js';
import { aliasFaults, NETWORK_RULES } from '../networks/attachments.js';
import { networkModeFaults, networkOwner } from '../networks/network-mode.js';
import { isUserDefined } from '../networks/networked.js';
import { type FieldFault, type Part, pointer } from '../problems/result.js';
import { checked, type DefinitionInput, type FieldName, type Rules } from './definition.js';
import { DEFAULT_PIDS, DEFAULT_SHM_BYTES, UNLIMITED } from './fields/limits.js';
import { CONTAINER_NAME_RULE, isContainerName } from './names.js';
import { unprintable } from './printable.js';
import { cleanPath, RESTRICTED_NAME } from './storage/paths.js';

/** Labels that begin so are Berth's own: they say which containers are ours. */
const OWNER_LABEL_PREFIX = 'io.berth.';

/** Names by which the engine means another network. */
const RESERVED_NETWORKS: ReadonlySet<string> = new Set(['default', 'nat']);
/** moby, `linuxMinMemory`. */
const MIN_MEMORY_BYTES = 6 * 1024 * 1024;
/** Kernel: a CFS quota is at least 1 ms, the engine's period is 100 ms. */
const MIN_CPUS = 0.01;
/** Kernel: `PID_MAX_LIMIT`. */
const MAX_PIDS = 4_194_304;

/** Rules of the fields that say where a container is on its host. */
export const HOST_RULES = {
  network: checked((network, input) => [...networkFaults(network), ...networkModeFaults(network, input)]),
  networkAliases: checked((aliases, { network = 'bridge' }) => networkAliasFaults(aliases, network)),
  ...NETWORK_RULES,
  labels: checked(labelFaults),
  resources: (limits) => ({
    value: { ...limits, pids: limits.pids ?? DEFAULT_PIDS },
    faults: resourceFaults(limits),
  }),
  platform: (text) => ({
    value: text.trim() === '' ? undefined : platformName(text.trim()),
    faults: faultAt('/platform', valueFault('platform', text.trim())),
  }),
  runtime: (name) => ({
    value: name === '' || USUAL_RUNTIMES.has(name) ? undefined : name,
    faults: faultAt('/runtime', name === '' ? undefined : valueFault('runtime', name)),
  }),
  capDrop: asFlags('capDrop', 'cap-drop', capability),
  capAdd: asFlags('capAdd', 'cap-add', capability),
  devices: (devices) => {
    const { value, faults } = asFlags('devices', 'device', device)(devices);
    return { value: value.map(withCleanSource), faults: faults.length > 0 ? faults : deviceFaults(value) };
  },
  deviceCgroupRules: asFlags('deviceCgroupRules', 'device-cgroup-rule'),
  pidMode: asNamespace('pidMode', 'pid', ['host']),
  ipcMode: asNamespace('ipcMode', 'ipc', ['host', 'none'], ['private', 'shareable']),
  utsMode: (mode, { hostname, domainname }) => {
    const { value, faults } = asNamespace('utsMode', 'uts', ['host'])(mode);
    // Rule: moby, `validateContainerConfig`; the names would be given to the host.
    const hasNames = value === 'host' && (hostname !== undefined || domainname !== undefined);
    const message = "the host's names can't be changed; leave out hostname and domainname, or utsMode";
    return { value, faults: hasNames ? faultAt('/utsMode', message) : faults };
  },
  usernsMode: asNamespace('usernsMode', 'userns', ['host']),
  oomScoreAdj: checked((score) => faultAt('/oomScoreAdj', valueFault('oom-score-adj', String(score)))),
  extraHosts: asFlags('extraHosts', 'add-host', extraHost),
  dns: asFlags('dns', 'dns', (address) => address.trim()),
  dnsSearch: asFlags('dnsSearch', 'dns-search', (domain) => domain.trim()),
  dnsOptions: asFlags('dnsOptions', 'dns-option'),
  macAddress: asFlag('macAddress', 'mac-address'),
  memoryReservation: (bytes, { resources }) => ({
    value: orUnset(bytes),
    faults: faultAt('/memoryReservation', reservationFault(bytes, resources?.memoryBytes)),
  }),
  memorySwap: (bytes, { resources }) => ({
    value: bytes === usualSwap(resources?.memoryBytes) ? undefined : orUnset(bytes),
    faults: faultAt('/memorySwap', swapFault(bytes, resources?.memoryBytes)),
  }),
  cpuShares: (shares) => ({ value: orUnset(shares), faults: faultAt('/cpuShares', sharesFault(shares)) }),
  cpusetCpus: asFlag('cpusetCpus', 'cpuset-cpus'),
  cpusetMems: asFlag('cpusetMems', 'cpuset-mems'),
  blkioWeight: (weight) => ({
    value: orUnset(weight),
    faults: faultAt('/blkioWeight', valueFault('blkio-weight', String(weight))),
  }),
  shmSize: (bytes) => ({
    value: bytes === 0 ? DEFAULT_SHM_BYTES : bytes,
    faults: faultAt('/shmSize', isSize(bytes) ? undefined : 'shmSize must be a whole number of bytes, at least 0'),
  }),
  ulimits: (limits) => ({
    value: [...new Map(limits.map((one) => ulimit(one)).map((one) => [one.split('=', 1)[0], one])).values()],
    faults: asFlags('ulimits', 'ulimit')(limits).faults,
  }),
} satisfies Partial<Rules>;

/** Rule of a text that Docker checks as the value of a flag; an empty one is none. */
function asFlag(field: FieldName, flag: string): (value: string) => Part<string | undefined> {
  return (value) => ({
    value: value.trim() === '' ? undefined : value.trim(),
    faults: faultAt(pointer(field), valueFault(flag, value) ?? unprintable(value)),
  });
}

/** Rule of texts that Docker checks as the values of a flag. */
function asFlags(field: FieldName, flag: string, normal = (value: string): string => value) {
  return (values: readonly string[]): Part<readonly string[]> => ({
    value: values.map(normal),
    faults: values.flatMap((value, index) =>
      faultAt(pointer(field, index), valueFault(flag, value) ?? unprintable(value)),
    ),
  });
}

/**
 * Rule of a namespace. Those of other containers are refused: they would have to follow the other one.
 *
 * @param usual modes that every container has
 */
function asNamespace(field: FieldName, flag: string, modes: readonly string[], usual: readonly string[] = []) {
  return (mode: string): Part<string | undefined> => {
    const isUsual = mode === '' || usual.includes(mode);
    const message = `${JSON.stringify(mode)} is not supported for ${field}; write ${modes.join(' or ')}, or leave it out`;
    const fault = valueFault(flag, mode) ?? (isUsual || modes.includes(mode) ? undefined : message);
    return { value: isUsual ? undefined : mode, faults: faultAt(pointer(field), fault) };
  };
}

/** A device with its path on the host in the form in which the policy lists it. */
function withCleanSource(one: string): string {
  const [source = '', ...rest] = one.split(':');
  return [cleanPath(source), ...rest].join(':');
}

function deviceFaults(devices: readonly string[]): readonly FieldFault[] {
  return devices.flatMap((one, index) => {
    const [source = ''] = one.split(':');
    const isPath = source.startsWith('/') && !source.split('/').includes('..');
    const message = `${JSON.stringify(source)} is not a path of the host; write an absolute path without ..`;
    return faultAt(pointer('devices', index), isPath ? undefined : message);
  });
}

/** For the engine 0 is no value. */
const orUnset = (value: number): number | undefined => (value === 0 ? undefined : value);

const isSize = (bytes: number): boolean => Number.isSafeInteger(bytes) && bytes >= 0;

/** The swap that a container has if nobody says so. Rule: moby, `adaptContainerSettings`. */
const usualSwap = (memory: number | undefined): number => (memory === undefined ? -1 : memory * 2);

/** Rule: moby, `verifyPlatformContainerResources`. */
function reservationFault(bytes: number, memory: number | undefined): string | undefined {
  if (bytes === 0) return undefined;
  if (!isSize(bytes) || bytes < MIN_MEMORY_BYTES) {
    return `memoryReservation must be a whole number of bytes, at least ${MIN_MEMORY_BYTES} (6 MiB), the engine's minimum`;
  }
  return memory !== undefined && bytes > memory
    ? `memoryReservation can't be more than the limit of ${memory} in resources.memoryBytes; write less`
    : undefined;
}

/** Rule: moby, `verifyPlatformContainerResources`. */
function swapFault(bytes: number, memory: number | undefined): string | undefined {
  if (bytes === 0 || bytes === -1) return undefined;
  if (!isSize(bytes)) return 'memorySwap must be a whole number of bytes, or -1 for no limit';
  if (memory === undefined) return 'memorySwap is the total of memory and swap; set resources.memoryBytes too';
  return bytes < memory
    ? `memorySwap is the total of memory and swap, so it must be at least resources.memoryBytes, ${memory}`
    : undefined;
}

/** Rule: runc, which writes the shares into the cgroup. */
function sharesFault(shares: number): string | undefined {
  const isRight = shares === 0 || (Number.isInteger(shares) && shares >= 1 && shares <= 262_144);
  return isRight ? undefined : 'cpuShares must be a whole number from 1 to 262144';
}

/** Faults of `network`: the default bridge, or a user-defined network by its name. */
function networkFaults(network: string): readonly FieldFault[] {
  const owner = networkOwner(network);
  if (owner !== undefined) {
    const message = `${JSON.stringify(owner)} is not the name of a container: ${CONTAINER_NAME_RULE}`;
    return isContainerName(owner) ? [] : [{ pointer: '/network', message }];
  }
  if (RESERVED_NETWORKS.has(network)) {
    const message = `${JSON.stringify(network)} is not supported as a network; use "bridge", "host", "none", "container:NAME" or the name of a network`;
    return [{ pointer: '/network', message }];
  }
  if (RESTRICTED_NAME.test(network)) {
    return [];
  }
  const message = `${JSON.stringify(network)} is not a network name; write two or more letters, digits, underscores, dots or dashes, beginning with a letter or digit`;
  return [{ pointer: '/network', message }];
}

/**
 * Faults of `networkAliases`. Rule: moby, `network-scoped alias is supported only for containers in user defined
 * networks`; names are resolved without regard to case.
 */
function networkAliasFaults(aliases: readonly string[], network: string): readonly FieldFault[] {
  if (aliases.length > 0 && !isUserDefined(network)) {
    const where = network === 'bridge' ? 'the default bridge' : `the network ${network}`;
    const message = `${where} doesn't resolve names; set a user-defined network, or use a link's alias`;
    return [{ pointer: '/networkAliases', message }];
  }
  return aliasFaults(aliases, '/networkAliases');
}

/** Faults of `labels`. */
function labelFaults(labels: Readonly<Record<string, string>>): readonly FieldFault[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    faultAt(pointer('labels', key), labelFault(key) ?? unprintable(value)),
  );
}

/** Faults of `resources`. Rule: moby, `verifyPlatformContainerResources`, and what the kernel takes. */
function resourceFaults(resources: NonNullable<DefinitionInput['resources']>): readonly FieldFault[] {
  return [
    ...faultAt('/resources/memoryBytes', memoryFault(resources.memoryBytes)),
    ...faultAt('/resources/cpus', cpusFault(resources.cpus)),
    ...faultAt('/resources/pids', pidsFault(resources.pids)),
  ];
}

function faultAt(at: string, message: string | undefined): readonly FieldFault[] {
  return message === undefined ? [] : [{ pointer: at, message }];
}

function labelFault(key: string): string | undefined {
  if (key === '') {
    return "a label key can't be empty";
  }
  return key.startsWith(OWNER_LABEL_PREFIX)
    ? `labels that begin with ${OWNER_LABEL_PREFIX} are reserved for Berth; use another key`
    : unprintable(key);
}

function memoryFault(bytes: number | undefined): string | undefined {
  return bytes === undefined || (Number.isSafeInteger(bytes) && bytes >= MIN_MEMORY_BYTES)
    ? undefined
    : `memoryBytes must be a whole number of bytes, at least ${MIN_MEMORY_BYTES} (6 MiB), the engine's minimum`;
}

function cpusFault(cpus: number | undefined): string | undefined {
  return cpus === undefined || (Number.isFinite(cpus) && cpus >= MIN_CPUS && Number(cpus.toFixed(9)) === cpus)
    ? undefined
    : `cpus must be a number of at least ${MIN_CPUS} with at most 9 decimals, for example 0.5`;
}

function pidsFault(pids: number | undefined): string | undefined {
  return pids === undefined || pids === UNLIMITED || (Number.isInteger(pids) && pids >= 1 && pids <= MAX_PIDS)
    ? undefined
    : `pids must be a whole number from 1 to ${MAX_PIDS}, or -1 for no limit`;
}
