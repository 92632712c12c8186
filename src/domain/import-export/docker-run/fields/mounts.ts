/** `-v` and `--mount`: named volumes and paths of the host, and why another mount can't be had. */

import { splitAtEquals } from '../../../../lib/text/env-entry.js';
import type { DefinitionInput } from '../../../definition/definition.js';
import { cleanPath, isVolumeName } from '../../../definition/storage/paths.js';
import { tmpfsText } from '../../../definition/storage/tmpfs.js';
import { parseBytes, parseCsv } from '../../../docker/values.js';
import { failure, type Result, success } from '../../../problems/result.js';
import { isPathText, resolveHostPath } from '../../host-path.js';
import type { ImportNote } from '../../import-note.js';
import type { Given } from '../line.js';
import { addOnce, addTo, type Draft, note, type Verdict } from './draft.js';

const ON_WINDOWS = 'is a path on a Windows host, but the engine runs on Linux';
const WHOLE_SYSTEM = "a mount can't replace the container's root file system";
const ANONYMOUS = 'an anonymous volume could not be found again: write -v NAME:/path';
const NO_TYPE = 'only volumes, host paths and file systems in memory can be mounted: write -v NAME:/path';
const WITH_ALL = 'a path is mounted with everything that is mounted below it: remove bind-recursive';

type Volume = NonNullable<DefinitionInput['volumes']>[number];

const OPTIONS: Readonly<Record<string, readonly [effect: ImportNote['effect'], reason: string] | undefined>> = {
  ro: undefined,
  rw: undefined,
  nocopy: undefined,
  z: ['ignored', 'z is for host paths: the engine labels its own volumes'],
  Z: ['ignored', 'Z is for host paths: the engine labels its own volumes'],
  ...Object.fromEntries(
    ['cached', 'delegated', 'consistent'].map((mode) => [mode, ['ignored', `${mode} has no effect on Linux`]]),
  ),
};

const PROPAGATIONS = ['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'] as const;
/** Options of a path of the host. Rule: moby, `volume/mounts/linux_parser.go`. */
const BIND_OPTIONS: readonly string[] = ['ro', 'rw', 'z', 'Z', 'cached', 'delegated', 'consistent', ...PROPAGATIONS];
/** Groups of options of which a mount may have one each. */
const ALTERNATIVES: readonly (readonly string[])[] = [
  ['ro', 'rw'],
  ['z', 'Z'],
  ['cached', 'delegated', 'consistent'],
  PROPAGATIONS,
  ['nocopy'],
];

/** Rule: docker/cli, `volumespec.Parse`; what the engine takes of its options: moby, `volume/mounts`. */
export function readVolume(draft: Draft, given: Given): Verdict {
  const form = 'write -v NAME:/path or -v NAME:/path:ro';
  const { parts, isWindows } = splitVolume(given.value);
  const [source = '', target, mode] = parts;
  if (parts.length > 3 || parts.includes('')) return `${JSON.stringify(given.value)} is not a volume; ${form}`;
  if (target === undefined) return anonymousFault(source) ?? note(draft, given, 'unsupported', ANONYMOUS);
  const isPath = isWindows || isPathText(source);
  const options = mode?.split(',') ?? [];
  const wrong = optionFault(options, isPath ? BIND_OPTIONS : Object.keys(OPTIONS));
  if (wrong !== undefined) return `${wrong}; ${form}`;
  if (isPath && !target.startsWith('/')) {
    return `the target ${JSON.stringify(target)} must be an absolute path in the container; ${form}`;
  }
  if (isPath && cleanPath(target) === '/') return WHOLE_SYSTEM;
  if (isPath) return addBind(draft, given, { source, target, options });
  if (/%\w+%/.test(source)) return `${JSON.stringify(source)} is a variable of the Windows command prompt; ${form}`;
  for (const option of options) {
    const left = OPTIONS[option];
    if (left !== undefined) note(draft, given, ...left);
  }
  return addOnce(draft, given, 'volumes', {
    ...volume(source, target, options.includes('ro')),
    ...(options.includes('nocopy') && { noCopy: true }),
  });
}

