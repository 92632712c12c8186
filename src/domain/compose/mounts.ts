/** `volumes` of a service: named ones are mounted, everything else is told. */

import { pointer } from '../result.js';
import { type Draft, put, setOrigin } from './draft.js';
import { MOUNT_KEYS, MOUNT_VOLUME_KEYS } from './keys.js';
import type { Project } from './project.js';
import { addFault, addNote, checkKeys, child, flagOf, itemsOf, mapOf, type Reading, textOf } from './reading.js';
import type { MapTree, ScalarTree, Tree } from './tree.js';

interface Mount {
  readonly volume: string;
  readonly target: string;
  readonly readOnly: boolean;
}

const NO_BIND = 'a path of the host is not imported: copy what it holds into a named volume, or into the image';
const NO_ANONYMOUS =
  'a volume without a name is not made: unless the image itself has one there, what is written there is lost when the container is replaced; give it a name';
const NO_TYPE: Readonly<Record<string, string>> = {
  bind: NO_BIND,
  tmpfs: 'there are no file systems in memory here: take it out, or mount a named volume',
  npipe: 'it is of Windows containers alone: take it out',
  cluster: 'it is for Swarm: mount a named volume',
  image: 'images are not mounted: copy what it holds into a named volume',
};

const NO_COPY = 'a new volume is filled with what the image has there: take it out';
/** What stands after the second colon. Rule: compose-go, `format/volume.go`. */
const MODES: Readonly<Record<string, 'read-only' | 'usual' | 'ignored' | 'nocopy'>> = {
  ...{ ro: 'read-only', rw: 'usual', nocopy: 'nocopy' },
  ...{ z: 'ignored', Z: 'ignored', cached: 'ignored', delegated: 'ignored', consistent: 'ignored' },
};

export function readVolumes(reading: Reading, draft: Draft, service: MapTree, project: Project): void {
  const tree = child(service, 'volumes');
  const mounts = itemsOf(reading, tree).flatMap((item) => {
    const mount = readMount(reading, item, project);
    return mount === undefined ? [] : [{ mount, item }];
  });
  if (mounts.length > 0)
    put(
      draft,
      'volumes',
      mounts.map(({ mount }) => mount),
      tree,
    );
  for (const [index, { item }] of mounts.entries()) setOrigin(draft, pointer('volumes', index), item);
}

function readMount(reading: Reading, item: Tree, project: Project): Mount | undefined {
  if (item.kind === 'map') return readLong(reading, item, project);
  if (item.kind === 'scalar') return readShort(reading, item, project);
  return addFault(reading, item, 'has to be a text, or a map');
}

function readShort(reading: Reading, item: ScalarTree, project: Project): Mount | undefined {
  const [first = '', second, mode = '', ...more] = item.text.split(':');
  if (more.length > 0)
    return addFault(reading, item, `${JSON.stringify(item.text)} has too many colons; ${SHORT_FORM}`);
  if (second === undefined) {
    addNote(reading, item, 'unsupported', NO_ANONYMOUS);
    return undefined;
  }
  if (/^[./~\\]/.test(first)) {
    addNote(reading, item, 'unsupported', NO_BIND);
    return undefined;
  }
  const readOnly = readModes(reading, item, mode);
  const volume = project.volumeOf(first, item);
  return volume === undefined ? undefined : { volume, target: second, readOnly };
}

const SHORT_FORM = 'write NAME:/path or NAME:/path:ro';

function readModes(reading: Reading, item: ScalarTree, modes: string): boolean {
  let readOnly = false;
  for (const mode of modes === '' ? [] : modes.split(',')) {
    const meaning = Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
    if (meaning === undefined) addFault(reading, item, `${JSON.stringify(mode)} is no mode of a mount; ${SHORT_FORM}`);
    if (meaning === 'read-only') readOnly = true;
    if (meaning === 'nocopy') addNote(reading, item, 'unsupported', NO_COPY);
    if (meaning === 'ignored') addNote(reading, item, 'ignored', `${mode} is for paths of the host`);
  }
  return readOnly;
}

function readLong(reading: Reading, mount: MapTree, project: Project): Mount | undefined {
  checkKeys(reading, mount, MOUNT_KEYS, 'a volume of a service');
  const type = child(mount, 'type');
  if (type === undefined) return addFault(reading, mount, 'type is missing: write type: volume');
  const kind = textOf(reading, type) ?? '';
  if (Object.hasOwn(NO_TYPE, kind)) {
    addNote(reading, mount, 'unsupported', NO_TYPE[kind] ?? '');
    return undefined;
  }
  if (kind !== 'volume') return addFault(reading, type, `${JSON.stringify(kind)} is no type of a volume; write volume`);
  const target = textOf(reading, child(mount, 'target'));
  if (target === undefined) return addFault(reading, mount, 'target is missing: where in the container it is mounted');
  for (const other of ['bind', 'tmpfs', 'image']) {
    const left = child(mount, other);
    if (left !== undefined) addNote(reading, left, 'ignored', `it is for a mount of the type ${other}`);
  }
  const options = mapOf(reading, child(mount, 'volume'));
  if (options !== undefined) checkKeys(reading, options, MOUNT_VOLUME_KEYS, 'a mounted volume');
  const readOnly = flagOf(reading, child(mount, 'read_only')) ?? false;
  const source = child(mount, 'source');
  const key = textOf(reading, source) ?? '';
  if (source === undefined || key === '') {
    addNote(reading, mount, 'unsupported', NO_ANONYMOUS);
    return undefined;
  }
  const volume = project.volumeOf(key, source);
  return volume === undefined ? undefined : { volume, target, readOnly };
}
