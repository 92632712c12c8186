/** Checks the options of a named volume: its driver, labels, and what of it is mounted. */

import { listed } from '../../../lib/sentence.js';
import type { VolumeMount } from '../definition.js';
import { unprintable } from '../printable.js';
import { driverReach, LOCAL_DRIVER, mountOptions } from './driver-reach.js';
import { cleanPath, leadsUp } from './paths.js';

type Mount = Omit<VolumeMount, 'readOnly'>;
/** A part of a mount, and what is wrong with it. */
type PartFault = readonly [part: string, message: string];

const MAX_OPTIONS = 64;
/** Names of drivers, and references of plugins: `vieux/sshfs:latest`. */
const DRIVER = /^[a-zA-Z0-9][\w./:@-]{0,254}$/;
/** Rule: moby, `volume/local/local_unix.go`. */
const LOCAL_OPTIONS: readonly string[] = ['type', 'o', 'device', 'size'];

export const isDriverName = (text: string): boolean => DRIVER.test(text);

/** Options in their normal form; those that every volume has are absent. */
export function normalOptions({ noCopy, subpath, driver, driverOptions, labels }: Mount): Partial<VolumeMount> {
  const isUsual = driver === undefined || driver === '' || driver === LOCAL_DRIVER;
  return {
    ...(noCopy === true && { noCopy }),
    ...(subpath !== undefined && subpath !== '' && { subpath: cleanPath(subpath) }),
    ...(!isUsual && { driver }),
    ...(hasEntries(driverOptions) && { driverOptions: withCleanDevice(driverOptions) }),
    ...(hasEntries(labels) && { labels }),
  };
}

const hasEntries = <T extends object>(map: T | undefined): map is T => map !== undefined && Object.keys(map).length > 0;

/** Paths of the host are compared by their text, so a device that is one is stored in the form of the policy. */
function withCleanDevice(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const reach = driverReach({ driverOptions: options });
  return reach.kind === 'path' ? { ...options, device: reach.path } : options;
}

/** Faults of the options of a named volume. */
export function optionsFaults(mount: Mount): readonly PartFault[] {
  const { subpath, driver, driverOptions = {}, labels = {} } = mount;
  const own: readonly (readonly [string, string | undefined])[] = [
    ['subpath', subpath === undefined ? undefined : subpathFault(subpath)],
    ['driver', driver === undefined || driver === '' ? undefined : driverFault(driver)],
    ...mapFaults('labels', labels),
    ...mapFaults('driverOptions', driverOptions),
  ];
  const wrong = own.flatMap(([part, message]): readonly PartFault[] =>
    message === undefined ? [] : [[part, message]],
  );
  const isLocal = driver === undefined || driver === '' || driver === LOCAL_DRIVER;
  return wrong.length > 0 || !isLocal ? wrong : localFaults(driverOptions);
}

function subpathFault(subpath: string): string | undefined {
  return subpath.startsWith('/') || leadsUp(subpath)
    ? 'the subpath must be relative to the root of the volume, without ..'
    : unprintable(subpath);
}

const driverFault = (driver: string): string | undefined =>
  isDriverName(driver) ? undefined : `${JSON.stringify(driver)} is not a volume driver; write its name`;

function mapFaults(
  part: string,
  map: Readonly<Record<string, string>>,
): readonly (readonly [string, string | undefined])[] {
  const entries = Object.entries(map);
  if (entries.length > MAX_OPTIONS)
    return [[part, `has ${entries.length} entries, and at most ${MAX_OPTIONS} are allowed`]];
  return entries.map(([name, value]) => [
    `${part}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    name === '' ? "the name can't be empty" : (unprintable(name) ?? unprintable(value)),
  ]);
}

/** Rule: moby, `volume/local/local_unix.go`; a path must be absolute, since it is one of the host. */
function localFaults(options: Readonly<Record<string, string>>): readonly PartFault[] {
  const names = Object.keys(options);
  const unknown = names.filter((name) => !LOCAL_OPTIONS.includes(name));
  if (unknown.length > 0) {
    return unknown.map((name) => [
      `driverOptions/${name}`,
      `${JSON.stringify(name)} is not an option of the driver local; write ${listed(LOCAL_OPTIONS)}`,
    ]);
  }
  const { type, device, o } = options;
  if (names.every((name) => name === 'size')) return [];
  if (type === undefined || device === undefined) {
    return [
      ['driverOptions', 'the driver local needs both type and device; for example type none, o bind, device /srv'],
    ];
  }
  if (mountOptions(o).some((option) => option === 'remount' || option === 'move')) {
    return [['driverOptions/o', 'a volume can only be mounted; remove remount and move']];
  }
  const isPath = driverReach({ driverOptions: options }).kind === 'path';
  return isPath && (!device.startsWith('/') || leadsUp(device))
    ? [['driverOptions/device', 'the device is a path on the host: write it as an absolute path without ..']]
    : [];
}
