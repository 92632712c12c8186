/**
 * Settings of an existing container that a definition can't express. Each field of the engine's answer has a field of
 * ours, has the value of every container, would be lost, or would change to the value of all that we make.
 */

import { splitAtEquals } from '../../../lib/text/env-entry.js';
import type { LostField } from '../../engine.js';
import type { RawDerivable, RawImageConfig } from '../derive-shapes.js';
import { isEmpty } from '../fields/field.js';
import { NAMED_FIELDS } from '../fields/fields.js';
import { isExpressible } from '../fields/security.js';
import { hasOpenPaths } from '../fields/security-opt.js';
import { lostOfBinds } from './mounts.js';

/** Default values of the engine's fields that have no field of ours. Empty values always count as defaults. */
const DEFAULTS: Readonly<Record<string, (value: unknown, cgroupns: string) => boolean>> = {
  'HostConfig.ConsoleSize': () => true,
  'HostConfig.CgroupnsMode': (value, cgroupns) => value === cgroupns,
  'HostConfig.MaskedPaths': () => true,
  'HostConfig.ReadonlyPaths': () => true,
  'HostConfig.MemorySwappiness': (value) => value === -1,
  'HostConfig.NetworkMode': (value) => ['default', 'bridge', 'host', 'none'].includes(String(value)),
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
  ...NAMED_FIELDS,
  ...[
    'Binds',
    'PortBindings',
    'RestartPolicy',
    'LogConfig',
    'Links',
    'PublishAllPorts',
    'Memory',
    'NanoCpus',
    'PidsLimit',
    'Mounts',
    'SecurityOpt',
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

const HOST_OR_OTHER = /^(host$|container:)/;

/**
 * Settings that weaken the isolation between a container and its host. Source: Docker's own page on `docker run`, under
 * runtime privilege, namespaces, security options and cgroups.
 */
const HOST_ACCESS: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...Object.fromEntries(['CgroupParent', 'Cgroup', 'VolumesFrom', 'VolumeDriver'].map((name) => [name, () => true])),
  ...Object.fromEntries(
    ['CgroupnsMode', 'NetworkMode'].map((name) => [name, (value: unknown) => HOST_OR_OTHER.test(String(value))]),
  ),
};

/**
 * Paths that every engine keeps from containers, a subset of its lists. Behind them are the host's memory and devices,
 * and kernel settings that run programs of anyone who may write them (core_pattern). `systempaths=unconfined` makes both
 * lists empty, and is a security option of a definition. An engine that does not report the lists uses its defaults. Rule: moby, `oci/defaults.go`.
 */
const KEPT_FROM_CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  MaskedPaths: ['/proc/kcore', '/proc/scsi', '/sys/firmware'],
  ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
};

function openedPaths(host: RawDerivable['HostConfig']): readonly LostField[] {
  if (hasOpenPaths(host)) return [];
  return Object.entries(KEPT_FROM_CONTAINERS).flatMap(([name, kept]) => {
    const value = host[name];
    if (!Array.isArray(value) || kept.every((path) => value.includes(path))) return [];
    const reason = 'what every container is kept from is open to it: a replacement would be kept from it';
    return [{ field: `HostConfig.${name}`, value, reason, reach: { path: null } }];
  });
}

/** Lists the settings that a replacement would not have, and those that reach the host. */
export function lostFields(raw: RawDerivable, image: RawImageConfig | null, cgroupns: string): readonly LostField[] {
  const lost: LostField[] = [...openedPaths(raw.HostConfig), ...lostOfBinds(raw)];
  if (isEmpty(raw.Config.Entrypoint) && !isEmpty(image?.Entrypoint)) {
    const reason = "it was removed, which a definition can't do: the replacement would have the image's";
    lost.push({ field: 'Config.Entrypoint', value: raw.Config.Entrypoint ?? null, reason });
  }
  for (const part of ['HostConfig', 'Config'] as const) {
    for (const [name, value] of Object.entries(raw[part])) {
      const field = `${part}.${name}`;
      if (MAPPED_FIELDS.has(field) || isEmpty(value) || DEFAULTS[field]?.(value, cgroupns)) continue;
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
  const requests = raw.HostConfig['DeviceRequests'];
  if (!isExpressible(requests)) {
    const reason = 'definitions request devices with one list of capabilities: the replacement would have none of them';
    lost.push({ field: 'HostConfig.DeviceRequests', value: requests, reason, reach: { path: null } });
  }
  const startInterval = raw.Config.Healthcheck?.StartInterval ?? 0;
  if (startInterval === 0 && (image?.Healthcheck?.StartInterval ?? 0) > 0) {
    const reason = "an engine that knows the image's interval would give it to the replacement";
    lost.push({ field: 'Config.Healthcheck.StartInterval', value: startInterval, reason });
  }
  for (const mount of raw.Mounts ?? []) {
    if (KEPT_MOUNTS.has(mount.Type)) continue;
    const reason =
      'only volumes, host paths and file systems in memory can be adopted: the replacement would not have this mount';
    lost.push({ field: `Mounts.${mount.Destination}`, value: mount.Source ?? mount.Type, reason });
  }
  return lost;
}

/** Types of mounts that a definition has. */
const KEPT_MOUNTS: ReadonlySet<string> = new Set(['volume', 'bind', 'tmpfs']);

const nameOf = (entry: string): string => splitAtEquals(entry)[0];
