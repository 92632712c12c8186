/** Checks and normalises the files that Berth places in a container. */

import { type FieldFault, pointer } from '../../problems/result.js';
import { isSecretName, SECRET_NAME_RULE } from '../../secrets/secret-refs.js';
import type { DefinitionInput, PlacedFile } from '../definition.js';
import { unprintable } from '../printable.js';
import { cleanPath, leadsUp } from './paths.js';
import { readTmpfs } from './tmpfs.js';

type Written = NonNullable<DefinitionInput['files']>[number];

/** Limit of a file's content, in bytes of UTF-8. */
export const MOST_CONTENT_BYTES = 65_536;

/** Linux, `PATH_MAX`. */
const MOST_PATH = 4096;

/** Mounts that every container has: what is written below them is not seen. Rule: moby, `oci.DefaultSpec`. */
export const MOUNTED = ['/proc', '/sys', '/dev', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/** A file with everything that is so by default. */
export const normalFile = ({ path, mode = '0444', uid = 0, gid = 0, ...source }: Written): PlacedFile => ({
  path: cleanPath(path),
  mode: mode.padStart(4, '0'),
  uid,
  gid,
  ...source,
});

/** Faults of `files`: paths that are free, and one source for each. */
export function fileFaults(files: readonly Written[], input: DefinitionInput): readonly FieldFault[] {
  const { readOnly = false, volumes = [], tmpfs = [] } = input;
  const paths = files.map(({ path }) => cleanPath(path));
  const targets = [...volumes.map(({ target }) => cleanPath(target)), ...tmpfs.map((text) => readTmpfs(text).target)];
  const mounts = [...MOUNTED, ...targets];
  return files.flatMap((file, index) => {
    const path = paths[index] as string;
    const others = paths.filter((_, other) => other !== index);
    return [
      ...at(index, 'path', pathFault(file.path) ?? placeFault(path, mounts) ?? clash(path, others)),
      ...at(index, 'path', readOnly ? READ_ONLY : undefined),
      ...at(index, 'mode', modeFault(file.mode)),
      ...at(index, 'content', sourceFault(file) ?? contentFault(file.content)),
      ...at(index, 'secret', secretFault(file.secret)),
    ];
  });
}

const READ_ONLY =
  "a file can't be placed in a container whose root file system is read-only (readOnly); put it into a volume, or remove readOnly";

const at = (index: number, part: string, message: string | undefined): readonly FieldFault[] =>
  message === undefined ? [] : [{ pointer: pointer('files', index, part), message }];

function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'the path must be an absolute path in the container, beginning with /';
  if (leadsUp(path)) return 'the path must not contain ..; write the resolved path';
  if (cleanPath(path) === '/' || path.endsWith('/')) return 'the path must name a file';
  return path.length > MOST_PATH ? `the path has more than ${MOST_PATH} characters` : unprintable(path);
}

export const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

function placeFault(path: string, mounts: readonly string[]): string | undefined {
  const mount = mounts.find((folder) => isBelow(path, folder));
  return mount === undefined
    ? undefined
    : `${mount} is mounted in the container and would hide the file; choose another path`;
}

function clash(path: string, others: readonly string[]): string | undefined {
  const other = others.find((one) => isBelow(path, one));
  return other === undefined ? undefined : `${other} is another file; choose another path`;
}

const modeFault = (mode: string | undefined): string | undefined =>
  mode === undefined || /^0?[0-7]{3}$/.test(mode)
    ? undefined
    : `${JSON.stringify(mode.slice(0, 20))} is not a mode; write three octal digits, for example 0440`;

const sourceFault = ({ content, secret }: Written): string | undefined =>
  (content === undefined) === (secret === undefined) ? 'write either content or secret' : undefined;

function contentFault(content: string | undefined): string | undefined {
  if (content === undefined) return undefined;
  const bytes = Buffer.byteLength(content);
  if (bytes > MOST_CONTENT_BYTES) return `has ${bytes} bytes; a file may have at most ${MOST_CONTENT_BYTES}`;
  return /\p{Surrogate}/u.test(content) ? 'an unpaired surrogate is not a valid character; remove it' : undefined;
}

const secretFault = (secret: string | undefined): string | undefined =>
  secret === undefined || isSecretName(secret)
    ? undefined
    : `${JSON.stringify(secret.slice(0, 200))} is not the name of a secret: ${SECRET_NAME_RULE}`;
