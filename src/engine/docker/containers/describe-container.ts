/**
 * Derives the definition that would make an existing container, deciding on every field of the engine's answer. Each
 * one has a field of ours, has the value of every container, would be lost, or would change to the value of all that we
 * make.
 */

import { isDeepStrictEqual } from 'node:util';
import type { DefinitionInput, Protocol } from '../../../domain/definition/definition.js';
import { DEFAULT_PIDS } from '../../../domain/definition/spec.js';
import { programCheck, restartPolicyOf, shellCheck } from '../../../domain/docker/terms.js';
import { splitAtEquals } from '../../../lib/env-entry.js';
import type { ChangedField, ContainerState, Derivation, LostField } from '../../engine.js';
import { ENGINE_RESTART_POLICY } from '../../restart-policy.js';
import type { RawDerivable, RawImageConfig } from '../derive-shapes.js';
import { toDetail } from '../from-docker.js';
import type { RawContainer } from '../response-schemas.js';
import { ON_EVERY_CONTAINER } from '../to-docker.js';
import { type Dialect, USUAL_RUNTIMES } from '../versions.js';

/** Default values of the engine's fields that have no field of ours. Empty values always count as defaults. */
const DEFAULTS: Readonly<Record<string, (value: unknown, raw: RawDerivable, cgroupns: string) => boolean>> = {
  'HostConfig.LogConfig': (value) => isPlainLog(value) || isDeepStrictEqual(value, ON_EVERY_CONTAINER.LogConfig),
  'HostConfig.ConsoleSize': () => true,
  'HostConfig.CgroupnsMode': (value, _, cgroupns) => value === cgroupns,
  'HostConfig.IpcMode': (value) => value === 'private' || value === 'shareable',
  'HostConfig.ShmSize': (value) => value === 64 * 1024 * 1024,
  'HostConfig.Runtime': (value) => USUAL_RUNTIMES.has(String(value)),
  'HostConfig.MaskedPaths': () => true,
  'HostConfig.ReadonlyPaths': () => true,
  'HostConfig.MemorySwap': (value, { HostConfig: { Memory } }) =>
    value === Number(Memory) * 2 || (value === -1 && !Memory),
  'HostConfig.MemorySwappiness': (value) => value === -1,
  'HostConfig.SecurityOpt': (value) => (value as readonly string[]).every(isAboutPrivileges),
  'HostConfig.NetworkMode': (value) => value === 'default' || value === 'bridge',
  'HostConfig.OomScoreAdj': (value) => value === 0,
  'Config.AttachStdin': () => true,
  'Config.AttachStdout': () => true,
  'Config.AttachStderr': () => true,
  'Config.ArgsEscaped': () => true,
  'Config.OnBuild': () => true,
  'Config.Shell': () => true,
  'Config.Volumes': () => true,
};

/** Engine fields that have a field of ours, or are read from another place of the answer. */
const MAPPED_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'Binds',
    'PortBindings',
    'RestartPolicy',
    'Links',
    'PublishAllPorts',
    'Memory',
    'NanoCpus',
    'PidsLimit',
    'Mounts',
  ].map((name) => `HostConfig.${name}`),
  ...[
    'Hostname',
    'User',
    'ExposedPorts',
    'Env',
    'Cmd',
    'Healthcheck',
    'Image',
    'WorkingDir',
    'Entrypoint',
    'Labels',
  ].map((name) => `Config.${name}`),
  ...['StopSignal', 'StopTimeout'].map((name) => `Config.${name}`),
]);

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === 0 ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Returns true for the log settings of a container when neither its maker nor its daemon has set any. */
function isPlainLog(value: unknown): boolean {
  const { Type = '', Config } = value as { readonly Type?: string; readonly Config?: unknown };
  return (Type === '' || Type === 'json-file') && isEmpty(Config);
}

const isAboutPrivileges = (option: string): boolean => /^no-new-privileges\b/.test(option);

const HOST_OR_OTHER = /^(host$|container:)/;

/**
 * Settings that weaken the isolation between a container and its host. Source: Docker's own page on `docker run`, under
 * runtime privilege, namespaces, security options and cgroups.
 */
