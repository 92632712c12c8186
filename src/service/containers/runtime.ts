/** What clients watch of a container and run in it: the engine is asked, and nothing is stored. */

import type { Definition } from '../../domain/definition/definition.js';
import { type ExecInput, execFaults } from '../../domain/definition/exec.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Engine } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import type { Usage } from '../../engine/streaming.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import { asProblem, notRunning } from '../core/engine-errors.js';
import type { LogLine, LogOptions } from '../core/views.js';
import { invalidDefinition } from '../core/write-checks.js';
import { type ExecSignal, runLimited } from './exec.js';

/** All ask the engine: `engine-unavailable` while it can't be reached, `not-found` without a container. */
export interface RuntimeService {
  logs(name: string, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
  /** One reading, which takes a second or two. @throws Problem `not-running` */
  usage(name: string): Promise<Usage>;
  /** A reading a second, until the container stops or the signal is aborted. @throws Problem `not-running` */
  followUsage(name: string, signal: AbortSignal): Promise<AsyncIterable<Usage>>;
  /**
   * Runs a command inside a container; the last signal is its exit. Whatever ends the reading, the signal included, ends the
   * command.
   *
   * @throws Problem `invalid-definition`, `not-running`
   */
  exec(name: string, input: ExecInput, signal: AbortSignal): Promise<AsyncIterable<ExecSignal>>;
}

/** Asks about the container of a definition; null is answered with `not-found`. */
export type AskContainer = <T>(
  name: string,
  ask: (container: OwnContainer, definition: Definition) => Promise<T | null>,
) => Promise<T>;

export function createRuntime(options: { readonly engine: Engine; readonly inside: AskContainer }): RuntimeService {
  const { engine, inside } = options;
  return {
    logs: async (name, request, signal) => lines(await inside(name, ({ id }) => engine.logs(id, request, signal))),
    usage: (name) => inside(name, ({ id }) => engine.usage(id)),
    followUsage: (name, signal) =>
      inside(name, async ({ id, state }) => {
        // An engine waits with its first reading until a container runs.
        if (state !== 'running' && state !== 'paused') throw notRunning(name, `its container is ${state}`);
        return engine.followUsage(id, signal);
      }),
    async exec(name, input, signal) {
      const faults = execFaults(input);
      if (faults.length > 0) throw invalidDefinition(faults);
      const { timeoutSeconds, env = {}, ...process } = input;
      const variables = Object.entries(env).map(([variable, value]) => `${variable}=${value}`);
      const signals = await runLimited(
        (stop) =>
          inside(name, ({ id }) => engine.exec(id, { ...process, env: variables }, stop).catch(refusedByEngine)),
        timeoutSeconds,
        signal,
      );
      return withProblems(name, signals);
    },
  };
}

/** What the engine refuses of a command, a user that its container does not have say, is the caller's to correct. */
function refusedByEngine(error: unknown): never {
  if (!(error instanceof EngineError) || error.kind !== 'invalid') throw error;
  const { message } = error;
  const pointer = /\b(?:user|group)\b/i.test(message)
    ? '/user'
    : /\b(?:cwd|working dir)/i.test(message)
      ? '/workingDir'
      : '';
  throw new Problem('invalid-definition', `The engine refuses this command: ${message}.`, {
    cause: error,
    faults: [{ in: 'body', pointer, message }],
  });
}

async function* lines(frames: AsyncIterable<{ readonly stream: 'stdout' | 'stderr'; readonly data: Uint8Array }>) {
  for await (const { stream, data } of frames) yield { stream, chunk: data };
}

async function* withProblems<T>(name: string, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw error instanceof EngineError ? asProblem(name, error) : error;
  }
}