/** Adds a path of the host, which Docker creates if nothing is there. */
function addBind(
  draft: Draft,
  given: Given,
  {
    source,
    target,
    options,
  }: { readonly source: string; readonly target: string; readonly options: readonly string[] },
): undefined {
  const path = resolveHostPath(source, draft.hostPlaces);
  if (!path.ok) return note(draft, given, 'unsupported', path.message);
  for (const mode of ['cached', 'delegated', 'consistent']) {
    if (options.includes(mode)) note(draft, given, 'ignored', `${mode} has no effect on Linux`);
  }
  const selinux = (['z', 'Z'] as const).find((one) => options.includes(one));
  const propagation = PROPAGATIONS.find((one) => options.includes(one));
  return addOnce(draft, given, 'volumes', {
    ...volume(path.value, target, options.includes('ro')),
    createHostPath: true,
    ...(propagation !== undefined && { propagation }),
    ...(selinux !== undefined && { selinux }),
  });
}

/** Splits at colons; one after a single letter is that of a drive. Rule: docker/cli, `volumespec.Parse`. */
function splitVolume(text: string): { readonly parts: readonly string[]; readonly isWindows: boolean } {
  const parts = text.split(':');
  const [first = '', second, ...more] = parts;
  const isDrive = /^[a-zA-Z]$/.test(first) && more.length > 0;
  return isDrive
    ? { parts: [`${first}:${second}`, ...more], isWindows: true }
    : { parts, isWindows: first.startsWith('\\') };
}

function anonymousFault(target: string): string | undefined {
  if (!target.startsWith('/')) return `${JSON.stringify(target)} must be an absolute path in the container`;
  return cleanPath(target) === '/' ? WHOLE_SYSTEM : undefined;
}

function optionFault(options: readonly string[], allowed: readonly string[]): string | undefined {
  const unknown = options.find((option) => !allowed.includes(option));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not an option of such a mount`;
  const clash = ALTERNATIVES.map((group) => options.filter((option) => group.includes(option))).find(
    ({ length }) => length > 1,
  );
  return clash === undefined ? undefined : `${clash.join(' and ')} can't be combined`;
}

const isWindowsPath = (text: string): boolean => /^(?:[a-zA-Z]:|\\)/.test(text);

const volume = (name: string, target: string, isReadOnly: boolean): Volume => ({
  volume: name,
  target,
  ...(isReadOnly && { readOnly: true }),
});

type Kind = 'switch' | 'text' | 'size' | 'mode' | 'recursive' | 'propagation' | 'pair';

/** The options of a mount: what they are about, the kind of their value, and the only type of mount that has them. */
const KEYS: Readonly<Record<string, readonly [about: string, kind: Kind, type?: string]>> = {
  type: ['type', 'text'],
  source: ['source', 'text'],
  src: ['source', 'text'],
  target: ['target', 'text'],
  dst: ['target', 'text'],
  destination: ['target', 'text'],
  readonly: ['readonly', 'switch'],
  ro: ['readonly', 'switch'],
  consistency: ['consistency', 'text'],
  'bind-propagation': ['propagation', 'propagation', 'bind'],
  'bind-recursive': ['recursive', 'recursive', 'bind'],
  'bind-create-src': ['create', 'switch', 'bind'],
  'volume-subpath': ['subpath', 'text', 'volume'],
  'volume-nocopy': ['nocopy', 'switch', 'volume'],
  'volume-label': ['labels', 'pair', 'volume'],
  'volume-driver': ['driver', 'text', 'volume'],
  'volume-opt': ['driverOptions', 'pair', 'volume'],
  'image-subpath': ['imageSubpath', 'text', 'image'],
  'tmpfs-size': ['size', 'size', 'tmpfs'],
  'tmpfs-mode': ['mode', 'mode', 'tmpfs'],
};
const TYPES: readonly string[] = ['volume', 'bind', 'tmpfs', 'cluster', 'image'];
const FORM = 'write type=volume,source=NAME,target=/path';
const VALUES: Readonly<Record<Exclude<Kind, 'switch'>, (text: string) => boolean>> = {
  text: () => true,
  pair: () => true,
  size: (text) => parseBytes(text).ok,
  mode: (text) => /^[0-7]+$/.test(text) && Number.parseInt(text, 8) < 2 ** 32,
  recursive: (text) => ['enabled', 'disabled', 'writable', 'readonly'].includes(text),
  propagation: (text) => /^r?(?:private|shared|slave)$/i.test(text),
};

