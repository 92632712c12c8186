/** Thrown where a signal has ended the work. */
export class Interrupted extends Error {
  readonly exitCode: number;
}
/** Runs a command in a process group of its own. */
export function run(
  command: string,
  args: readonly string[],
  options?: { readonly fd?: number; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
): Promise<void>;
