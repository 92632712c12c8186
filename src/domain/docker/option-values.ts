/**
 * Values that Docker refuses of the options of `docker run` that take a text, whether a field, a flag or a key has them. Rule,
 * where nothing else is said: docker/cli, `opts` and `cli/command/container/opts.go`.
 */

import { splitAtEquals } from '../../lib/text/env-entry.js';
import { canonicalIp } from '../ports/ip.js';
import { isPlatform } from './platforms.js';
import { parseBytes, parseCsv } from './values.js';

/** Returns what is wrong with a value and what to write, or undefined. */
type Check = (value: string) => string | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  'add-host': extraHostFault,
  attach: oneOf('stdin', 'stdout', 'stderr'),
  'blkio-weight': (value) => (isWeight(value) ? undefined : 'a weight is 0, or from 10 to 1000'),
  'blkio-weight-device': deviceValue('weight from 10 to 1000', isWeight),
  'cap-add': capabilityFault,
  'cap-drop': capabilityFault,
  cgroupns: namespaceFault('host', 'private'),
  'cpu-period': (value) =>
    isWithin(value, 1000, 1_000_000) || value === '0' ? undefined : 'a period is from 1000 to 1000000 microseconds',
  'cpu-quota': (value) =>
    Number(value) <= 0 || Number(value) >= 1000 ? undefined : 'a quota is at least 1000 microseconds',
  'cpuset-cpus': numberListFault,
  'cpuset-mems': numberListFault,
  'detach-keys': detachKeysFault,
  device: deviceFault,
  'device-cgroup-rule': (value) =>
    /^[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}$/.test(value) ? undefined : 'write it as "c 10:200 rwm"',
  'device-read-bps': deviceValue('rate such as 1mb', isSize),
  'device-read-iops': deviceValue('whole number', isNatural),
  'device-write-bps': deviceValue('rate such as 1mb', isSize),
  'device-write-iops': deviceValue('whole number', isNatural),
  dns: (value) => (canonicalIp(value.trim()) === undefined ? 'it is not an IP address' : undefined),
  'dns-search': searchDomainFault,
  env: (value) => (splitAtEquals(value)[0] === '' ? 'the variable has no name; write -e NAME=value' : undefined),
  gpus: gpusFault,
  'health-start-interval': (value) => (Number(value) < 0 ? "it can't be negative" : undefined),
  ip: addressFault('IPv4'),
  ip6: addressFault('IPv6'),
  ipc: namespaceFault('host', 'private', 'none', 'shareable', 'container:NAME'),
  isolation: oneOf('', 'default', 'process', 'hyperv'),
  label: labelFault,
  'link-local-ip': (value) => (canonicalIp(value.trim()) === undefined ? 'it is not an IP address' : undefined),
  'mac-address': macFault,
  'memory-swappiness': (value) => (isWithin(value, -1, 100) ? undefined : 'swappiness is from 0 to 100, or -1'),
  'oom-score-adj': (value) => (isWithin(value, -1000, 1000) ? undefined : 'the score is from -1000 to 1000'),
  pid: namespaceFault('host', 'container:NAME'),
  platform: (value) => (value === '' || isPlatform(value) ? undefined : 'write it as linux/amd64 or linux/arm64/v8'),
  runtime: (value) =>
    /^[a-zA-Z0-9][\w.-]{0,127}$/.test(value) ? undefined : 'write the name of a runtime of the engine, such as nvidia',
  'security-opt': securityOptionFault,
  'storage-opt': (value) => (value.includes('=') ? undefined : 'write it as size=10G'),
  sysctl: sysctlFault,
  tmpfs: tmpfsFault,
  ulimit: ulimitFault,
  userns: namespaceFault('host'),
  uts: namespaceFault('host'),
  'volumes-from': (value) =>
    /^[^:]+(?::(?:ro|rw|z|Z)(?:,(?:ro|rw|z|Z))*)?$/.test(value) ? undefined : 'write it as NAME or NAME:ro',
};

/** Names of the runtime that engines have as their default; Podman reports `oci` for every container (libpod/container_inspect.go). */
export const USUAL_RUNTIMES: ReadonlySet<string> = new Set(['runc', 'io.containerd.runc.v2', 'oci']);

