/** `configs` and `secrets` of a service as files of its definition, and back. */

import type { DefinitionInput, PlacedFile, Spec } from '../../../definition/definition.js';
import { cleanPath } from '../../../definition/storage/paths.js';
import { fileFaults } from '../../../definition/storage/validate-files.js';
import { pointer } from '../../../problems/result.js';
import { absent } from '../../neighbours.js';
import { type Draft, put, setOrigin } from '../draft.js';
import type { Loaded } from '../load/load.js';
import { escaped } from '../plain-keys.js';
import { addNote, child, isNull, mapOf, stringOf } from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';

type File = NonNullable<DefinitionInput['files']>[number];
type Source = Pick<File, 'content' | 'secret'>;

/** Kinds of files, with the directory of those that name no absolute path. Rule: compose-spec, `05-services.md`. */
const FOLDERS = { configs: '/', secrets: '/run/secrets/' } as const;
type Kind = keyof typeof FOLDERS;

const STORED =
  'its content is kept in the definition as plain text; to keep it encrypted, store it with PUT /v1/secrets/NAME and write external: true';

/** Reads the files that a service uses. One that can't be placed is left out, with a note. */
export function readPlacedFiles(loaded: Loaded, draft: Draft, root: MapTree, service: MapTree): void {
  const { reading } = loaded;
  const files: File[] = [];
  for (const kind of ['configs', 'secrets'] as const) {
    const uses = child(service, kind);
    for (const use of uses?.kind === 'list' ? uses.items : []) {
      const file = fileOf(loaded, kind, root, use);
      if (file === undefined) continue;
      const [fault] = fileFaults([...files, file], draft.fields as DefinitionInput).filter(({ pointer: at }) =>
        at.startsWith(`${pointer('files', files.length)}/`),
      );
      if (fault !== undefined) {
        addNote(reading, use, 'unsupported', fault.message);
        continue;
      }
      if (kind === 'secrets' && file.content !== undefined) addNote(reading, use, 'ignored', STORED);
      setOrigin(draft, pointer('files', files.length), use);
      files.push(file);
    }
  }
  if (files.length > 0) put(draft, 'files', files, child(service, 'secrets') ?? child(service, 'configs'));
}

function fileOf(loaded: Loaded, kind: Kind, root: MapTree, use: Tree): File | undefined {
  const { reading } = loaded;
  const long = use.kind === 'map' ? use : undefined;
  const key = stringOf(reading, long === undefined ? use : child(long, 'source'));
  const declared = mapOf(reading, child(root, kind))?.entries.get(key ?? '');
  // What is not declared is a fault of its own.
  if (key === undefined || declared?.kind !== 'map') return undefined;
  const source = sourceOf(loaded, key, declared, use);
  if (source === undefined) return undefined;
  const text = (name: string): string | undefined => {
    const tree = long && child(long, name);
    return tree === undefined || isNull(tree) ? undefined : stringOf(reading, tree);
  };
  const target = text('target') ?? key;
  const [uid, gid] = [idOf(text('uid')), idOf(text('gid'))];
  if (uid === undefined || gid === undefined) {
    addNote(reading, use, 'unsupported', 'uid and gid have to be numbers here');
    return undefined;
  }
  const mode = modeOf(long && child(long, 'mode'));
  return {
    path: cleanPath(target.startsWith('/') ? target : `${FOLDERS[kind]}${target}`),
    ...(mode !== undefined && { mode }),
    ...(uid !== 0 && { uid }),
    ...(gid !== 0 && { gid }),
    ...source,
  };
}

/** Returns the content of a declared secret or config; undefined, with a note, if there is none. */
function sourceOf(loaded: Loaded, key: string, declared: MapTree, use: Tree): Source | undefined {
  const { reading, neighbours, variables } = loaded;
  const external = child(declared, 'external');
  if (external !== undefined && (external.kind === 'map' || external.kind === 'scalar')) {
    const named = external.kind === 'map' ? child(external, 'name') : undefined;
    const isExternal = external.kind === 'map' || external.value === true || external.text === 'true';
    if (isExternal) return { secret: stringOf(reading, named ?? child(declared, 'name')) ?? key };
  }
  const content = child(declared, 'content');
  if (content !== undefined) return { content: stringOf(reading, content) ?? '' };
  const variable = stringOf(reading, child(declared, 'environment'));
  if (variable !== undefined) {
    if (Object.hasOwn(variables, variable)) return { content: variables[variable] ?? '' };
    addNote(reading, use, 'unsupported', `the variable ${variable} has no value: send it in env`);
    return undefined;
  }
  const path = stringOf(reading, child(declared, 'file'));
  const found = path === undefined ? undefined : neighbours.find('', path);
  if (found !== undefined) return { content: found.text };
  addNote(reading, use, 'unsupported', path === undefined ? 'it has no content that Berth can read' : absent(path));
  return undefined;
}

const idOf = (text = '0'): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

/** Reads a mode: octal with a leading zero, as YAML 1.1 and Docker Compose read it, else decimal. */
function modeOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== 'scalar' || isNull(tree)) return undefined;
  const [, octal] = /^0o?([0-7]+)$/.exec(tree.source.replace(/^["']|["']$/g, '')) ?? [];
  const mode = octal === undefined ? Number(tree.text).toString(8) : octal;
  return mode.padStart(4, '0').slice(-4);
}

/** Files of services, as the file declares them and as the services use them. */
export function createFileWriter() {
  const configs = new Map<string, object>();
  const secrets = new Map<string, object>();
  const use = (kind: Kind, source: string, { path, mode, uid, gid }: PlacedFile) => ({
    ...{ source, target: escaped(path) },
    ...(kind === 'secrets' || uid !== 0 || gid !== 0 ? { uid: String(uid), gid: String(gid) } : {}),
    mode: Number.parseInt(mode, 8),
  });
  return {
    /** Returns the keys of a service. @param key the service's own key */
    keysOf(key: string, { files = [] }: Pick<Spec, 'files'>): Readonly<Record<string, unknown>> {
      const own = files.flatMap((file, index) => {
        if (file.content === undefined) return [];
        const name = `${key}-${index + 1}`;
        configs.set(name, { content: escaped(file.content) });
        return [use('configs', name, file)];
      });
      const sealed = files.flatMap((file) => {
        if (file.secret === undefined) return [];
        secrets.set(file.secret, { external: true, name: file.secret });
        return [use('secrets', file.secret, file)];
      });
      return { ...(own.length > 0 && { configs: own }), ...(sealed.length > 0 && { secrets: sealed }) };
    },
    /** Returns the sections of the file, once all services are written. */
    sections: (): Readonly<Record<string, object>> => ({
      ...(configs.size > 0 && { configs: Object.fromEntries(configs) }),
      ...(secrets.size > 0 && { secrets: Object.fromEntries(secrets) }),
    }),
  };
}
