/** Commands about what containers and pulls may know: secrets and registries. Their values are never arguments. */

import type { Command } from 'commander';
import type { Client, Plan } from '../../../openapi/client.js';
import { type ChangeFlags, carryOut } from '../change.js';
import { type Context, Exit } from '../context.js';
import { type Connected, type Session, sent, write } from './command.js';

/** Registers the commands. */
export function credentialCommands(program: Command, connected: Connected): void {
  program
    .command('secret')
    .description('list, set and remove secrets; a value is read from a file, the standard input or the terminal')
    .argument('[action]', 'set or rm')
    .argument('[name]')
    .option('-f, --file <file>', 'file with the value; - is the standard input', '-')
    .option('-y, --yes', 'replace containers that use it without a question')
    .option('--dry-run', 'show the plan only; exit code 2 if changes are pending')
    .action(async (action: string | undefined, name: string | undefined, flags: SecretFlags, command: Command) => {
      const session = await connected(command);
      if (action === undefined) return listSecrets(session, command);
      if (name === undefined) throw new Exit(1, `berth secret ${action} needs a name`);
      if (action === 'set') return setSecret(name, flags, session);
      if (action !== 'rm') throw new Exit(1, `${action} is not an action of berth secret: set or rm`);
      await session.api.DELETE('/v1/secrets/{name}', { params: { path: { name } } });
      session.context.out(`${name} removed\n`);
    });

  program
    .command('registry')
    .description('list registries with credentials, store credentials (login), or remove them (logout)')
    .argument('[action]', 'login or logout')
    .argument('[host]', 'docker.io is Docker Hub')
    .option('-u, --user <name>', 'user name; without it the value is an identity token')
    .option('-f, --file <file>', 'file with the password or token; - is the standard input', '-')
    .action(async (action: string | undefined, host: string | undefined, flags: RegistryFlags, command: Command) => {
      const session = await connected(command);
      const { api, context } = session;
      if (action === undefined) return listRegistries(session, command);
      if (host === undefined) throw new Exit(1, `berth registry ${action} needs a host`);
      const params = { path: { host } };
      if (action === 'login') {
        const value = (await readValue(flags.file, 'Password or token', context)).replace(/\r?\n$/, '');
        const body = flags.user === undefined ? { identityToken: value } : { username: flags.user, password: value };
        await api.PUT('/v1/registries/{host}', { params, body });
        return context.out(`credentials of ${host} stored\n`);
      }
      if (action !== 'logout') throw new Exit(1, `${action} is not an action of berth registry: login or logout`);
      await api.DELETE('/v1/registries/{host}', { params });
      context.out(`credentials of ${host} removed\n`);
    });
}

interface SecretFlags extends ChangeFlags {
  readonly file: string;
}

interface RegistryFlags {
  readonly user?: string;
  readonly file: string;
}

/** Reads a value that nobody should see. A person types it on the terminal, where it isn't shown. */
const readValue = (file: string, what: string, context: Context): Promise<string> =>
  file === '-' && context.isInteractive ? context.readHidden(`${what}: `) : context.read(file);

async function listSecrets(session: Session, command: Command): Promise<void> {
  const { data } = await session.api.GET('/v1/secrets');
  write(session, command, {
    data: data.items,
    columns: ['NAME', 'VERSION', 'USED BY', 'STATE'],
    rows: data.items.map((one) => [one.name, String(one.version), one.usedBy.join(', '), reasonOf(one)]),
    names: data.items.map(({ name }) => name),
  });
}

async function listRegistries(session: Session, command: Command): Promise<void> {
  const { data } = await session.api.GET('/v1/registries');
  const configured = data.dockerConfig?.registries ?? [];
  write(session, command, {
    data,
    columns: ['HOST', 'USER', 'USED BY', 'STATE'],
    rows: [
      ...data.items.map((one) => [one.host, one.username ?? '', one.usedBy.join(', '), reasonOf(one)]),
      ...configured.map((one) => [one.host, one.username ?? '', '', reasonOf(one)]),
    ],
    names: data.items.map(({ host }) => host),
  });
}

/** Returns the reason of the condition `Usable`, the only one of a secret or registry. */
const reasonOf = ({ conditions }: { readonly conditions: readonly { readonly reason: string }[] }): string =>
  conditions.map(({ reason }) => reason).join(', ');

const NOTHING: Plan = { actions: [], interrupted: [], obstacles: [], changes: [] };

/** Stores a secret, after a question where containers that use it would be replaced. Returns once it is stored. */
async function setSecret(name: string, flags: SecretFlags, { api, context }: Session): Promise<void> {
  const value = await readValue(flags.file, 'Value', context);
  const put = (dryRun: boolean) =>
    api.PUT('/v1/secrets/{name}', { params: { path: { name }, query: { dryRun } }, body: { value } });
  const change = {
    async preview() {
      const [before, { data }] = [await versionOf(name, api), await put(true)];
      // The value is the stored one: the answer has no plan then.
      if (before === data.version) return { plan: NOTHING, isStored: false };
      return { plan: data.plan, isStored: true };
    },
    send: async () => sent(await put(false)),
    done: () => `${name} stored`,
  };
  await carryOut(change, [], { ...flags, wait: false }, api, context);
}

/** Returns the version of a stored secret. */
async function versionOf(name: string, api: Client): Promise<number | undefined> {
  const { data } = await api.GET('/v1/secrets');
  return data.items.find((one) => one.name === name)?.version;
}
