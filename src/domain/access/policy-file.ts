/** Parses a policy from JSON and reports every fault at once. */

import { listed } from '../../lib/sentence.js';
import { nearestName } from '../../lib/text/nearest.js';
import { MAX_RETRIES } from '../definition/fields/job.js';
import { isLogDriver } from '../definition/logs/validate-logs.js';
import { unprintable } from '../definition/printable.js';
import { isDriverName } from '../definition/storage/validate-driver.js';
import {
  capability,
  isCdiName,
  isDeviceWord,
  isSysctlName,
  USUAL_RUNTIMES,
  valueFault,
} from '../docker/option-values.js';
import { securityOption, securityOptionRefusal } from '../docker/security-options.js';
import { parseImageRef } from '../images/image-ref.js';
import { registryHost } from '../images/registry-host.js';
import { canonicalIp } from '../ports/ip.js';
import { type FieldFault, type Part, pointer } from '../problems/result.js';
import { readTarget } from '../webhooks/target.js';
import { isCanonical, isHostPathEntry } from './host-paths.js';
import { DEFAULT_POLICY, HOST_NAMESPACES, type Policy } from './policy.js';

type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

type Json = Readonly<Record<string, unknown>>;

const KEYS = [
  'publish',
  'images',
  'hostPaths',
  'sharedMounts',
  'volumeDrivers',
  'projectDirectory',
  'linkEnv',
  'logDrivers',
  'capabilities',
  'devices',
  'hostNamespaces',
  'oomScoreAdj',
  'privileged',
  'securityOptions',
  'sysctls',
  'unlimitedPids',
  'deviceRequests',
  'webhookTargets',
  'runtimes',
  'jobs',
] as const satisfies readonly (keyof Policy)[];
const JOB_KEYS = ['maxRetries', 'minIntervalSeconds'] as const satisfies readonly (keyof Policy['jobs'])[];
const IMAGE_KEYS = ['registries'] as const satisfies readonly (keyof Policy['images'])[];

/** Reads a policy; what it leaves out is as in {@link DEFAULT_POLICY}. */
export function readPolicy(text: string): PolicyReading {
  const parsed = parse(text);
  if (!isObject(parsed.value)) {
    return { ok: false, faults: [{ pointer: '', message: parsed.message ?? 'must be a JSON object' }] };
  }
  const written = parsed.value;
  const publish = readPublish(written['publish']);
  const images = readImages(written['images']);
  const hostPaths = readList('/hostPaths', written['hostPaths'], readPath);
  const sharedMounts = readFlag('/sharedMounts', written['sharedMounts']);
  const volumeDrivers = readList('/volumeDrivers', written['volumeDrivers'], readVolumeDriver);
  const projectDirectory = readProjectDirectory(written['projectDirectory']);
  const linkEnv = readLinkEnv(written['linkEnv']);
  const logDrivers = readList('/logDrivers', written['logDrivers'], readDriver);
  const capabilities = readList('/capabilities', written['capabilities'], readCapability);
  const devices = readList('/devices', written['devices'], readDevice);
  const hostNamespaces = readList('/hostNamespaces', written['hostNamespaces'], readNamespace);
  const oomScoreAdj = readScore(written['oomScoreAdj']);
  const privileged = readSwitch('/privileged', written['privileged']);
  const securityOptions = readList('/securityOptions', written['securityOptions'], readSecurityOption);
  const sysctls = readList('/sysctls', written['sysctls'], readSysctl);
  const unlimitedPids = readSwitch('/unlimitedPids', written['unlimitedPids']);
  const deviceRequests = readList('/deviceRequests', written['deviceRequests'], readRequested);
  const webhookTargets = readList('/webhookTargets', written['webhookTargets'], readWebhookTarget);
  const runtimes = readList('/runtimes', written['runtimes'], readRuntime);
  const jobs = readJobs(written['jobs']);
  const faults = [
    ...unknownKeys('', written, KEYS),
    ...[
      publish,
      images,
      hostPaths,
      sharedMounts,
      volumeDrivers,
      projectDirectory,
      linkEnv,
      logDrivers,
      capabilities,
      devices,
      hostNamespaces,
      oomScoreAdj,
      privileged,
      securityOptions,
      sysctls,
      unlimitedPids,
      deviceRequests,
      webhookTargets,
      runtimes,
      jobs,
    ].flatMap((part) => part.faults),
  ];
  if (faults.length > 0) return { ok: false, faults };
  const policy = {
    publish: publish.value,
    images: images.value,
    hostPaths: hostPaths.value,
    sharedMounts: sharedMounts.value,
    volumeDrivers: volumeDrivers.value,
    projectDirectory: projectDirectory.value,
    linkEnv: linkEnv.value,
    logDrivers: logDrivers.value,
    ...{ capabilities: capabilities.value, devices: devices.value, oomScoreAdj: oomScoreAdj.value },
    hostNamespaces: hostNamespaces.value as Policy['hostNamespaces'],
    ...{ privileged: privileged.value, unlimitedPids: unlimitedPids.value, sysctls: sysctls.value },
    ...{ securityOptions: securityOptions.value, deviceRequests: deviceRequests.value },
    webhookTargets: webhookTargets.value,
    runtimes: runtimes.value,
    jobs: jobs.value,
  };
  return { ok: true, policy };
}

