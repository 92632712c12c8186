/** `-v` and `--mount`: named volumes, and why another mount can't be had. */

import type { DefinitionInput } from '../definition.js';
import { parseBoolean, parseCsv } from '../docker-values.js';
import type { ImportNote } from '../import-note.js';
import { failure, type Result, success } from '../result.js';
import { addTo, type Draft, note, type Verdict } from './draft.js';
import type { Given } from './read-flags.js';
import { splitAtEquals } from './split.js';

const HOST_PATH = 'paths of the host are not imported: put the files into a volume, and write -v NAME:/path';
const ANONYMOUS = 'a volume without a name could not be found again: write -v NAME:/path';
const NO_COPY = 'a new volume is filled with what the image has there: take nocopy out';
const OWN_OPTIONS = 'volumes are made without options: make this one beforehand, and mount it by its name';
const WHOLE = 'volumes are mounted whole, and this one is then seen from its root: take the subpath out';
const ONLY_VOLUMES = 'only named volumes can be mounted: write -v NAME:/path';

type Volume = NonNullable<DefinitionInput['volumes']>[number];

const OPTIONS: Readonly<Record<string, readonly [effect: ImportNote['effect'], reason: string] | undefined>> = {
  ro: undefined,
  rw: undefined,
  nocopy: ['unsupported', NO_COPY],
  z: ['ignored', 'z is for paths of the host: the engine labels its own volumes'],
  Z: ['ignored', 'Z is for paths of the host: the engine labels its own volumes'],
  ...Object.fromEntries(
    ['cached', 'delegated', 'consistent'].map((mode) => [mode, ['ignored', `${mode} makes no difference on Linux`]]),
  ),
};

/** Rule: docker/cli, `loader.ParseVolume`; what the engine takes of its options: moby, `volume/mounts`. */
export function readVolume(draft: Draft, given: Given): Verdict {
  const form = 'write -v NAME:/path or -v NAME:/path:ro';
  const parts = given.value.split(':');
  const [source = '', target, mode] = parts;
  if (parts.length > 3 || parts.includes('')) return `${JSON.stringify(given.value)} is not a volume; ${form}`;
  if (target === undefined) return note(draft, given, 'unsupported', ANONYMOUS);
  if (isHostPath(source)) return note(draft, given, 'unsupported', HOST_PATH);
  const options = mode?.split(',') ?? [];
  const unknown = options.find((option) => !Object.hasOwn(OPTIONS, option));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not an option of a volume; ${form}`;
  for (const option of options) {
    const left = OPTIONS[option];
    if (left !== undefined) note(draft, given, ...left);
  }
  return addTo(draft, given, 'volumes', volume(source, target, options.includes('ro')));
}

/** Rule: docker/cli, `isFilePath`. */
const isHostPath = (source: string): boolean => /^(?:[./~]|\\\\)/.test(source);

const volume = (name: string, target: string, isReadOnly: boolean): Volume => ({
  ...{ volume: name, target },
  ...(isReadOnly && { readOnly: true }),
});

/** What the fields of a mount are about. */
const KEYS: Readonly<Record<string, string>> = {
  ...{ type: 'type', source: 'source', src: 'source', target: 'target', dst: 'target', destination: 'target' },
  ...{ readonly: 'readonly', ro: 'readonly', consistency: 'consistency' },
  ...{ 'bind-propagation': 'bind', 'bind-nonrecursive': 'bind', 'bind-recursive': 'bind' },
  ...{ 'volume-subpath': 'subpath', 'image-subpath': 'subpath', 'volume-nocopy': 'nocopy' },
  ...{
    'volume-label': 'own',
    'volume-driver': 'own',
    'volume-opt': 'own',
    'tmpfs-size': 'tmpfs',
    'tmpfs-mode': 'tmpfs',
  },
};
const SWITCHES: readonly string[] = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'];
const TYPES: readonly string[] = ['volume', 'bind', 'tmpfs', 'npipe', 'cluster', 'image'];
const FORM = 'write type=volume,source=NAME,target=/path';

/** Rule: docker/cli, `opts.MountOpt`. */
export function readMount(draft: Draft, given: Given): Verdict {
  const fields = readFields(given.value);
  if (!fields.ok) return fields.message;
  const found = fields.value;
  const type = (found.get('type') ?? 'volume').toLowerCase();
  const source = found.get('source') ?? '';
  const target = found.get('target') ?? '';
  if (!TYPES.includes(type)) return `${JSON.stringify(type)} is not a type of mount; ${FORM}`;
  if (target === '') return `there is no target; ${FORM}`;
  if (type !== 'volume') return note(draft, given, 'unsupported', type === 'bind' ? HOST_PATH : ONLY_VOLUMES);
  if (found.has('bind') || found.has('tmpfs')) return `options of other mounts are no options of a volume; ${FORM}`;
  if (source === '') return note(draft, given, 'unsupported', ANONYMOUS);
  if (found.has('subpath')) note(draft, given, 'unsupported', WHOLE);
  if (found.get('nocopy') === 'true') note(draft, given, 'unsupported', NO_COPY);
  if (found.has('own')) note(draft, given, 'unsupported', OWN_OPTIONS);
  if (found.has('consistency')) note(draft, given, 'ignored', 'consistency makes no difference on Linux');
  return addTo(draft, given, 'volumes', volume(source, target, found.get('readonly') === 'true'));
}

function readFields(text: string): Result<ReadonlyMap<string, string>> {
  const fields = parseCsv(text);
  if (!fields.ok) return fields;
  const found = new Map<string, string>();
  for (const field of fields.value) {
    const [key, value] = splitAtEquals(field);
    const isSwitch = SWITCHES.includes(key);
    const about = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (about === undefined) return failure(`${JSON.stringify(key)} is not a field of a mount; ${FORM}`);
    if (value === undefined && !isSwitch) return failure(`${key} needs a value; ${FORM}`);
    const checked = isSwitch ? parseBoolean(value ?? 'true') : undefined;
    if (checked?.ok === false) return failure(`${key}: ${checked.message}`);
    found.set(about, checked === undefined ? (value ?? '') : String(checked.value));
  }
  return success(found);
}