const OTHER_FORMS: Readonly<Record<string, string>> = { 'dns-opt': 'dns-option' };

/** Returns why Docker refuses a value of a flag, or undefined. @param name the flag's long form without dashes */
export function valueFault(name: string, value: string): string | undefined {
  const key = OTHER_FORMS[name] ?? name;
  const message = Object.hasOwn(CHECKS, key) ? CHECKS[key]?.(value) : undefined;
  return message === undefined ? undefined : `Docker rejects ${JSON.stringify(value)}: ${message}`;
}

function oneOf(...allowed: readonly string[]): Check {
  const named = allowed.filter((one) => one !== '').join(', ');
  return (value) => (allowed.includes(value.toLowerCase()) ? undefined : `it is not one of ${named}`);
}

/** Rule: moby, `Valid` of the modes in `api/types/container/hostconfig.go`. */
function namespaceFault(...modes: readonly string[]): Check {
  const takesContainer = modes.includes('container:NAME');
  // An IPC namespace may be that of a container without a name, as far as Docker looks.
  const container = modes.includes('shareable') ? /^container:/ : /^container:./;
  return (value) => {
    const isKnown = value === '' || modes.includes(value) || (takesContainer && container.test(value));
    return isKnown ? undefined : `it is not one of ${modes.join(', ')}`;
  };
}

function isNatural(text: string): boolean {
  return /^\d+$/.test(text);
}

function isSize(text: string): boolean {
  return parseBytes(text).ok;
}

const isWithin = (text: string, from: number, to: number): boolean => Number(text) >= from && Number(text) <= to;

function isWeight(text: string): boolean {
  return isNatural(text) && (Number(text) === 0 || isWithin(text, 10, 1000));
}

/** `/dev/sda:1mb`. */
function deviceValue(what: string, isValue: (text: string) => boolean): Check {
  return (value) => {
    const colon = value.indexOf(':');
    const isRight = value.startsWith('/dev/') && colon !== -1 && isValue(value.slice(colon + 1));
    return isRight ? undefined : `write a device, a colon and a ${what}, for example /dev/sda:…`;
  };
}

/** Returns a valid entry of `--add-host` as the engine takes it: `name:address`. */
export function extraHost(value: string): string {
  const { name, address } = hostParts(value);
  return `${name}:${address}`;
}

/** Returns the name and the bare address of an entry; the name is empty if there is none. */
function hostParts(value: string): { readonly name: string; readonly address: string } {
  const at = value.indexOf(value.includes('=') ? '=' : ':');
  const text = value.slice(at + 1);
  const isBracketed = text.length > 2 && text.startsWith('[') && text.endsWith(']') && text !== '[host-gateway]';
  return { name: value.slice(0, Math.max(at, 0)), address: isBracketed ? text.slice(1, -1).trim() : text.trim() };
}

function extraHostFault(value: string): string | undefined {
  const { name, address } = hostParts(value);
  if (name === '' || name.includes(':')) return 'write it as name:address';
  if (address === 'host-gateway' || canonicalIp(address) !== undefined) return undefined;
  return `${JSON.stringify(address)} is not an IP address`;
}

function addressFault(family: 'IPv4' | 'IPv6'): Check {
  return (value) => {
    if (value === '') return undefined;
    const address = canonicalIp(value.trim());
    const isRight = address !== undefined && address.includes(':') === (family === 'IPv6');
    return isRight ? undefined : `it is not an ${family} address`;
  };
}

/** Rule: Go, `net.ParseMAC`: 6, 8 or 20 bytes, in pairs with colons or dashes or in fours with dots. */
function macFault(value: string): string | undefined {
  const text = value.trim();
  const pairs = /^[\da-f]{2}([:-])[\da-f]{2}(?:\1[\da-f]{2}){4}(?:(?:\1[\da-f]{2}){2}|(?:\1[\da-f]{2}){14})?$/i;
  const fours = /^[\da-f]{4}(?:\.[\da-f]{4}){2}(?:\.[\da-f]{4}|(?:\.[\da-f]{4}){7})?$/i;
  return value === '' || pairs.test(text) || fours.test(text) ? undefined : 'write it as 92:d0:c6:0a:29:33';
}

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);