function parse(text: string): { readonly value: unknown; readonly message?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { value: undefined, message: `is not JSON: ${(error as Error).message}` };
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unknownKeys(place: string, written: Json, known: readonly string[]): readonly FieldFault[] {
  return Object.keys(written)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      pointer: `${place}${pointer(key)}`,
      message: `is not a policy key; ${hintFor(key, known)}`,
    }));
}

function hintFor(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest ? `did you mean ${nearest}?` : `write ${listed(known)}`;
}

function readPublish(written: unknown): Part<Policy['publish']> {
  if (written === undefined) return right(DEFAULT_POLICY.publish);
  if (written === 'any' || written === 'loopback') return right(written);
  if (typeof written === 'string') {
    return wrong('/publish', `${JSON.stringify(written)} is not valid; write "any", "loopback" or a list of addresses`);
  }
  if (!Array.isArray(written)) return wrong('/publish', 'must be "any", "loopback" or a list of addresses');
  return readList('/publish', written, (text) => {
    const address = canonicalIp(text);
    return address === undefined
      ? { ok: false, message: `${JSON.stringify(text)} is not an IP address; write it without brackets or a zone` }
      : { ok: true, value: address };
  });
}

function readImages(written: unknown): Part<Policy['images']> {
  if (written === undefined) return right(DEFAULT_POLICY.images);
  if (!isObject(written)) return wrong('/images', 'must be an object such as { "registries": ["docker.io"] }');
  const { value: registries, faults } = readRegistries(written['registries']);
  return { value: { registries }, faults: [...unknownKeys('/images', written, IMAGE_KEYS), ...faults] };
}

function readRegistries(written: unknown): Part<Policy['images']['registries']> {
  if (written === undefined || written === 'any') return right('any');
  if (!Array.isArray(written)) return wrong('/images/registries', 'must be "any" or a list of registries');
  return readList('/images/registries', written, (text) => {
    if (text === 'any') return { ok: true, value: text };
    const ref = parseImageRef(`${text}/image`);
    const isRegistry = ref.ok && ref.value.repository === 'image';
    return isRegistry || isHub(text)
      ? { ok: true, value: registryHost(isHub(text) ? 'docker.io' : text).key }
      : {
          ok: false,
          message: `${JSON.stringify(text)} is not a registry; write host or host:port, for example docker.io`,
        };
  });
}

const isHub = (text: string): boolean => /^(?:index\.)?docker\.io$/.test(text);

/** Written as they are compared: there is one way only, so that no other way is taken for the same by mistake. */
function readPath(text: string): ReturnType<Reader> {
  if (isHostPathEntry(text) && unprintable(text) === undefined) return { ok: true, value: text };
  const message = `${JSON.stringify(text)} is not a valid path; write an absolute path without "..", "//" or a trailing slash, and /** at its end for everything below it`;
  return { ok: false, message };
}

function readProjectDirectory(written: unknown): Part<Policy['projectDirectory']> {
  if (written === undefined || written === null) return right(null);
  if (typeof written === 'string' && isCanonical(written) && unprintable(written) === undefined) return right(written);
  const form = 'must be null or an absolute path without "..", "//" or a trailing slash, for example "/srv/apps"';
  return wrong('/projectDirectory', form, null);
}

function readLinkEnv(written: unknown): Part<Policy['linkEnv']> {
  if (written === undefined) return right(DEFAULT_POLICY.linkEnv);
  if (written === 'all' || written === 'address') return right(written);
  return wrong('/linkEnv', 'must be "all" or "address"', DEFAULT_POLICY.linkEnv);
}

function readVolumeDriver(text: string): ReturnType<Reader> {
  if (isDriverName(text)) return { ok: true, value: text };
  const form = 'write the name of a driver, or a file system of local, for example local:nfs';
  return { ok: false, message: `${JSON.stringify(text)} is not a volume driver; ${form}` };
}

function readFlag(place: string, written: unknown): Part<boolean> {
  if (written === undefined || typeof written === 'boolean') return right(written ?? false);
  return wrong(place, 'must be true or false', false);
}

function readDriver(text: string): ReturnType<Reader> {
  if (isLogDriver(text)) return { ok: true, value: text };
  return { ok: false, message: `${JSON.stringify(text)} is not a log driver; write for example syslog` };
}

function readCapability(text: string): ReturnType<Reader> {
  const message = valueFault('cap-add', text);
  return message === undefined ? { ok: true, value: capability(text) } : { ok: false, message };
}

