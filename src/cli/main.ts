#!/usr/bin/env node
/** Runs the `berth` command on a terminal. Status: 0 done, 1 refused, failed or wrong usage, 2 changes pending. */

import { CommanderError } from 'commander';
import { BerthProblem } from '../../openapi/client.js';
import { Exit, processContext } from './context.js';
import { createProgram } from './program.js';

const interrupt = new AbortController();

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const context = processContext(interrupt.signal);
  if (argv[0] !== 'serve') process.once('SIGINT', () => interrupt.abort());
  try {
    await createProgram(context).parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (interrupt.signal.aborted) return 130;
    context.err(`berth: ${messageOf(error)}\n`);
    return error instanceof Exit ? error.code : 1;
  }
}

/** Returns what a person can act on: a refusal with all its faults, or why there is no connection. */
function messageOf(error: unknown): string {
  if (error instanceof BerthProblem) {
    const faults = error.errors.map(({ pointer, message }) => `\n  ${pointer}: ${message}`);
    return faults.length > 1 ? `${error.message}${faults.join('')}` : error.message;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
