/** Commands about a server: serve, login, networks, policy, export, backup, restore, tokens, open. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { connect, pageOf, serverText, writeProfile } from '../connection.js';
import { type Context, Exit } from '../context.js';
import { type Connected, write } from './command.js';

/** The built server, beside the built command. */
const SERVER = fileURLToPath(new URL('main.js', import.meta.url));

/** Registers the commands. */
export function serverCommands(program: Command, connected: Connected, context: Context): void {
  program
    .command('serve')
    .description('start a server; its options are listed by `berth serve --help`')
    .argument('[options...]')
    .helpOption(false)
    .passThroughOptions()
    .allowUnknownOption()
    .action((args: readonly string[]) => serve(args));

  program
    .command('login')
    .description('store a server and its token under a name, for --profile and BERTH_PROFILE')
    .argument('<name>')
    .argument('<url>')
    .option('--token-file <file>', 'file with the token; - is the standard input', '-')
    .action(async (name: string, url: string, flags: { tokenFile: string }) => {
      if (flags.tokenFile === '-' && context.isInteractive) context.err('Paste the token, then press Ctrl-D:\n');
      const token = (await context.read(flags.tokenFile)).trim();
      const { data } = await connect({ kind: 'url', url: url.replace(/\/+$/, ''), token }).GET('/v1/tokens/self');
      const file = await writeProfile(context.env, name, { url, token });
      context.out(`signed in as ${data.name} (${data.role}); stored in ${file}\n`);
    });

  program
    .command('networks')
    .description('list networks')
    .action(async (_: object, command: Command) => {
      const session = await connected(command);
      const { data } = await session.api.GET('/v1/networks');
      write(session, command, {
        data: data.items,
        columns: ['NAME', 'SUBNET', 'CONTAINERS'],
        rows: data.items.map(({ name, status }) => [
          name,
          status.subnets.map(({ subnet }) => subnet).join(', '),
          status.containers.join(', '),
        ]),
        names: data.items.map(({ name }) => name),
      });
    });

  program
    .command('policy')
    .description('show the policy for definitions')
    .action(async (_: object, command: Command) => {
      const { api, context } = await connected(command);
      context.out(`${JSON.stringify((await api.GET('/v1/policy')).data, null, 2)}\n`);
    });

  program
    .command('export')
    .description('write definitions as a Compose file')
    .option('-s, --set <name>', 'only the containers of a set')
    .action(async ({ set }: { set?: string }, command: Command) => {
      const { api, context } = await connected(command);
      const query = set === undefined ? {} : { set };
      context.out(await api.text('/v1/export/compose', 'application/yaml', { params: { query } }));
    });

  program
    .command('backup')
    .description("write the server's database to a file")
    .argument('<file>')
    .action(async (file: string, _: object, command: Command) => {
      const { api, context } = await connected(command);
      const bytes = await api.bytes('/v1/backup', 'application/vnd.sqlite3');
      await writeFile(path.resolve(context.cwd, file), bytes, { mode: 0o600, flag: 'wx' });
      context.out(`${file}\n`);
    });

  program
    .command('restore')
    .description("replace the server's definitions by those of a backup; nothing runs until berth restore --release")
    .argument('[file]')
    .option('--dry-run', 'check the file only')
    .option('--release', 'let Berth carry out the restored definitions')
    .action(async (file: string | undefined, flags: { dryRun?: boolean; release?: boolean }, command: Command) => {
      const { api, context } = await connected(command);
      if (flags.release === true) {
        const { data } = await api.POST('/v1/restore/release', { body: {} });
        return context.out(`${JSON.stringify(data, null, 2)}\n`);
      }
      if (file === undefined) throw new Exit(1, 'name the file of a backup, or use --release');
      const bytes = await readFile(path.resolve(context.cwd, file));
      const query = { dryRun: flags.dryRun === true };
      const { data } = await api.upload('/v1/restore', 'application/vnd.sqlite3', bytes, { params: { query } });
      context.out(`${data.restored} definitions of ${data.takenAt}${data.dryRun ? ' (dry run)' : ''}\n`);
    });

  program
    .command('token')
    .description('list, create and revoke tokens')
    .argument('[action]', 'create or revoke')
    .argument('[name]', 'a name for the new token, or the id to revoke')
    .option('--role <role>', 'viewer, operator or admin', 'viewer')
    .action(async (action: string | undefined, name: string | undefined, flags: { role: string }, command: Command) => {
      const session = await connected(command);
      await tokens(action, name, flags.role, session, command);
    });

  program
    .command('open')
    .description('open the page in a browser, or write where it is')
    .action(async (_: object, command: Command) => {
      const { server, context } = await connected(command);
      const page = pageOf(server);
      if (page === undefined) {
        throw new Exit(1, `${serverText(server)} is a socket, which a browser can't open: use --url`);
      }
      context.out(`${page}\n`);
      if (!context.isInteractive || context.env['DISPLAY'] === undefined) return;
      spawn('xdg-open', [page], { stdio: 'ignore', detached: true })
        .on('error', () => undefined)
        .unref();
    });
}

/** Starts the server in this process, as `node dist/main.js` does. */
async function serve(args: readonly string[]): Promise<void> {
  if (!existsSync(SERVER)) throw new Exit(1, `${SERVER} is missing: build it with npm run build`);
  process.argv.splice(1, process.argv.length - 1, SERVER, ...args);
  await import(SERVER);
}

async function tokens(
  action: string | undefined,
  name: string | undefined,
  role: string,
  session: Awaited<ReturnType<Connected>>,
  command: Command,
): Promise<void> {
  const { api, context } = session;
  if (action === undefined) {
    const { data } = await api.GET('/v1/tokens');
    return write(session, command, {
      data: data.items,
      columns: ['ID', 'NAME', 'ROLE', 'EXPIRES'],
      rows: data.items.map((one) => [one.id, one.name, one.role, one.expiresAt ?? 'never']),
      names: data.items.map(({ id }) => id),
    });
  }
  if (name === undefined) throw new Exit(1, `berth token ${action} needs ${action === 'revoke' ? 'an id' : 'a name'}`);
  if (action === 'create') {
    const { data } = await api.POST('/v1/tokens', { body: { name, role: role as 'viewer' } });
    return context.out(`${data.token}\n`);
  }
  if (action !== 'revoke') throw new Exit(1, `${action} is not an action of berth token: create or revoke`);
  await api.DELETE('/v1/tokens/{id}', { params: { path: { id: name } } });
  context.out(`${name} revoked\n`);
}
