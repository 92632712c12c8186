/** Runs the built `berth` command: in a script, or in a pseudo-terminal where a person types. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const CLI = path.resolve('dist/cli.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** An answer that a person types once a text appears. */
export type Answer = readonly [shown: string, typed: string];

type Env = Readonly<Record<string, string>>;

/** Returns the ways to run the command in a folder, with a server's data folder. */
export function cliIn(folder: string, dataDir: string) {
  const start = (command: string, args: readonly string[], env: Env) =>
    spawn(command, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, BERTH_DATA_DIR: dataDir, ...env },
    });

  async function finish(child: ReturnType<typeof start>): Promise<Ran> {
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code, out: out.replaceAll('\r\n', '\n'), err };
  }

  return {
    /** Runs it without a terminal, as a script does. */
    async berth(args: readonly string[], env: Env = {}, input = ''): Promise<Ran> {
      const child = start(process.execPath, [CLI, ...args], env);
      child.stdin.end(input);
      return finish(child);
    },

    /** Runs it in a pseudo-terminal, and types each answer once its text is shown. */
    async typed(line: string, answers: readonly Answer[]): Promise<Ran> {
      const child = start('script', ['-qec', `${process.execPath} ${CLI} ${line}`, '/dev/null'], { TERM: 'dumb' });
      const left = [...answers];
      let shown = '';
      child.stdout.on('data', (chunk: Buffer) => {
        shown += chunk.toString();
        const [next] = left;
        if (next === undefined || !shown.includes(next[0])) return;
        left.shift();
        shown = '';
        child.stdin.write(next[1]);
      });
      return finish(child);
    },
  };
}