type Fields = ReadonlyMap<string, string>;

/** Rule: docker/cli, `opts.MountOpt`; what the engine refuses: moby, `volume/mounts/linux_parser.go`. */
export function readMount(draft: Draft, given: Given): Verdict {
  const fields = readFields(given.value.trim());
  if (!fields.ok) return fields.message;
  const found = fields.value;
  const type = (found.get('type') ?? 'volume').toLowerCase();
  const source = found.get('source') ?? '';
  const target = found.get('target') ?? '';
  const fault = mountFault(type, source, target, found);
  if (fault !== undefined) return `${fault}; ${FORM}`;
  if (type === 'bind') return readBind(draft, given, found);
  if (type === 'tmpfs') return addTo(draft, given, 'tmpfs', tmpfsOf(target, found));
  if (type !== 'volume') return note(draft, given, 'unsupported', NO_TYPE);
  if (source === '') return note(draft, given, 'unsupported', ANONYMOUS);
  if (found.has('consistency')) note(draft, given, 'ignored', 'consistency has no effect on Linux');
  const [subpath, driver] = [found.get('subpath'), found.get('driver')];
  const [labels, driverOptions] = [pairsOf(found.get('labels')), pairsOf(found.get('driverOptions'))];
  return addTo(draft, given, 'volumes', {
    ...volume(source, target, found.get('readonly') === 'true'),
    ...(found.get('nocopy') === 'true' && { noCopy: true }),
    ...(subpath !== undefined && { subpath }),
    ...(driver !== undefined && { driver }),
    ...(driverOptions !== undefined && { driverOptions }),
    ...(labels !== undefined && { labels }),
  });
}

/** Pairs of a field that may be given several times, one in a line; the last of a name counts. */
function pairsOf(lines: string | undefined): Readonly<Record<string, string>> | undefined {
  return lines === undefined
    ? undefined
    : Object.fromEntries(
        lines
          .split('\n')
          .map((line) => splitAtEquals(line))
          .map(([name, value = '']) => [name, value]),
      );
}

function tmpfsOf(target: string, found: Fields): string {
  const [size, mode] = [parseBytes(found.get('size') ?? ''), found.get('mode')];
  const options = [
    ...(found.get('readonly') === 'true' ? ['ro'] : []),
    ...(size.ok && size.value > 0 ? [`size=${size.value}`] : []),
    ...(mode === undefined ? [] : [`mode=${mode}`]),
  ];
  return tmpfsText({ target: cleanPath(target), options });
}

function readBind(draft: Draft, given: Given, found: Fields): Verdict {
  const path = resolveHostPath(found.get('source') ?? '', draft.hostPlaces);
  if (!path.ok) return note(draft, given, 'unsupported', path.message);
  if (found.has('consistency')) note(draft, given, 'ignored', 'consistency has no effect on Linux');
  if ((found.get('recursive') ?? 'enabled') !== 'enabled') note(draft, given, 'unsupported', WITH_ALL);
  const propagation = PROPAGATIONS.find((one) => one === found.get('propagation')?.toLowerCase());
  return addTo(draft, given, 'volumes', {
    ...volume(path.value, found.get('target') ?? '', found.get('readonly') === 'true'),
    ...(found.get('create') === 'true' && { createHostPath: true }),
    ...(propagation !== undefined && { propagation }),
  });
}

