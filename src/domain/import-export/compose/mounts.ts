/** `volumes` of a service: volumes and paths of the host are mounted, everything else is reported. */

import { isSameJson } from '../../../lib/canonical-json.js';
import { listed } from '../../../lib/sentence.js';
import type { VolumeMount } from '../../definition/definition.js';
import { cleanPath } from '../../definition/storage/paths.js';
import { tmpfsText } from '../../definition/storage/tmpfs.js';
import { parseBytes, parseInteger } from '../../docker/values.js';
import { pointer } from '../../problems/result.js';
import { type HostPlaces, resolveHostPath } from '../host-path.js';
import { type Draft, put, setOrigin } from './draft.js';
import { MOUNT_BIND_KEYS, MOUNT_KEYS, MOUNT_VOLUME_KEYS } from './keys/storage.js';
import { type Project, type ProjectVolume, recordOf } from './project.js';
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

/** A mount, or undefined for one that is not taken over; either way it takes the place of an earlier one at its target. */
interface PlacedMount {
  readonly item: Tree;
  readonly target: string;
  /** The text of a file system in memory. */
  readonly tmpfs?: string;
  readonly mount: VolumeMount | undefined;
}

const NO_ANONYMOUS =
  'anonymous volumes are not created: unless the image declares one, data at this path is lost when the container is replaced; name the volume';
const NO_TYPE: Readonly<Record<string, string>> = {
  npipe: 'it is for Windows containers only: remove it',
  cluster: 'it is for Swarm: mount a named volume',
  image: "images can't be mounted: copy the files into a named volume",
};

const FOR_PATHS = 'is for host paths';
const SHORT_FORM = 'write NAME:/path or NAME:/path:ro';

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'] as const;
type Propagation = (typeof PROPAGATIONS)[number];

/** Modes after the second colon. Rule: compose-go, `format/volume.go`. */
const MODES: ReadonlySet<string> = new Set([
  ...['ro', 'rw', 'nocopy', 'z', 'Z', 'cached', 'delegated', 'consistent'],
  ...PROPAGATIONS,
]);