const HOST_ACCESS: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...Object.fromEntries(
    [
      'Privileged',
      'CapAdd',
      'Devices',
      'DeviceRequests',
      'DeviceCgroupRules',
      'CgroupParent',
      'Cgroup',
      'Runtime',
      'VolumesFrom',
      'VolumeDriver',
      'Sysctls',
      'OomScoreAdj',
      'GroupAdd',
    ].map((name) => [name, () => true]),
  ),
  ...Object.fromEntries(
    ['PidMode', 'IpcMode', 'UTSMode', 'UsernsMode', 'CgroupnsMode', 'NetworkMode'].map((name) => [
      name,
      (value: unknown) => HOST_OR_OTHER.test(String(value)),
    ]),
  ),
  SecurityOpt: (value) => !(value as readonly string[]).every(isAboutPrivileges),
};

/**
 * Paths that every engine keeps from containers, a subset of its lists. Behind them are the host's memory and devices,
 * and kernel settings that run programs of anyone who may write them (core_pattern). `systempaths=unconfined` makes the
 * lists empty. An engine that does not report the lists uses its defaults. Rule: moby, `oci/defaults.go`.
 */
const KEPT_FROM_CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  MaskedPaths: ['/proc/kcore', '/proc/scsi', '/sys/firmware'],
  ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
};

function openedPaths(host: RawDerivable['HostConfig']): readonly LostField[] {
  return Object.entries(KEPT_FROM_CONTAINERS).flatMap(([name, kept]) => {
    const value = host[name];
    if (!Array.isArray(value) || kept.every((path) => value.includes(path))) return [];
    const reason = 'what every container is kept from is open to it: a replacement would be kept from it';
    return [{ field: `HostConfig.${name}`, value, reason, reach: { path: null } }];
  });
}

/** Mount as requested; the result is elsewhere in the answer. */
interface RawMount {
  readonly Target: string;
  readonly VolumeOptions?: {
    readonly Subpath?: string;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: object | null } | null;
  } | null;
}

/** A volume of a driver's options may be any path of the host: `type=none,o=bind,device=/`. */
function driverOf({ Target, VolumeOptions }: RawMount): readonly LostField[] {
  const { Name = '', Options } = VolumeOptions?.DriverConfig ?? {};
  if ((Name === '' || Name === 'local') && isEmpty(Options)) return [];
  const field = `HostConfig.Mounts.${Target}.VolumeOptions.DriverConfig`;
  const reason = 'definitions have no volume drivers: the replacement would use the default driver';
  return [{ field, value: VolumeOptions?.DriverConfig, reason, reach: { path: null } }];
}

