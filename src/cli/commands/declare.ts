/** Commands that declare: run, apply, up, down, plan, diff, import, adopt. */

import type { Command } from 'commander';
import { parse } from 'yaml';
import type { Apply, Imported } from '../../../openapi/client.js';
import { type Change, type ChangeFlags, carryOut, planText } from '../change.js';
import { type Context, Exit } from '../context.js';
import { type ComposeChoice, composeRequest, lineRequest, notesOf, projectOf, refuseUnsupported } from '../imports.js';
import { type Format, formatted } from '../output.js';
import { type Connected, changing, collected, type Flags, flagsOf, type Session, sent } from './command.js';

interface ComposeFlags extends Omit<Flags, 'profile'>, ComposeChoice {
  readonly file?: readonly string[];
  readonly prune?: boolean;
  readonly force?: boolean;
}

/** Registers the commands. */
export function declareCommands(program: Command, connected: Connected): void {
  changing(
    program
      .command('run')
      .description('declare a container with the arguments of `docker run`, or with a whole line in quotes')
      .argument('<arguments...>')
      .option('--force', 'declare it without the options that Berth does not support')
      .usage('[options] [docker run options] IMAGE [COMMAND…]')
      .passThroughOptions()
      .allowUnknownOption(),
  ).action(async (args: readonly string[], flags: Flags & { force?: boolean }, command: Command) => {
    const session = await connected(command);
    await run(session, args, flags);
  });

  changing(
    program
      .command('apply')
      .description('declare the containers of a file: a set as for POST /v1/apply, in JSON or YAML')
      .requiredOption('-f, --file <file>', 'the file; - is the standard input')
      .option('--prune', 'remove containers of the set that are missing from the file'),
  ).action(async (flags: Flags & { file: string; prune?: boolean }, command: Command) => {
    const session = await connected(command);
    const body = await readSet(flags.file, session.context);
    await apply(session, { ...body, ...(flags.prune === true && { prune: true }) }, flags, 'applied');
  });

  program
    .command('plan')
    .alias('diff')
    .description('show what an apply of a file would do; exit code 2 if changes are pending')
    .requiredOption('-f, --file <file>', 'the file; - is the standard input')
    .action(async ({ file }: { file: string }, command: Command) => {
      const { api, context } = await connected(command);
      const { data } = await api.POST('/v1/plan', { body: await readSet(file, context) });
      for (const { container, field, costs } of data.changes) context.out(`${container}: ${field} (${costs})\n`);
      context.out(planText(data));
      if (data.actions.length > 0 || data.changes.length > 0) throw new Exit(2, 'changes are pending');
      context.out('nothing to do\n');
    });

  changing(
    program
      .command('up')
      .description('declare the services of Compose files, with the files that they name')
      .argument('[file]', 'the Compose file; by default the usual one of this folder')
      .option('-f, --file <file>', 'a Compose file; several are merged in their order', collected)
      .option('-p, --project <name>', 'name of the project: by default `name` of the file, or its folder')
      .option('--profile <name>', 'include the services of a profile', collected)
      .option('--prune', 'remove containers of the project that are missing from the file')
      .option('--force', 'declare it without the settings that Berth does not support'),
  ).action(async (file: string | undefined, flags: ComposeFlags, command: Command) => {
    const session = await connected(command);
    await up(session, [...(file === undefined ? [] : [file]), ...(flags.file ?? [])], flags);
  });

  program
    .command('import')
    .description(
      'write a set for `berth apply -f` from Compose files, or from a `docker run` line in quotes; nothing is declared',
    )
    .argument('[source]', 'a Compose file, by default the usual one of this folder; or "docker run …"')
    .option('-f, --file <file>', 'a Compose file; several are merged in their order', collected)
    .option('-p, --project <name>', 'name of the project: by default `name` of the file, or its folder')
    .option('--profile <name>', 'include the services of a profile', collected)
    .option('--force', 'leave out what Berth does not support')
    .action(async (source: string | undefined, flags: ComposeFlags, command: Command) => {
      const session = await connected(command);
      await importSet(source, flags, session, flagsOf(command).output);
    });

  changing(
    program
      .command('down')
      .description('remove all containers of a set, or of the project in this folder')
      .argument('[set]'),
  ).action(async (name: string | undefined, flags: Flags, command: Command) => {
    const session = await connected(command);
    const set = name ?? projectOf(session.context.cwd);
    await apply(session, { set, prune: true, containers: [] }, flags, `${set} removed`);
  });

  program
    .command('adopt')
    .description('manage a container that was made without Berth, as it is')
    .argument('<container>')
    .option('--dry-run', 'show the definition only')
    .action(async (container: string, { dryRun = false }: Flags, command: Command) => {
      const { api, context } = await connected(command);
      const { data } = await api.POST('/v1/adopt', { params: { query: { dryRun } }, body: { container } });
      if (dryRun) context.out(`${JSON.stringify(data.container, null, 2)}\n`);
      else context.out(`${data.container.name} is managed by Berth now\n`);
    });
}