/** Reads the mounts. Of several at one target the last one counts. Rule: compose-go, `override.EnforceUnicity`. */
export function readVolumes(reading: Reading, draft: Draft, service: MapTree, { project, places }: Sources): void {
  const tree = child(service, 'volumes');
  const byTarget = new Map<string, PlacedMount>();
  for (const item of itemsOf(reading, tree)) {
    const placed = readMount(reading, item, { project, places });
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
  const inMemory = [...byTarget.values()].flatMap(({ tmpfs, item }) => (tmpfs === undefined ? [] : [{ tmpfs, item }]));
  addTmpfs(draft, inMemory, tree);
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

/** Adds to what the key `tmpfs` of the service has. */
function addTmpfs(
  draft: Draft,
  mounts: readonly { readonly tmpfs: string; readonly item: Tree }[],
  tree: Tree | undefined,
): void {
  if (mounts.length === 0) return;
  const { tmpfs: own = [] } = draft.fields;
  put(draft, 'tmpfs', [...own, ...mounts.map(({ tmpfs }) => tmpfs)], tree);
  for (const [index, { item }] of mounts.entries()) setOrigin(draft, pointer('tmpfs', own.length + index), item);
}

const isSame = (a: VolumeMount, b: VolumeMount | undefined): boolean =>
  b !== undefined && isSameJson({ ...a, target: '' }, { ...b, target: '' });

/** The volumes of the file, and the directories that paths in it are relative to. */
interface Sources {
  readonly project: Project;
  readonly places: HostPlaces;
}

function readMount(reading: Reading, item: Tree, sources: Sources): PlacedMount | undefined {
  if (item.kind === 'map') return readLong(reading, item, sources);
  if (item.kind === 'scalar') return readShort(reading, item, sources);
  return addFault(reading, item, 'must be a string or a map');
}

function readShort(reading: Reading, item: ScalarTree, { project, places }: Sources): PlacedMount | undefined {
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
  const modes = readModes(reading, item, mode);
  const readOnly = modes.findLast((one) => one === 'ro' || one === 'rw') === 'ro';
  if (isPath(first)) {
    const options = { propagation: lastOf(PROPAGATIONS, modes), selinux: lastOf(['z', 'Z'], modes) };
    const mount = bindOf(reading, item, places, { source: first, target: second, readOnly, ...options });
    return { item, target, mount };
  }
  noteForVolume(reading, item, modes);
  const volume = project.volumeOf(first, item);
  if (volume === undefined) return undefined;
  const noCopy = modes.includes('nocopy');
  return { item, target, mount: { ...volume, target: second, readOnly, ...(noCopy && { noCopy }) } };
}

const lastOf = <T extends string>(some: readonly T[], modes: readonly string[]): T | undefined =>
  some.find((one) => one === modes.findLast((mode) => (some as readonly string[]).includes(mode)));

interface Bind {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly createHostPath?: boolean | undefined;
  readonly propagation?: Propagation | undefined;
  readonly selinux?: 'z' | 'Z' | undefined;
}

/** A path of the host, which is created unless the file says otherwise; undefined where it can't be resolved. */
function bindOf(reading: Reading, item: Tree, places: HostPlaces, bind: Bind): VolumeMount | undefined {
  const { source, target, readOnly, createHostPath = true, propagation, selinux } = bind;
  const path = resolveHostPath(source, places);
  if (!path.ok) {
    addNote(reading, item, 'unsupported', path.message);
    return undefined;
  }
  return {
    ...{ volume: path.value, target, readOnly },
    ...(createHostPath && { createHostPath }),
    ...(propagation !== undefined && { propagation }),
    ...(selinux !== undefined && { selinux }),
  };
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

function readModes(reading: Reading, item: ScalarTree, modes = ''): readonly string[] {
  return modes.split(',').filter((mode) => {
    if (mode === '' || MODES.has(mode)) return mode !== '';
    addNote(reading, item, 'ignored', `${JSON.stringify(mode)} is not a mode that Docker Compose knows`);
    return false;
  });
}

/** Notes the modes that a volume doesn't have. */
function noteForVolume(reading: Reading, item: ScalarTree, modes: readonly string[]): void {
  for (const mode of modes) {
    if (!['ro', 'rw', 'nocopy'].includes(mode)) addNote(reading, item, 'ignored', `${mode} ${FOR_PATHS}`);
  }
}

function readLong(reading: Reading, mount: MapTree, { project, places }: Sources): PlacedMount | undefined {
  checkKeys(reading, mount, MOUNT_KEYS, 'a volume of a service');
  const type = child(mount, 'type');
  if (type === undefined) return addFault(reading, mount, 'type is missing: write type: volume');
  const kind = stringOf(reading, type) ?? '';
  const where = stringOf(reading, child(mount, 'target'));
  if (where === undefined) return addFault(reading, mount, 'target is missing: the path in the container');
  const target = cleanPath(where);
  const source = child(mount, 'source');
  const key = stringOf(reading, source) ?? '';
  const size = readSize(reading, child(mount, 'tmpfs'));
  if (Object.hasOwn(NO_TYPE, kind)) {
    addNote(reading, mount, 'unsupported', NO_TYPE[kind] ?? '');
    return { item: mount, target, mount: undefined };
  }
  if (kind !== 'volume' && kind !== 'bind' && kind !== 'tmpfs') {
    return addFault(reading, type, `${JSON.stringify(kind)} is not a volume type; write volume, bind or tmpfs`);
  }
  noteOtherTypes(reading, mount, kind);
  const readOnly = flagOf(reading, child(mount, 'read_only')) ?? false;
  if (kind === 'tmpfs') {
    const tmpfs = tmpfsText({ target, options: tmpfsOptions(reading, mount, { size, readOnly }) });
    return { item: mount, target, tmpfs, mount: undefined };
  }
  if (kind === 'bind') {
    if (key === '') return addFault(reading, mount, 'source is missing: the path on the host');
    const bind = { source: key, target: where, readOnly, ...bindOptions(reading, mount) };
    return { item: mount, target, mount: bindOf(reading, mount, places, bind) };
  }
  const options = mapOf(reading, child(mount, 'volume'));
  if (options !== undefined) checkKeys(reading, options, MOUNT_VOLUME_KEYS, 'a mounted volume');
  if (source === undefined || key === '') {
    addNote(reading, mount, 'unsupported', NO_ANONYMOUS);
    return { item: mount, target, mount: undefined };
  }
  const volume = project.volumeOf(key, source);
  if (volume === undefined) return undefined;
  const own = options === undefined ? {} : volumeOptions(reading, options, volume);
  return { item: mount, target, mount: { ...volume, target: where, readOnly, ...own } };
}

function noteOtherTypes(reading: Reading, mount: MapTree, kind: string): void {
  for (const other of ['bind', 'tmpfs', 'image', 'volume'].filter((type) => type !== kind)) {
    const left = child(mount, other);
    if (left !== undefined) addNote(reading, left, 'ignored', `it is for mounts of type ${other}`);
  }
}

function bindOptions(reading: Reading, mount: MapTree): Pick<Bind, 'createHostPath' | 'propagation' | 'selinux'> {
  const options = mapOf(reading, child(mount, 'bind'));
  if (options === undefined) return {};
  checkKeys(reading, options, MOUNT_BIND_KEYS, 'a mounted host path');
  return {
    createHostPath: flagOf(reading, child(options, 'create_host_path')),
    propagation: oneOf(reading, child(options, 'propagation'), PROPAGATIONS),
    selinux: oneOf(reading, child(options, 'selinux'), ['z', 'Z']),
  };
}

function oneOf<T extends string>(reading: Reading, tree: Tree | undefined, some: readonly T[]): T | undefined {
  const text = stringOf(reading, tree);
  const found = some.find((one) => one === text);
  if (tree === undefined || text === undefined || text === '' || found !== undefined) return found;
  return addFault(reading, tree, `${JSON.stringify(text)} is not valid here; write ${listed(some)}`);
}

/** The size of a file system in memory in bytes; 0 for none. */
function readSize(reading: Reading, options: Tree | undefined): number {
  const size = options?.kind === 'map' ? child(options, 'size') : undefined;
  return parsed(reading, size, parseBytes) ?? 0;
}

function tmpfsOptions(
  reading: Reading,
  mount: MapTree,
  { size, readOnly }: { readonly size: number; readonly readOnly: boolean },
): readonly string[] {
  const options = mapOf(reading, child(mount, 'tmpfs'));
  const mode = options && parsed(reading, child(options, 'mode'), parseInteger);
  return [
    ...(readOnly ? ['ro'] : []),
    ...(size > 0 ? [`size=${size}`] : []),
    ...(mode === undefined ? [] : [`mode=${mode.toString(8)}`]),
  ];
}

function volumeOptions(reading: Reading, options: MapTree, volume: ProjectVolume): Partial<VolumeMount> {
  const subpath = stringOf(reading, child(options, 'subpath'));
  const labels = recordOf(reading, child(options, 'labels'));
  return {
    ...(flagOf(reading, child(options, 'nocopy')) === true && { noCopy: true }),
    ...(subpath !== undefined && { subpath }),
    ...(labels !== undefined && { labels: { ...volume.labels, ...labels } }),
  };
}
