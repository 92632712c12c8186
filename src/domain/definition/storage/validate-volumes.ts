/** Checks and normalises the mounts of a definition. */

import { type FieldFault, pointer } from '../../problems/result.js';
import type { DefinitionInput, Rules, VolumeMount } from '../definition.js';
import { unprintable } from '../printable.js';
import { cleanPath, isVolumeName, leadsUp } from './paths.js';
import { readTmpfs, tmpfsFaults, tmpfsText } from './tmpfs.js';
import { normalOptions, optionsFaults } from './validate-driver.js';
import { fileFaults, normalFile } from './validate-files.js';

type Written = NonNullable<DefinitionInput['volumes']>[number];

/** Rules of the fields that say what is mounted into a container. */
export const STORAGE_RULES = {
  volumes: (volumes) => ({ value: volumes.map(normal), faults: volumeFaults(volumes) }),
  tmpfs: (texts, { volumes = [] }) => ({
    value: texts.map((text) => tmpfsText(readTmpfs(text))),
    faults: tmpfsFaults(texts, new Set(volumes.map(({ target }) => cleanPath(target)))),
  }),
  files: (files, input) => ({ value: files.map(normalFile), faults: fileFaults(files, input) }),
} satisfies Partial<Rules>;

/** A mount without what is so by default. */
function normal(mount: Written): VolumeMount {
  const { volume, target, readOnly = false, createHostPath, propagation, selinux } = mount;
  return {
    volume: isVolumeName(volume) ? volume : cleanPath(volume),
    target: cleanPath(target),
    readOnly,
    ...(createHostPath === true && { createHostPath }),
    ...(propagation !== undefined && propagation !== 'rprivate' && { propagation }),
    ...(selinux !== undefined && { selinux }),
    ...normalOptions(mount),
  };
}

/** Faults of `volumes`: named ones, or absolute paths of the host, which are for the policy to allow; each target once. */
function volumeFaults(volumes: readonly Written[]): readonly FieldFault[] {
  const first = new Map<string, number>();
  return volumes.flatMap((mount, index) => {
    const path = cleanPath(mount.target);
    const earlier = first.get(path);
    first.set(path, earlier ?? index);
    return [
      ...faultAt(pointer('volumes', index, 'volume'), sourceFault(mount.volume)),
      ...faultAt(pointer('volumes', index, 'target'), targetFault(mount.target) ?? doubledTarget(path, earlier)),
      ...optionFaults(mount).map(([part, message]) => ({ pointer: `${pointer('volumes', index)}/${part}`, message })),
    ];
  });
}

function faultAt(at: string, message: string | undefined): readonly FieldFault[] {
  return message === undefined ? [] : [{ pointer: at, message }];
}

const PATH_OPTIONS = ['createHostPath', 'propagation', 'selinux'] as const;
const VOLUME_OPTIONS = ['noCopy', 'subpath', 'driver', 'driverOptions', 'labels'] as const;

function optionFaults(mount: Written): readonly (readonly [part: string, message: string])[] {
  const { volume, createHostPath = false, selinux } = mount;
  if (isVolumeName(volume)) {
    const foreign = PATH_OPTIONS.filter((part) => mount[part] !== undefined && mount[part] !== false);
    return [
      ...foreign.map((part) => [part, `${part} is for host paths, and ${volume} is a volume; remove it`] as const),
      ...optionsFaults(mount),
    ];
  }
  const ofVolumes = VOLUME_OPTIONS.filter((part) => mount[part] !== undefined && mount[part] !== false);
  if (ofVolumes.length > 0) {
    return ofVolumes.map((part) => [part, `${part} is for volumes, and ${volume} is a host path; remove it`]);
  }
  if (selinux !== undefined && !createHostPath) {
    return [['selinux', 'engines relabel only what they may create; add "createHostPath": true']];
  }
  const needsShortForm = createHostPath && volume.includes(':');
  return needsShortForm
    ? [['createHostPath', 'engines create no path with a colon in it; create it on the host and remove this']]
    : [];
}

function sourceFault(volume: string): string | undefined {
  if (isVolumeName(volume)) {
    return undefined;
  }
  if (volume.startsWith('/')) {
    return leadsUp(volume) ? 'the host path must not contain ..; write the resolved path' : unprintable(volume);
  }
  return /[/\\~]/.test(volume)
    ? `${JSON.stringify(volume)} is a relative host path; write a volume's name or an absolute path`
    : `${JSON.stringify(volume)} is not a volume name; write two or more letters, digits, underscores, dots or dashes, beginning with a letter or digit`;
}

function targetFault(target: string): string | undefined {
  if (!target.startsWith('/')) {
    return 'the target must be an absolute path in the container, beginning with /';
  }
  if (leadsUp(target)) {
    return 'the target must not contain ..; write the resolved path';
  }
  if (cleanPath(target) === '/') {
    return "a volume can't replace the container's root file system; name a directory below /";
  }
  return target.includes(':')
    ? "the target can't contain a colon, because the engine separates mount options with it"
    : unprintable(target);
}

function doubledTarget(path: string, earlier: number | undefined): string | undefined {
  return earlier === undefined
    ? undefined
    : `${path} is already the target of volumes/${earlier}; choose another target`;
}
