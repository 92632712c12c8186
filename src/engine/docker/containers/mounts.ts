/** Mounts of a container in Docker's terms, and back. */

import type { VolumeMount } from '../../../domain/definition/definition.js';
import { LOCAL_DRIVER } from '../../../domain/definition/storage/driver-reach.js';
import { cleanPath, isHostPath } from '../../../domain/definition/storage/paths.js';
import { tmpfsText } from '../../../domain/definition/storage/tmpfs.js';
import { normalOptions } from '../../../domain/definition/storage/validate-driver.js';
import type { LostField } from '../../engine.js';
import type { RawDerivable } from '../derive-shapes.js';

/**
 * Mounts as a creation has them. The short form (`Binds`) alone creates a missing path of the host and relabels it for
 * SELinux, in every version of the API; only the long form refuses a missing path.
 */
export function mountsBody(volumes: readonly VolumeMount[]) {
  const isShort = ({ createHostPath }: VolumeMount): boolean => createHostPath === true;
  const short = volumes.filter(isShort);
  return {
    Mounts: volumes.filter((mount) => !isShort(mount)).map(longForm),
    ...(short.length > 0 && { Binds: short.map(shortForm) }),
  };
}

function longForm(mount: VolumeMount) {
  const { volume, target, readOnly, propagation } = mount;
  const options = volumeOptions(mount);
  return {
    Type: isHostPath(volume) ? ('bind' as const) : ('volume' as const),
    Source: volume,
    Target: target,
    ReadOnly: readOnly,
    ...(propagation !== undefined && { BindOptions: { Propagation: propagation } }),
    ...(Object.keys(options).length > 0 && { VolumeOptions: options }),
  };
}

function volumeOptions({ noCopy, subpath, driver, driverOptions, labels }: VolumeMount) {
  const isDriven = driver !== undefined || driverOptions !== undefined;
  return {
    ...(noCopy === true && { NoCopy: true }),
    ...(subpath !== undefined && { Subpath: subpath }),
    ...(labels !== undefined && { Labels: labels }),
    ...(isDriven && { DriverConfig: { Name: driver ?? LOCAL_DRIVER, Options: driverOptions ?? {} } }),
  };
}

function shortForm({ volume, target, readOnly, propagation, selinux }: VolumeMount): string {
  const options = [readOnly ? 'ro' : undefined, propagation, selinux].filter((option) => option !== undefined);
  return [volume, target, ...(options.length > 0 ? [options.join(',')] : [])].join(':');
}

/** Mount as requested; the result is elsewhere in the answer. */
interface RequestedMount {
  readonly Type?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Subpath?: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly DriverConfig?: {
      readonly Name?: string;
      readonly Options?: Readonly<Record<string, string>> | null;
    } | null;
  } | null;
  readonly TmpfsOptions?: {
    readonly SizeBytes?: number;
    readonly Mode?: number;
    readonly Options?: readonly (readonly string[])[] | null;
  } | null;
  readonly BindOptions?: {
    readonly CreateMountpoint?: boolean;
    readonly NonRecursive?: boolean;
    readonly ReadOnlyNonRecursive?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  } | null;
}

type RawMount = NonNullable<RawDerivable['Mounts']>[number];

/** A short form, `/srv/data:/data:ro,z`. */
function splitBind(text: string): { readonly target: string; readonly options: readonly string[] } {
  const [, target = '', options = ''] = text.split(':');
  return { target: cleanPath(target), options: options.split(',') };
}

/** The mounts of a container: volumes, and paths of the host. */
export function describeMounts({ HostConfig: host, Mounts: mounts }: RawDerivable): readonly VolumeMount[] {
  const binds = ((host['Binds'] ?? []) as readonly string[]).map(splitBind);
  const requested = (host['Mounts'] ?? []) as readonly RequestedMount[];
  return (mounts ?? []).flatMap((mount): readonly VolumeMount[] => {
    const { Type: type, Name, Source = '', Destination: target, RW } = mount;
    const short = binds.find((one) => one.target === cleanPath(target));
    const long = requested.find(({ Target }) => cleanPath(Target) === cleanPath(target));
    if (type === 'volume' && Name) {
      return [{ volume: Name, target, readOnly: !RW, ...optionsOf(short?.options ?? [], long) }];
    }
    if (type !== 'bind') return [];
    const creates = short !== undefined || long?.BindOptions?.CreateMountpoint === true;
    return [
      {
        ...{ volume: Source, target, readOnly: !RW },
        ...(creates && { createHostPath: true }),
        ...propagationOf(mount),
        ...selinuxOf(short?.options ?? []),
      },
    ];
  });
}

function optionsOf(short: readonly string[], long: RequestedMount | undefined): Partial<VolumeMount> {
  const { NoCopy = short.includes('nocopy'), Subpath = '', Labels, DriverConfig } = long?.VolumeOptions ?? {};
  return normalOptions({
    ...{ volume: '', target: '', noCopy: NoCopy, subpath: Subpath, labels: Labels ?? {} },
    ...{ driver: DriverConfig?.Name ?? '', driverOptions: DriverConfig?.Options ?? {} },
  });
}

/** Reads the file systems in memory that were requested as mounts, as `--tmpfs` would have them. */
export function describeTmpfs({ HostConfig: host }: RawDerivable): readonly string[] {
  const requested = (host['Mounts'] ?? []) as readonly RequestedMount[];
  return requested
    .filter(({ Type: type }) => type === 'tmpfs')
    .map(({ Target: target, ReadOnly, TmpfsOptions }) => {
      const { SizeBytes = 0, Mode = 0, Options } = TmpfsOptions ?? {};
      return tmpfsText({
        target,
        options: [
          ...(ReadOnly === true ? ['ro'] : []),
          ...(SizeBytes > 0 ? [`size=${SizeBytes}`] : []),
          ...(Mode > 0 ? [`mode=${Mode.toString(8)}`] : []),
          ...(Options ?? []).map((option) => option.join('=')),
        ],
      });
    });
}

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'] as const;

function propagationOf({ Propagation: text }: RawMount): Pick<VolumeMount, 'propagation'> {
  const propagation = PROPAGATIONS.find((one) => one === text);
  return propagation === undefined || propagation === 'rprivate' ? {} : { propagation };
}

function selinuxOf(options: readonly string[]): Pick<VolumeMount, 'selinux'> {
  const selinux = (['z', 'Z'] as const).find((one) => options.includes(one));
  return selinux === undefined ? {} : { selinux };
}

/** Settings of paths of the host that a definition can't express. */
export function lostOfBinds({ HostConfig: host }: RawDerivable): readonly LostField[] {
  return ((host['Mounts'] ?? []) as readonly RequestedMount[]).flatMap(({ Target, BindOptions }) =>
    (['NonRecursive', 'ReadOnlyNonRecursive', 'ReadOnlyForceRecursive'] as const)
      .filter((name) => BindOptions?.[name] === true)
      .map((name) => ({
        field: `HostConfig.Mounts.${Target}.BindOptions.${name}`,
        value: true,
        reason: 'definitions mount paths with everything that is mounted below them: the replacement would do so',
      })),
  );
}