function lostFields(raw: RawDerivable, image: RawImageConfig | null, cgroupns: string): readonly LostField[] {
  const mounts = (raw.HostConfig['Mounts'] ?? []) as readonly RawMount[];
  const lost: LostField[] = [...openedPaths(raw.HostConfig), ...mounts.flatMap(driverOf)];
  if (isEmpty(raw.Config.Entrypoint) && !isEmpty(image?.Entrypoint)) {
    const reason = "it was removed, which a definition can't do: the replacement would have the image's";
    lost.push({ field: 'Config.Entrypoint', value: raw.Config.Entrypoint ?? null, reason });
  }
  for (const { Target, VolumeOptions } of mounts) {
    const subpath = VolumeOptions?.Subpath;
    if (!subpath) continue;
    const reason = 'definitions mount whole volumes: the replacement would see the volume from its root';
    lost.push({ field: `HostConfig.Mounts.${Target}.VolumeOptions.Subpath`, value: subpath, reason });
  }
  for (const part of ['HostConfig', 'Config'] as const) {
    for (const [name, value] of Object.entries(raw[part])) {
      const field = `${part}.${name}`;
      if (MAPPED_FIELDS.has(field) || isEmpty(value) || DEFAULTS[field]?.(value, raw, cgroupns)) continue;
      const reason = 'definitions have no such field: the replacement would not have it';
      const reaches = part === 'HostConfig' && HOST_ACCESS[name]?.(value) === true;
      lost.push({ field, value, reason, ...(reaches && { reach: { path: null } }) });
    }
  }
  for (const name of (image?.Env ?? []).map(nameOf)) {
    if ((raw.Config.Env ?? []).some((entry) => entry.startsWith(`${name}=`))) continue;
    const reason = "it was removed, which a definition can't do: the replacement would have the image's";
    lost.push({ field: `Config.Env.${name}`, value: null, reason });
  }
  const startInterval = raw.Config.Healthcheck?.StartInterval ?? 0;
  if (startInterval !== (image?.Healthcheck?.StartInterval ?? 0)) {
    const reason = "definitions have no such field: the replacement would have the image's or the engine's value";
    lost.push({ field: 'Config.Healthcheck.StartInterval', value: startInterval, reason });
  }
  const { MaximumRetryCount: retries = 0 } = (raw.HostConfig['RestartPolicy'] ?? {}) as { MaximumRetryCount?: number };
  if (retries > 0) {
    const reason =
      'definitions have no limit on restarts: after a change or replacement the engine restarts the container without limit';
    lost.push({ field: 'HostConfig.RestartPolicy.MaximumRetryCount', value: retries, reason });
  }
  for (const mount of raw.Mounts ?? []) {
    if (mount.Type === 'volume') continue;
    const reason = 'only named volumes can be adopted: the replacement would not have this mount';
    const reach = mount.Type === 'bind' ? { reach: { path: mount.Source ?? null } } : {};
    lost.push({ field: `Mounts.${mount.Destination}`, value: mount.Source ?? mount.Type, reason, ...reach });
  }
  return lost;
}

const nameOf = (entry: string): string => splitAtEquals(entry)[0];

/** Lists the settings that every definition brings and this container lacks. */
function changedFields({ HostConfig: host }: RawDerivable): readonly ChangedField[] {
  const changed: ChangedField[] = [];
  const { PidsLimit: pids = null, SecurityOpt: security = null, LogConfig: log = {} } = host;
  const { Name: policy } = (host['RestartPolicy'] ?? {}) as { readonly Name?: string };
  if (Number(pids ?? 0) <= 0) {
    const reason =
      'after its first change or replacement the container has this limit on processes and threads; set it with resources.pids';
    changed.push({ field: 'HostConfig.PidsLimit', value: pids, becomes: DEFAULT_PIDS, reason });
  }
  if (policy === 'always') {
    const reason =
      'after its first change or replacement the engine no longer starts the container at boot if it was stopped';
    changed.push({
      field: 'HostConfig.RestartPolicy.Name',
      value: policy,
      becomes: ENGINE_RESTART_POLICY.always,
      reason,
    });
  }
  if (!((security ?? []) as readonly string[]).some((option) => /^no-new-privileges([:=]true)?$/.test(option))) {
    const reason =
      'processes in the replacement cannot gain privileges: sudo and other setuid programs do not work there';
    const becomes = ON_EVERY_CONTAINER.SecurityOpt;
    changed.push({ field: 'HostConfig.SecurityOpt', value: security, becomes, reason });
  }
  if (isPlainLog(log)) {
    const reason = 'the replacement keeps this much of its log';
    changed.push({ field: 'HostConfig.LogConfig', value: log, becomes: ON_EVERY_CONTAINER.LogConfig, reason });
  }
  return changed;
}

