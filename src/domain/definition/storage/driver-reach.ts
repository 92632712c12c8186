/** Tells what a volume's driver and its options reach on the host. */

import type { VolumeMount } from '../definition.js';
import { cleanPath, isHostPath } from './paths.js';

type Driven = Pick<VolumeMount, 'driver' | 'driverOptions'>;

/** Reach of a volume: the engine's own storage alone, a path of the host, or another driver or file system. */
export type DriverReach =
  | { readonly kind: 'storage' }
  | { readonly kind: 'path'; readonly path: string }
  /** Named as the policy lists it: a plugin's name, or `local:nfs`. */
  | { readonly kind: 'driver'; readonly name: string };

export const LOCAL_DRIVER = 'local';

/** Types for which the kernel looks at the flags alone. */
const BIND_TYPES: ReadonlySet<string> = new Set(['', 'none', 'bind', 'rbind']);
/** Flags that make a mount of something that is there already. Rule: mount(2). */
const BIND_FLAGS: ReadonlySet<string> = new Set(['bind', 'rbind', 'remount', 'move']);

/** Returns the flags and data of a mount, as `o` lists them. */
export const mountOptions = (o = ''): readonly string[] => o.split(',').map((option) => option.trim().toLowerCase());

/** Rule: moby, `volume/local/local_unix.go`: the options are those of a mount(2), made as root on the host. */
export function driverReach({ driver = LOCAL_DRIVER, driverOptions = {} }: Driven): DriverReach {
  if (driver !== LOCAL_DRIVER) return { kind: 'driver', name: driver };
  const { type, o, device } = driverOptions;
  if (type === undefined && o === undefined && device === undefined) return { kind: 'storage' };
  const kind = (type ?? '').trim().toLowerCase();
  const isBind = BIND_TYPES.has(kind) || mountOptions(o).some((option) => BIND_FLAGS.has(option));
  if (isBind) return { kind: 'path', path: cleanPath(device ?? '') };
  return kind === 'tmpfs' ? { kind: 'storage' } : { kind: 'driver', name: `${LOCAL_DRIVER}:${kind}` };
}

/** Returns the path of the host that a mount leads to; undefined for one that leads to none. */
export function hostPathOf(mount: Driven & Pick<VolumeMount, 'volume'>): string | undefined {
  if (isHostPath(mount.volume)) return mount.volume;
  const reach = driverReach(mount);
  return reach.kind === 'path' ? reach.path : undefined;
}
