/** `volumes` of a service: named ones are mounted, everything else is reported. */

import { cleanPath } from '../../definition/validate-host.js';
import { parseBytes } from '../../docker/values.js';
import { pointer } from '../../problems/result.js';
import { type Draft, put, setOrigin } from './draft.js';
import { MOUNT_KEYS, MOUNT_VOLUME_KEYS } from './keys/storage.js';
import type { Project } from './project.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  itemsOf,
  mapOf,
  parsed,
  type Reading,
  stringOf,
} from './yaml/reading.js';
import type { MapTree, ScalarTree, Tree } from './yaml/tree.js';

interface Mount {
  readonly volume: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** A mount, or undefined for one that is not taken over; either way it takes the place of an earlier one at its target. */
interface PlacedMount {
  readonly item: Tree;
  readonly target: string;
  readonly mount: Mount | undefined;
}

const NO_BIND = "host paths can't be imported: copy the files into a named volume or into the image";
const NO_ANONYMOUS =
  'anonymous volumes are not created: unless the image declares one, data at this path is lost when the container is replaced; name the volume';
const NO_TYPE: Readonly<Record<string, string>> = {
  bind: NO_BIND,
  tmpfs: 'in-memory file systems are not supported: remove it, or mount a named volume',
  npipe: 'it is for Windows containers only: remove it',
  cluster: 'it is for Swarm: mount a named volume',
  image: "images can't be mounted: copy the files into a named volume",
};

const NO_COPY = "a new volume is filled with the image's files at that path: remove it";
const FOR_PATHS = 'is for host paths';
const SHORT_FORM = 'write NAME:/path or NAME:/path:ro';

/** Mode after the second colon. Rule: compose-go, `format/volume.go`. */
type Mode = 'read-only' | 'usual' | 'ignored' | 'nocopy';
const MODES: Readonly<Record<string, Mode>> = {
  ro: 'read-only',
  rw: 'usual',
  nocopy: 'nocopy',
  z: 'ignored',
  Z: 'ignored',
  cached: 'ignored',
  delegated: 'ignored',
  consistent: 'ignored',
  private: 'ignored',
  rprivate: 'ignored',
  shared: 'ignored',
  rshared: 'ignored',
  slave: 'ignored',
  rslave: 'ignored',
};

/** Reads the mounts. Of several at one target the last one counts. Rule: compose-go, `override.EnforceUnicity`. */
export function readVolumes(reading: Reading, draft: Draft, service: MapTree, project: Project): void {
  const tree = child(service, 'volumes');
  const byTarget = new Map<string, PlacedMount>();
  for (const item of itemsOf(reading, tree)) {
    const placed = readMount(reading, item, project);
    if (placed === undefined) continue;
    const earlier = byTarget.get(placed.target)?.mount;
    if (earlier !== undefined && !isSame(earlier, placed.mount)) {
      addNote(
        reading,
        item,
        'ignored',
        `${earlier.volume} is already mounted at ${placed.target}, and the last one counts`,
      );
    }
    byTarget.set(placed.target, placed);
  }
  const mounts = [...byTarget.values()].flatMap(({ mount, item }) => (mount === undefined ? [] : [{ mount, item }]));
  if (mounts.length === 0) return;
  put(
    draft,
    'volumes',
    mounts.map(({ mount }) => mount),
    tree,
  );
  for (const [index, { item }] of mounts.entries()) setOrigin(draft, pointer('volumes', index), item);
}

const isSame = (a: Mount, b: Mount | undefined): boolean => a.volume === b?.volume && a.readOnly === b.readOnly;

function readMount(reading: Reading, item: Tree, project: Project): PlacedMount | undefined {
  if (item.kind === 'map') return readLong(reading, item, project);
  if (item.kind === 'scalar') return readShort(reading, item, project);
  return addFault(reading, item, 'must be a string or a map');
}

function readShort(reading: Reading, item: ScalarTree, project: Project): PlacedMount | undefined {
  const text = stringOf(reading, item);
  if (text === undefined) return undefined;
  const [first = '', second, mode, ...more] = partsOf(text, project);
  const wrong = more.length > 0 ? 'has too many colons' : 'has an empty part between two colons or at an end';
  if (more.length > 0 || [first, second, mode].includes('')) {
    return addFault(reading, item, `${JSON.stringify(text)} ${wrong}; ${SHORT_FORM}`);
  }
  if (second === undefined) {
    addNote(reading, item, 'unsupported', NO_ANONYMOUS);
    return { item, target: cleanPath(first), mount: undefined };
  }
  const target = cleanPath(second);
  if (isPath(first)) {
    addNote(reading, item, 'unsupported', NO_BIND);
    return { item, target, mount: undefined };
  }
  const readOnly = readModes(reading, item, mode);
  const volume = project.volumeOf(first, item);
  return volume === undefined ? undefined : { item, target, mount: { volume, target: second, readOnly } };
}

/**
 * The parts between colons; the one after the letter of a Windows drive divides nothing. A letter that the file declares is
 * a volume, where Docker Compose still sees a drive, and then fails.
 */
function partsOf(text: string, project: Project): readonly string[] {
  if (text.length <= 2) return [text];
  const parts: string[] = [];
  for (const part of text.split(':')) {
    const last = parts.at(-1);
    if (last !== undefined && /^\p{L}$/u.test(last) && !project.declaresVolume(last))
      parts[parts.length - 1] = `${last}:${part}`;
    else parts.push(part);
  }
  return parts;
}

const isPath = (source: string): boolean => /^(?:[./~]|\\\\|\p{L}:)/u.test(source);

function readModes(reading: Reading, item: ScalarTree, modes = ''): boolean {
  let readOnly = false;
  for (const mode of modes === '' ? [] : modes.split(',')) {
    const meaning = Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
    if (meaning === undefined)
      addNote(reading, item, 'ignored', `${JSON.stringify(mode)} is not a mode that Docker Compose knows`);
    if (meaning === 'read-only' || meaning === 'usual') readOnly = meaning === 'read-only';
    if (meaning === 'nocopy') addNote(reading, item, 'unsupported', NO_COPY);
    if (meaning === 'ignored') addNote(reading, item, 'ignored', `${mode} ${FOR_PATHS}`);
  }
  return readOnly;
}

function readLong(reading: Reading, mount: MapTree, project: Project): PlacedMount | undefined {
  checkKeys(reading, mount, MOUNT_KEYS, 'a volume of a service');
  const type = child(mount, 'type');
  if (type === undefined) return addFault(reading, mount, 'type is missing: write type: volume');
  const kind = stringOf(reading, type) ?? '';
  const where = stringOf(reading, child(mount, 'target'));
  if (where === undefined) return addFault(reading, mount, 'target is missing: the path in the container');
  const target = cleanPath(where);
  const source = child(mount, 'source');
  const key = stringOf(reading, source) ?? '';
  readSize(reading, child(mount, 'tmpfs'));
  if (Object.hasOwn(NO_TYPE, kind)) {
    if (kind === 'bind' && key === '') return addFault(reading, mount, 'source is missing: the path on the host');
    addNote(reading, mount, 'unsupported', NO_TYPE[kind] ?? '');
    return { item: mount, target, mount: undefined };
  }
  if (kind !== 'volume') return addFault(reading, type, `${JSON.stringify(kind)} is not a volume type; write volume`);
  for (const other of ['bind', 'tmpfs', 'image']) {
    const left = child(mount, other);
    if (left !== undefined) addNote(reading, left, 'ignored', `it is for mounts of type ${other}`);
  }
  const options = mapOf(reading, child(mount, 'volume'));
  if (options !== undefined) checkKeys(reading, options, MOUNT_VOLUME_KEYS, 'a mounted volume');
  const readOnly = flagOf(reading, child(mount, 'read_only')) ?? false;
  if (source === undefined || key === '') {
    addNote(reading, mount, 'unsupported', NO_ANONYMOUS);
    return { item: mount, target, mount: undefined };
  }
  const volume = project.volumeOf(key, source);
  return volume === undefined ? undefined : { item: mount, target, mount: { volume, target: where, readOnly } };
}

/** The size of a file system in memory is checked, although there are none. */
function readSize(reading: Reading, options: Tree | undefined): void {
  const size = options?.kind === 'map' ? child(options, 'size') : undefined;
  parsed(reading, size, parseBytes);
}