const parsePort = (key: string): { containerPort: number; protocol: Protocol } => {
  const [port, protocol] = key.split('/');
  return { containerPort: Number(port), protocol: protocol as Protocol };
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

interface Asked {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

type Place = Required<Asked>;

function kindOf({ HostPort = '' }: Asked): 'fixed' | 'range' | 'any' {
  if (HostPort.includes('-')) return 'range';
  return HostPort === '' || HostPort === '0' ? 'any' : 'fixed';
}

function isAt({ HostIp = '', HostPort = '' }: Asked, place: Place, kind: ReturnType<typeof kindOf>): boolean {
  if (HostIp !== '' && HostIp !== place.HostIp) return false;
  const [from, to = from] = HostPort.split('-').map(Number);
  const number = Number(place.HostPort);
  return kind === 'any' || (number >= Number(from) && number <= Number(to));
}

/**
 * Finds the place where each mapping of one container port is bound. A place belongs to one mapping, though more would
 * fit.
 */
function placesOf(mappings: readonly Asked[], places: readonly Place[]): ReadonlyMap<Asked, Place> {
  const left = new Set(places);
  const found = new Map<Asked, Place>();
  // Those that fit fewest places come first.
  const rank = (one: Asked): number => ['any', 'range', 'fixed'].indexOf(kindOf(one)) * 2 + (one.HostIp ? 1 : 0);
  for (const mapping of mappings.toSorted((a, b) => rank(b) - rank(a))) {
    const place = [...left].find((one) => isAt(mapping, one, kindOf(mapping)));
    if (place === undefined) continue;
    found.set(mapping, place);
    left.delete(place);
    // What has no address is bound on 0.0.0.0 and on ::, by one number.
    if (!mapping.HostIp) for (const twin of left) if (twin.HostPort === place.HostPort) left.delete(twin);
  }
  return found;
}

/** Ports as requested, and the numbers that the engine has picked. */
function ports(raw: RawDerivable): Pick<Derivation, 'picked'> & Required<Pick<DefinitionInput, 'ports'>> {
  const asked = (raw.HostConfig['PortBindings'] ?? {}) as Record<string, Asked[] | null>;
  const bound = raw.NetworkSettings.Ports ?? {};
  const mappings: NonNullable<DefinitionInput['ports']>[number][] = [];
  const picked: Derivation['picked'][number][] = [];
  for (const [key, places] of Object.entries(asked)) {
    const placeOf = placesOf(places ?? [], bound[key] ?? []);
    const said = new Set<string>();
    for (const mapping of places ?? []) {
      const { HostIp = '', HostPort = '' } = mapping;
      const kind = kindOf(mapping);
      const place = placeOf.get(mapping);
      const port = { ...(HostIp !== '' && { hostIp: HostIp }), ...parsePort(key) };
      const text = `${HostIp} ${kind === 'any' ? kind : HostPort}`;
      if (kind === 'fixed') {
        mappings.push({ ...port, hostPort: Number(HostPort) });
      } else if (place !== undefined && said.has(text)) {
        // A definition says each mapping once: a second one is that of its number.
        mappings.push({ ...port, hostPort: Number(place.HostPort) });
      } else {
        mappings.push({ ...port, ...(kind === 'range' && { hostPortRange: HostPort }) });
        if (place !== undefined) picked.push({ ...port, hostPort: Number(place.HostPort), origin: 'assigned' });
      }
      said.add(text);
    }
  }
  if (raw.HostConfig['PublishAllPorts'] === true) {
    for (const [key, places] of Object.entries(bound)) {
      const [place] = places ?? [];
      if (place === undefined || key in asked) continue;
      picked.push({ hostPort: Number(place.HostPort), ...parsePort(key), origin: 'publishAll' });
    }
  }
  return { ports: mappings, picked };
}

const SECOND = 1e9;

function healthcheck(check: RawImageConfig['Healthcheck']): Pick<DefinitionInput, 'healthcheck'> {
  const [kind, ...rest] = check?.Test ?? [];
  if (check == null || kind === undefined) return {};
  // Rule: moby, `getProbe`: a kind that it doesn't know is no check.
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') return { healthcheck: { command: [] } };
  const seconds = (name: string, nanos: number | undefined) => (nanos ? { [name]: nanos / SECOND } : {});
  return {
    healthcheck: {
      command: kind === 'CMD-SHELL' ? shellCheck(...rest) : programCheck(rest),
      ...seconds('intervalSeconds', check.Interval),
      ...seconds('timeoutSeconds', check.Timeout),
      ...seconds('startPeriodSeconds', check.StartPeriod),
      ...(check.Retries ? { retries: check.Retries } : {}),
    },
  };
}

/** Whoever stopped it did not mean it to be started by being taken over. */
const isDown = (state: ContainerState): boolean => state === 'created' || state === 'exited' || state === 'dead';

/** `/db:/web/db` is the source's name and, at the end, the alias. */
const linksOf = (texts: readonly string[]): Derivation['links'] =>
  texts.map((text) => {
    const [source = '', recipient = ''] = text.split(':');
    return { container: source.replace(/^\//, ''), alias: recipient.slice(recipient.lastIndexOf('/') + 1) };
  });

/**
 * @param image the configuration of its image; null where that is gone, and everything counts as the container's own
 * @param cgroupns the cgroup namespace that the engine gives where nobody asks for another
 */
export function derive(
  raw: RawDerivable,
  image: RawImageConfig | null,
  dialect: Dialect,
  cgroupns: 'host' | 'private',
): Derivation {
  const { Config: config, HostConfig: host } = raw;
  const { ports: mappings, picked } = ports(raw);
  const environment = (config.Env ?? []).filter((entry) => !(image?.Env ?? []).includes(entry));
  const mapped = new Set(Object.keys((host['PortBindings'] ?? {}) as object));
  const exposed = Object.keys(config.ExposedPorts ?? {});
  const own = <T>(name: string, value: T | null | undefined, ofImage: unknown) =>
    value == null || isEmpty(value) || same(value, ofImage) ? {} : { [name]: value };
  const labels = Object.entries(config.Labels ?? {}).filter(
    ([key, value]) => image?.Labels?.[key] !== value && !key.startsWith('io.berth.'),
  );
  const {
    Memory = 0,
    NanoCpus = 0,
    PidsLimit = 0,
  } = host as { Memory?: number; NanoCpus?: number; PidsLimit?: number };
  const resources = {
    ...(Memory > 0 && { memoryBytes: Memory }),
    ...(NanoCpus > 0 && { cpus: NanoCpus / SECOND }),
    ...(PidsLimit !== null && PidsLimit > 0 && { pids: PidsLimit }),
  };
  const policy = (host['RestartPolicy'] as { Name?: string } | undefined)?.Name ?? '';
  const volumes = (raw.Mounts ?? []).flatMap(({ Type: type, Name, Destination, RW }) =>
    type === 'volume' && Name ? { volume: Name, target: Destination, readOnly: !RW } : [],
  );
  const links = linksOf((host['Links'] as string[] | null | undefined) ?? []);
  const input: DefinitionInput = {
    name: raw.Name.replace(/^\//, ''),
    image: config.Image,
    // Rule: moby's merge() takes the image's command only together with its entrypoint.
    ...own('command', config.Cmd, same(config.Entrypoint, image?.Entrypoint) ? image?.Cmd : null),
    // The image's entrypoint brings its command along, unless it is asked for by itself.
    ...own('entrypoint', config.Entrypoint, isEmpty(config.Cmd) && !isEmpty(image?.Cmd) ? null : image?.Entrypoint),
    ...own('workingDir', config.WorkingDir, image?.WorkingDir),
    ...own('user', config.User, image?.User),
    ...own('hostname', config.Hostname, raw.Id.slice(0, 12)),
    ...own('stopSignal', config.StopSignal, image?.StopSignal),
    ...(config.StopTimeout == null ? {} : { stopTimeoutSeconds: config.StopTimeout }),
    env: Object.fromEntries(
      environment.filter((one) => one.includes('=')).map((one) => one.split(/=(.*)/s).slice(0, 2)),
    ),
    expose: exposed.filter((port) => !mapped.has(port) && !(port in (image?.ExposedPorts ?? {}))),
    ...(host['PublishAllPorts'] === true && { publishAll: true }),
    ports: mappings,
    links: links.map(({ container, alias }) => ({ container, alias })),
    volumes,
    labels: Object.fromEntries(labels),
    ...(same(config.Healthcheck, image?.Healthcheck) ? {} : healthcheck(config.Healthcheck)),
    restartPolicy: restartPolicyOf(policy) ?? 'no',
    ...(Object.keys(resources).length > 0 && { resources }),
  };
  const container = toDetail(raw as unknown as RawContainer, image?.Labels, dialect);
  return {
    container,
    input: { ...input, ...(isDown(container.state) && { state: 'stopped' as const }) },
    picked,
    links,
    lost: lostFields(raw, image, cgroupns),
    changed: changedFields(raw),
  };
}