function searchDomainFault(value: string): string | undefined {
  const domain = value.trim();
  const isRight = domain === '.' || (/[a-zA-Z]/.test(domain) && domain.length < 255 && DOMAIN.test(domain));
  return isRight ? undefined : 'it is not a domain; write for example example.com, or . for none';
}

function labelFault(value: string): string | undefined {
  const key = splitAtEquals(value)[0].replace(/^[ \t]+/, '');
  if (key === '') return 'the key is missing; write key=value';
  return /[ \t]/.test(key) ? 'the key contains white space; write key=value' : undefined;
}

/** Rule: moby/term, `ToBytes`. */
function detachKeysFault(value: string): string | undefined {
  const isKey = (key: string): boolean => Buffer.byteLength(key) === 1 || /^ctrl-[a-z@[\\\]^_]$|^DEL$/.test(key);
  return value === '' || value.split(',').every(isKey) ? undefined : 'write keys such as a,ctrl-p,ctrl-q';
}

/** Linux, `capabilities(7)`, without their prefix. */
const CAPABILITIES: ReadonlySet<string> = new Set(
  (
    'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER ' +
    'FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE ' +
    'NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE ' +
    'SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM ALL'
  ).split(' '),
);

/** Returns the one name of a capability: `cap_net_admin` is `NET_ADMIN`. */
export const capability = (name: string): string => name.trim().toUpperCase().replace(/^CAP_/, '');

/** Rule: moby, `caps.NormalizeLegacyCapabilities`. */
function capabilityFault(value: string): string | undefined {
  return CAPABILITIES.has(capability(value))
    ? undefined
    : 'it is not a capability; write for example NET_ADMIN, or ALL';
}

const DEVICE_MODE = /^(?!.*(.).*\1)[rwm]{1,3}$/;
/** Rule: cdi, `parser.IsQualifiedName`. */
const CDI_NAME =
  /^[a-zA-Z](?:[\w.-]*[a-zA-Z0-9])?\/[a-zA-Z](?:[\w-]*[a-zA-Z0-9])?=[a-zA-Z0-9](?:[\w.:-]*[a-zA-Z0-9])?$/;

function deviceFault(value: string): string | undefined {
  if (CDI_NAME.test(value)) return undefined;
  const [source = '', second, mode, ...more] = value.split(':');
  const form = 'write it as /dev/snd, /dev/snd:/dev/snd or /dev/snd:/dev/snd:rwm';
  if (source === '' || more.length > 0) return form;
  if (mode !== undefined && !DEVICE_MODE.test(mode))
    return `${JSON.stringify(mode)} must consist of r, w and m; ${form}`;
  const isMode = second === undefined || (mode === undefined && DEVICE_MODE.test(second));
  const path = isMode ? source : second;
  return path.startsWith('/') ? undefined : `${JSON.stringify(path)} is not an absolute path; ${form}`;
}

/** Returns a valid `--device` with all of its parts: `/dev/snd` is `/dev/snd:/dev/snd:rwm`. */
export function device(value: string): string {
  const [source = '', second = source, third] = value.split(':');
  const isMode = third === undefined && second !== source && DEVICE_MODE.test(second);
  return isMode ? `${source}:${source}:${second}` : `${source}:${second}:${third ?? 'rwm'}`;
}

/** True for the name of a device of the Container Device Interface, which is no path. */
export const isCdiName = (value: string): boolean => CDI_NAME.test(value);

const GPU_KEYS: readonly string[] = ['driver', 'count', 'device', 'capabilities', 'options'];

/** Rule: docker/cli, `opts.GpuOpts`. */
function gpusFault(value: string): string | undefined {
  const fields = parseCsv(value);
  if (!fields.ok) return fields.message;
  const seen = new Set<string>();
  for (const field of fields.value) {
    const [key, own] = splitAtEquals(field);
    if (seen.has(key)) return `${key} occurs twice`;
    seen.add(key);
    if (own !== undefined && !GPU_KEYS.includes(key)) return `${JSON.stringify(key)} is not a part of it`;
    const count = own === undefined ? key : key === 'count' ? own : 'all';
    if (own === undefined) seen.add('count');
    if (count !== 'all' && !/^[+-]?\d+$/.test(count)) return `${JSON.stringify(count)} is not a number or "all"`;
    if (key === 'options' && own !== undefined && !parseCsv(own).ok) return `${JSON.stringify(own)} are not options`;
  }
  return undefined;
}