/** Returns a file's set. @throws Exit if it is none */
async function readSet(file: string, context: Context): Promise<Apply> {
  const text = await context.read(file);
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new Exit(1, `${file} is neither JSON nor YAML: ${(error as Error).message}`);
  }
  if (Array.isArray(value)) return { containers: value };
  if (typeof value !== 'object' || value === null || !('containers' in value)) {
    throw new Exit(
      1,
      `${file} has no "containers": write { "set": …, "containers": [ … ] }, or use berth up for Compose`,
    );
  }
  return value as Apply;
}

async function apply(session: Session, body: Apply, flags: ChangeFlags, done: string): Promise<void> {
  const { api, context } = session;
  const change: Change = {
    async preview() {
      const { data } = await api.POST('/v1/apply', { params: { query: { dryRun: true } }, body });
      return { plan: data.plan, isStored: data.results.some(({ result }) => result !== 'unchanged') };
    },
    send: async (wait) => sent(await api.POST('/v1/apply', { params: { query: { wait } }, body })),
    done: () => done,
  };
  await carryOut(change, namesOf(body.containers), flags, api, context);
}

const namesOf = (containers: readonly { readonly name?: string }[]): readonly string[] =>
  containers.flatMap(({ name }) => name ?? []);

/** Writes what an import reads as a set, in YAML unless JSON is requested. */
async function importSet(source: string | undefined, flags: ComposeFlags, session: Session, output: Format) {
  const { api, context, server } = session;
  const isLine = source !== undefined && /^docker\s/.test(source);
  const files = [...(source === undefined ? [] : [source]), ...(flags.file ?? [])];
  const { data } = isLine
    ? await api.POST('/v1/import/docker-run', { body: lineRequest([source], server, context) })
    : await api.POST('/v1/import/compose', { body: await composeRequest(files, flags, server, context) });
  refuseUnsupported(data, flags.force ?? false, 'written');
  for (const note of notesOf(data)) context.err(`${note}\n`);
  for (const { name } of data.networks ?? []) context.err(`declare the network ${name} first: an apply doesn't\n`);
  const set = { ...(data.set !== null && { set: data.set }), containers: data.containers };
  const format = output === 'table' ? 'yaml' : output;
  context.out(formatted(format, { data: set, columns: [], rows: [], names: namesOf(data.containers) }));
}

/** Returns the preview of an import, with a note for each unsupported setting. */
const previewOf = (data: Imported) => ({
  plan: data.applied?.plan,
  notes: notesOf(data),
  isStored: data.applied?.results.some(({ result }) => result !== 'unchanged') ?? true,
});

async function run({ api, context, server }: Session, args: readonly string[], flags: Flags & { force?: boolean }) {
  const body = lineRequest(args, server, context);
  const { force = false } = flags;
  const read = (await api.POST('/v1/import/docker-run', { body })).data;
  refuseUnsupported(read, force, 'declared');
  let done = '';
  const change: Change = {
    async preview() {
      const query = { apply: true, dryRun: true, force };
      return previewOf((await api.POST('/v1/import/docker-run', { params: { query }, body })).data);
    },
    async send(wait) {
      const query = { apply: true, wait, force };
      const answer = await api.POST('/v1/import/docker-run', { params: { query }, body });
      done = (answer.data.applied?.results ?? []).map(({ name }) => name).join('\n');
      return sent(answer);
    },
    done: () => done,
  };
  await carryOut(change, namesOf(read.containers), flags, api, context);
}

async function up(session: Session, named: readonly string[], flags: ComposeFlags): Promise<void> {
  const { api, context, server } = session;
  const body = await composeRequest(named, flags, server, context);
  const { force = false, prune = false } = flags;
  const read = (await api.POST('/v1/import/compose', { body })).data;
  refuseUnsupported(read, force, 'declared');
  const change: Change = {
    async preview() {
      const query = { apply: true, dryRun: true, force, prune };
      return previewOf((await api.POST('/v1/import/compose', { params: { query }, body })).data);
    },
    async send(wait) {
      const query = { apply: true, wait, force, prune };
      return sent(await api.POST('/v1/import/compose', { params: { query }, body }));
    },
    done: () => `${read.set ?? 'the project'} is up`,
  };
  await carryOut(change, namesOf(read.containers), flags, api, context);
}