function mountFault(type: string, source: string, target: string, found: Fields): string | undefined {
  if (!TYPES.includes(type)) return `${JSON.stringify(type)} is not a type of mount`;
  const foreign = [...found.keys()].find((about) => !['', type].includes(typeOf(about)));
  if (foreign !== undefined) return `options for ${typeOf(foreign)} mounts can't be used with a ${type}`;
  if (target === '') return 'the target is missing';
  if (!target.startsWith('/')) return `the target ${JSON.stringify(target)} must be an absolute path in the container`;
  if (cleanPath(target) === '/') return WHOLE_SYSTEM;
  const isReadOnly = found.get('readonly') === 'true';
  if (type === 'volume') return volumeSourceFault(source, isReadOnly || found.has('subpath'));
  if (type === 'tmpfs') return source === '' ? undefined : "a tmpfs can't have a source";
  if (source === '') return `a ${type} needs a source`;
  return type === 'bind' ? bindFault(source, found, isReadOnly) : undefined;
}

const typeOf = (about: string): string => Object.values(KEYS).find(([one]) => one === about)?.[2] ?? '';

function volumeSourceFault(source: string, needsName: boolean): string | undefined {
  if (source === '') {
    return needsName ? "an anonymous volume can't be read-only or have a subpath" : undefined;
  }
  if (isVolumeName(source)) return undefined;
  const hint = isPathText(source) ? '; mount a host path with type=bind' : '';
  return `${JSON.stringify(source)} is not a volume name${hint}`;
}

function bindFault(source: string, found: Fields, isReadOnly: boolean): string | undefined {
  if (isWindowsPath(source)) return `${JSON.stringify(source)} ${ON_WINDOWS}`;
  if (!/^[./]/.test(source)) return `the source ${JSON.stringify(source)} must be an absolute host path`;
  const recursive = found.get('recursive');
  if ((recursive === 'writable' || recursive === 'readonly') && !isReadOnly) {
    return `bind-recursive=${recursive} needs readonly`;
  }
  const isPrivate = found.get('propagation') === 'rprivate';
  return recursive === 'readonly' && !isPrivate ? 'bind-recursive=readonly needs bind-propagation=rprivate' : undefined;
}

function readFields(text: string): Result<Fields> {
  if (text === '') return failure(`the mount is empty; ${FORM}`);
  const fields = parseCsv(text);
  if (!fields.ok) return fields;
  const found = new Map<string, string>();
  for (const field of fields.value) {
    const [written, value] = splitAtEquals(field);
    const key = written.toLowerCase();
    if (key === 'bind-nonrecursive')
      return failure('bind-nonrecursive was removed from Docker; write bind-recursive=disabled');
    const [about, kind] = (Object.hasOwn(KEYS, key) ? KEYS[key] : undefined) ?? [];
    if (about === undefined || kind === undefined) {
      return failure(`${JSON.stringify(written)} is not a field of a mount; ${FORM}`);
    }
    if (value === undefined && kind !== 'switch') return failure(`${written} needs a value; ${FORM}`);
    if (value !== undefined && (value === '' || value !== value.trim())) {
      return failure(`the value of ${written} is empty or has white space around it; ${FORM}`);
    }
    const isRight = kind === 'switch' ? ['1', 'true', '0', 'false'].includes(value ?? '1') : VALUES[kind](value ?? '');
    if (!isRight) return failure(`${written}: ${JSON.stringify(value)} is not a valid value; ${FORM}`);
    const earlier = kind === 'pair' ? found.get(about) : undefined;
    if (earlier !== undefined) found.set(about, `${earlier}\n${value ?? ''}`);
    else found.set(about, kind === 'switch' ? String(['1', 'true'].includes(value ?? '1')) : (value ?? ''));
  }
  return success(found);
}
