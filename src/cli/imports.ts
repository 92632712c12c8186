/** Requests of imports: `docker run` lines and Compose files with the files and variables that they name. */

import path from 'node:path';
import type { Imported } from '../../openapi/client.js';
import { neighbours, usualFiles } from './compose-files.js';
import type { Server } from './connection.js';
import { type Context, Exit } from './context.js';

/** Options of a Compose project. */
export interface ComposeChoice {
  readonly project?: string;
  readonly profile?: readonly string[];
}

/** Returns the request for the arguments of `docker run`, or for a whole line. */
export function lineRequest(args: readonly string[], server: Server, context: Context) {
  const [first = ''] = args;
  const command = args.length === 1 && /\s/.test(first) ? first : ['docker run', ...args.map(quoted)].join(' ');
  return { command, env: variablesIn(command, context), ...directory(server, context.cwd) };
}

/** Returns the request for Compose files; by default for the usual ones of this folder. */
export async function composeRequest(
  named: readonly string[],
  choice: ComposeChoice,
  server: Server,
  context: Context,
) {
  const files = named.length > 0 ? named : usualFiles(context.cwd).map((file) => path.join(context.cwd, file));
  const texts = await Promise.all(files.map((file) => context.read(file)));
  const [first = ''] = files;
  const folder = first === '-' ? context.cwd : path.dirname(path.resolve(context.cwd, first));
  const { files: beside, env } = neighbours(texts, folder, context.env);
  const hasName = texts.some((text) => /^name:/m.test(text));
  const project = choice.project ?? context.env['COMPOSE_PROJECT_NAME'] ?? (hasName ? undefined : projectOf(folder));
  return {
    ...{ compose: texts.length === 1 ? (texts[0] ?? '') : texts, files: beside, env },
    ...(project !== undefined && { project }),
    ...(choice.profile !== undefined && { profiles: choice.profile }),
    ...directory(server, folder),
  };
}

/** Returns the notes of an import as lines. */
export const notesOf = ({ unsupported }: Pick<Imported, 'unsupported'>): readonly string[] =>
  unsupported.map(({ at, value, effect, reason }) => `${effect}: ${at}${value === '' ? '' : ` ${value}`}: ${reason}`);

/** Refuses an import with unsupported settings. @throws Exit that lists them */
export function refuseUnsupported(read: Imported, force: boolean, done: string): void {
  if (force || !read.unsupported.some(({ effect }) => effect === 'unsupported')) return;
  throw new Exit(1, [...notesOf(read), `nothing was ${done}; --force goes on without these`].join('\n'));
}

/** The project's name by its folder, as Compose makes it. Source: compose-spec, "name". */
export function projectOf(folder: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  if (name === '') throw new Exit(1, `the folder ${folder} gives no project name: use --project NAME`);
  return name;
}

/** Relative host paths mean this host's only if the server is on it. */
const directory = ({ kind }: Server, folder: string) => (kind === 'socket' ? { projectDirectory: folder } : {});

/** Quotes an argument for a POSIX shell. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** The shell's variables that a line names; `-e NAME` without a value takes one as well. */
function variablesIn(line: string, { env }: Context): Readonly<Record<string, string>> {
  const names = new Set(line.match(/[A-Za-z_][A-Za-z0-9_]*/g));
  return Object.fromEntries([...names].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