function securityOptionFault(value: string): string | undefined {
  const [key, own] = value.includes('=') ? splitAtEquals(value) : splitAtEquals(value.replace(':', '='));
  const isWhole = key === 'no-new-privileges' || (own !== undefined && own !== '');
  return isWhole ? undefined : 'write it as name=value';
}

/** True for the name of a kernel setting, as `sysctl` writes it. */
export const isSysctlName = (text: string): boolean => text.length <= 255 && /^[a-z][\w-]*(?:\.[\w-]+)+$/i.test(text);

/** True for a kernel setting that each container has of its own. */
export const isNamespacedSysctl = (name: string): boolean => SYSCTL.test(name);

/** True for a capability or driver of a device request. */
export const isDeviceWord = (text: string): boolean => /^[\w][\w.-]{0,62}$/.test(text);

const SYSCTL =
  /^(?:kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|(?:net|fs\.mqueue)\..*)$/s;

function sysctlFault(value: string): string | undefined {
  const [key, own] = splitAtEquals(value);
  if (own === undefined || key === '') return 'write it as net.core.somaxconn=1024';
  return SYSCTL.test(key) ? undefined : 'only net.*, fs.mqueue.* and some of kernel.* are per container';
}

const ULIMITS: ReadonlySet<string> = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' '),
);

/** Returns a valid `--ulimit` with both of its limits: `nofile=1024:1024`. */
export function ulimit(value: string): string {
  const [name, limits = ''] = splitAtEquals(value);
  const [soft = '', hard = soft] = limits.split(':');
  return `${name}=${Number(soft)}:${Number(hard)}`;
}

/** Rule: docker/go-units, `ParseUlimit`. */
function ulimitFault(value: string): string | undefined {
  const [name, limits] = splitAtEquals(value);
  if (limits === undefined || !ULIMITS.has(name)) return `write it as name=soft:hard, of ${[...ULIMITS].join(', ')}`;
  const [soft, hard = soft, ...more] = limits.split(':');
  const numbers = [soft, hard].map((one) => (/^[+-]?\d+$/.test(one ?? '') ? Number(one) : Number.NaN));
  if (more.length > 0 || numbers.some(Number.isNaN)) return 'write the limits as soft:hard, in whole numbers';
  const [low = 0, high = 0] = numbers;
  const isAbove = high !== -1 && (low === -1 || low > high);
  return isAbove ? 'the soft limit is higher than the hard limit' : undefined;
}

/** Rule: moby, `ParseTmpfsOptions`. */
const TMPFS_OPTIONS: ReadonlySet<string> = new Set(
  (
    'defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime ' +
    'nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime ' +
    'strictatime nostrictatime mode uid gid size nr_inodes nr_blocks mpol'
  ).split(' '),
);

function tmpfsFault(value: string): string | undefined {
  const colon = value.indexOf(':');
  const path = colon === -1 ? value : value.slice(0, colon);
  const options = colon === -1 ? [] : value.slice(colon + 1).split(',');
  if (!path.startsWith('/')) return 'its path must be absolute, beginning with /';
  if (/^[/.]*$/.test(path)) return "it can't replace the container's root file system";
  const unknown = options.find((option) => option !== '' && !TMPFS_OPTIONS.has(splitAtEquals(option)[0]));
  return unknown === undefined ? undefined : `${JSON.stringify(unknown)} is not an option of it`;
}

/** Rule: moby, `parsers.ParseUintList`. */
function numberListFault(value: string): string | undefined {
  const isRising = (range: string): boolean => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    return from !== undefined && Number(from) <= Number(to);
  };
  return value === '' || value.split(',').every(isRising) ? undefined : 'write it as 0-3 or 0,1';
}
