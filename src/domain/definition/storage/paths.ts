/** Words for the sources and targets of mounts. */

/** Rule: moby, `names.RestrictedNamePattern`, for volumes and networks. */
export const RESTRICTED_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** True if a `volume` is a named one; any other one is a path of the host. */
export const isVolumeName = (volume: string): boolean => RESTRICTED_NAME.test(volume);

/** True if a `volume` is a path of the host, for specs whose values were checked. */
export const isHostPath = (volume: string): boolean => volume.startsWith('/');

/** A path without `//`, `/./` and a slash at its end. `..` is left: it is refused. */
export function cleanPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

/** True if a path has a part that leads up. */
export const leadsUp = (path: string): boolean => path.split('/').includes('..');
