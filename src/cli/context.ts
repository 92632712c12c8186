/** Everything outside of a command: terminal, files, environment. Tests replace it. */

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** True if a person can be asked. */
  readonly isInteractive: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Writes to the standard output. */
  out(text: string): void;
  /** Writes to the standard error: progress, questions, refusals. */
  err(text: string): void;
  /** Reads a file as text; `-` is the standard input. */
  read(path: string): Promise<string>;
  /** Reads a line that the terminal doesn't show: a password. */
  readHidden(question: string): Promise<string>;
  /** Asks a question that is answered by y or n. */
  confirm(question: string): Promise<boolean>;
}

/** An end of the program with a status of its own. */
export class Exit extends Error {
  readonly code: 1 | 2;
  constructor(code: 1 | 2, message: string) {
    super(message);
    this.code = code;
  }
}

/** Returns the context of this process. */
export function processContext(signal: AbortSignal): Context {
  return {
    ...{ env: process.env, cwd: process.cwd(), signal },
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    out: (part) => void process.stdout.write(part),
    err: (part) => void process.stderr.write(part),
    read: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
    async readHidden(question) {
      const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
      // Before the question: it ends the echo, and an answer may be typed or pasted as soon as the question is there.
      const terminal = createInterface({ input: process.stdin, output: muted, terminal: true });
      process.stderr.write(question);
      try {
        return await terminal.question('', { signal });
      } finally {
        terminal.close();
        process.stderr.write('\n');
      }
    },
    async confirm(question) {
      const terminal = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
      } finally {
        terminal.close();
      }
    },
  };
}
