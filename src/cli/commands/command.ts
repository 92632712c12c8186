/** The parts that commands share. */

import { type Command, Option } from 'commander';
import type { Client } from '../../../openapi/client.js';
import type { ChangeFlags, Sent } from '../change.js';
import type { Server, ServerFlags } from '../connection.js';
import type { Context } from '../context.js';
import { FORMATS, type Format, formatted, type Result } from '../output.js';

/** A server, the client for it, and the world around a command. */
export interface Session {
  readonly server: Server;
  readonly api: Client;
  readonly context: Context;
}

/** Connects a command to the server that its flags name. */
export type Connected = (command: Command) => Promise<Session>;

export interface Flags extends ServerFlags, ChangeFlags {
  readonly output: Format;
}

/** Adds the options that every command has, before or after its name. Its own ones go first. */
export function common(command: Command): Command {
  const options = [
    new Option(
      '--url <url>',
      'the server: http://, https:// or unix://; by default BERTH_URL, or the socket on this host',
    ),
    new Option('--token <token>', 'by default BERTH_TOKEN'),
    new Option('--profile <name>', 'a server that `berth login` stored; by default BERTH_PROFILE'),
    new Option('-o, --output <format>', 'how results are written').choices(FORMATS),
  ];
  const taken = new Set(command.options.flatMap(({ long, short }) => [long, short]));
  for (const option of options) if (!taken.has(option.long)) command.addOption(option);
  return command;
}

/** Returns the options of a command, and of the program where it has none. */
export function flagsOf(command: Command): Flags {
  const [program, own] = [command.parent?.opts<Partial<Flags>>() ?? {}, command.opts<Partial<Flags>>()];
  return { output: 'table', ...program, ...own };
}

/** Returns the options that name a server. `up` has Compose's own `--profile`: there a profile goes before the command. */
export function serverFlags(command: Command): ServerFlags {
  const { url, token, profile } = flagsOf(command);
  const named = typeof profile === 'string' ? profile : command.parent?.opts<ServerFlags>().profile;
  return {
    ...(url !== undefined && { url }),
    ...(token !== undefined && { token }),
    ...(named !== undefined && { profile: named }),
  };
}

/** The options of every command that changes something. */
export const changing = (command: Command): Command =>
  command
    .option('-y, --yes', 'carry it out without a question')
    .option('--dry-run', 'show the plan only; exit code 2 if changes are pending')
    .option('--no-wait', 'return once it is stored')
    .option('--timeout <seconds>', 'longest wait', wholeNumber, 300);

/** Reads a number of seconds or lines. @throws Error which commander reports */
export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${text} is not a whole number`);
  return Number(text);
}

/** Adds a value of an option that may be given several times. */
export const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Writes a result in the format that the command's flags name. */
export function write({ context }: Session, command: Command, result: Result): void {
  context.out(formatted(flagsOf(command).output, result));
}

/** The status of an answer, as carryOut expects it. */
export const sent = ({ response }: { readonly response: Response }): Sent => ({ status: response.status });