/** A path of a device, or a rule of `--device-cgroup-rule`. */
function readDevice(text: string): ReturnType<Reader> {
  return valueFault('device-cgroup-rule', text) === undefined ? { ok: true, value: text } : readPath(text);
}

function readNamespace(text: string): ReturnType<Reader> {
  if ((HOST_NAMESPACES as readonly string[]).includes(text)) return { ok: true, value: text };
  return { ok: false, message: `${JSON.stringify(text)} is not a namespace; write ${listed(HOST_NAMESPACES)}` };
}

function readScore(written: unknown): Part<number> {
  if (written === undefined) return right(DEFAULT_POLICY.oomScoreAdj);
  if (typeof written === 'number' && Number.isInteger(written) && written >= -1000 && written <= 0)
    return right(written);
  return wrong('/oomScoreAdj', 'must be a whole number from -1000 to 0', DEFAULT_POLICY.oomScoreAdj);
}

function readJobs(written: unknown): Part<Policy['jobs']> {
  const usual = DEFAULT_POLICY.jobs;
  if (written === undefined) return right(usual);
  if (!isObject(written)) return wrong('/jobs', 'must be an object', usual);
  const { maxRetries = usual.maxRetries, minIntervalSeconds = usual.minIntervalSeconds } = written;
  const faults = [
    ...unknownKeys('/jobs', written, JOB_KEYS),
    ...countFaults('/jobs/maxRetries', maxRetries, 0, MAX_RETRIES),
    ...countFaults('/jobs/minIntervalSeconds', minIntervalSeconds, 0, MAX_INTERVAL_SECONDS),
  ];
  if (faults.length > 0) return { value: usual, faults };
  return right({ maxRetries: Number(maxRetries), minIntervalSeconds: Number(minIntervalSeconds) });
}

/** A week: longer intervals than that are nobody's limit. */
const MAX_INTERVAL_SECONDS = 604_800;

const countFaults = (place: string, written: unknown, least: number, most: number): readonly FieldFault[] =>
  typeof written === 'number' && Number.isInteger(written) && written >= least && written <= most
    ? []
    : [{ pointer: place, message: `must be a whole number from ${least} to ${most}` }];

function readSecurityOption(text: string): ReturnType<Reader> {
  const message = securityOptionRefusal(text);
  return message === undefined ? { ok: true, value: securityOption(text) } : { ok: false, message };
}

function readSysctl(text: string): ReturnType<Reader> {
  if (isSysctlName(text)) return { ok: true, value: text };
  return { ok: false, message: `${JSON.stringify(text)} is not a kernel setting; write its name with dots` };
}

/** A capability such as `gpu`, or the name of a CDI device. */
function readRequested(text: string): ReturnType<Reader> {
  if (isCdiName(text) || isDeviceWord(text)) return { ok: true, value: text };
  const form = 'write a capability such as gpu, or a CDI device such as nvidia.com/gpu=all';
  return { ok: false, message: `${JSON.stringify(text)} is neither; ${form}` };
}

function readWebhookTarget(text: string): ReturnType<Reader> {
  const subnet = readTarget(text);
  if (subnet !== undefined) return { ok: true, value: subnet };
  return { ok: false, message: `${JSON.stringify(text)} is not an address or subnet; write for example 127.0.0.1` };
}

function readRuntime(text: string): ReturnType<Reader> {
  const message = valueFault('runtime', text);
  if (message !== undefined) return { ok: false, message };
  const isDefault = 'names the default of the engine, which needs no entry; remove it';
  return USUAL_RUNTIMES.has(text)
    ? { ok: false, message: `${JSON.stringify(text)} ${isDefault}` }
    : { ok: true, value: text };
}

function readSwitch(place: string, written: unknown): Part<boolean> {
  if (written === undefined || typeof written === 'boolean') return right(written ?? false);
  return wrong(place, 'must be true or false', false);
}

type Reader = (
  text: string,
) => { readonly ok: true; readonly value: string } | { readonly ok: false; readonly message: string };

function readList(place: string, written: unknown, read: Reader): Part<readonly string[]> {
  if (written === undefined) return right([]);
  if (!Array.isArray(written)) return wrong(place, 'must be a list of strings');
  const value: string[] = [];
  const faults: FieldFault[] = [];
  for (const [index, entry] of written.entries()) {
    const one = typeof entry === 'string' ? read(entry) : { ok: false as const, message: 'must be a string' };
    if (one.ok) value.push(one.value);
    else faults.push({ pointer: `${place}/${index}`, message: one.message });
  }
  return { value, faults };
}

const right = <T>(value: T): Part<T> => ({ value, faults: [] });

function wrong<T>(place: string, message: string, value: T = [] as T): Part<T> {
  return { value, faults: [{ pointer: place, message }] };
}
