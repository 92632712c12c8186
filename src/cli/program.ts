/** The commands of `berth`. */

import { Command } from 'commander';
import { VERSION } from '../version.js';
import { type Connected, common, serverFlags } from './commands/command.js';
import { completionCommand } from './commands/completion.js';
import { containerCommands } from './commands/containers.js';
import { credentialCommands } from './commands/credentials.js';
import { declareCommands } from './commands/declare.js';
import { imageCommands } from './commands/images.js';
import { insideCommands } from './commands/inside.js';
import { serverCommands } from './commands/server.js';
import { connect, findServer } from './connection.js';
import type { Context } from './context.js';

/** Makes the program. It throws what ends a command: CommanderError, Exit, BerthProblem. */
export function createProgram(context: Context): Command {
  const connected: Connected = async (command) => {
    const server = await findServer(serverFlags(command), context);
    return { server, api: connect(server), context };
  };
  const program = new Command('berth')
    .description('Declare containers, and let Berth keep Docker matching them.')
    .version(VERSION)
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err });
  common(program);
  containerCommands(program, connected);
  declareCommands(program, connected);
  insideCommands(program, connected);
  credentialCommands(program, connected);
  imageCommands(program, connected);
  serverCommands(program, connected, context);
  completionCommand(program, context);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeOut: context.out, writeErr: context.err });
    if (command.name() !== 'serve' && command.name() !== 'completion') common(command);
  }
  return program;
}
