/** Logs, statistics and commands of a container: the engine is queried, and nothing is stored. */

import { type ExecInput, execFaults } from '../../domain/definition/exec.js';
import { Problem } from '../../domain/problems/problem.js';
import { hasProcesses } from '../../engine/container-state.js';
import { EngineError } from '../../engine/errors.js';
import type { Usage } from '../../engine/streaming.js';
import { splitAtEquals } from '../../lib/text/env-entry.js';
import { secretsInside } from '../../reconcile/plan/link-state.js';
import { asProblem, notRunning } from '../core/engine-errors.js';
import type { Lookup } from '../core/lookup.js';
import { invalidDefinition } from '../core/write-checks.js';
import { type EnvView, environmentInside, type HostsView, hostsInside, SECRET } from './env-and-hosts.js';
import { type ExecSignal, runLimited } from './exec.js';

export type { Usage } from '../../engine/streaming.js';

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly chunk: Uint8Array;
}

export interface LogOptions {
  readonly follow: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly timestamps: boolean;
  /** Lines from the end, or all. */
  readonly tail: number | 'all';
  /** Unix time in seconds, fractions allowed. */
  readonly since?: number;
  readonly until?: number;
}

/** Queries of the engine: `engine-unavailable` while it can't be reached, `not-found` without a container. */
export interface RuntimeService {
  env(name: string): Promise<EnvView>;
  hosts(name: string): Promise<HostsView>;
  inspect(name: string): Promise<Readonly<Record<string, unknown>>>;
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

export function createRuntime(inside: Lookup['inside']): RuntimeService {
  return {
    env: (name) => inside(name, (engine, container, definition) => environmentInside(engine, container, definition)),
    hosts: (name) => inside(name, hostsInside),
    inspect: (name) =>
      inside(name, async (engine, container, definition) =>
        withoutSecrets(await engine.inspectRaw(container.id), secretsInside(container, definition)),
      ),
    logs: async (name, request, signal) =>
      lines(await inside(name, (engine, { id }) => engine.logs(id, request, signal))),
    usage: (name) => inside(name, (engine, { id }) => engine.usage(id)),
    followUsage: (name, signal) =>
      inside(name, async (engine, container) => {
        // An engine waits with its first reading until a container runs.
        if (!hasProcesses(container)) throw notRunning(name, `its container is ${container.state}`);
        return engine.followUsage(container.id, signal);
      }),
    async exec(name, input, signal) {
      const faults = execFaults(input);
      if (faults.length > 0) throw invalidDefinition(faults);
      const { timeoutSeconds, env = {}, ...process } = input;
      const variables = Object.entries(env).map(([variable, value]) => `${variable}=${value}`);
      const signals = await runLimited(
        (stop) =>
          inside(name, (engine, { id }) =>
            engine.exec(id, { ...process, env: variables }, stop).catch(refusedByEngine),
          ),
        timeoutSeconds,
        signal,
      );
      return withProblems(name, signals);
    },
  };
}

/** The engine's own answer without the values of secrets. */
function withoutSecrets<T extends Readonly<Record<string, unknown>>>(
  raw: T | null,
  secrets: ReadonlySet<string>,
): T | null {
  const config = raw?.['Config'] as { readonly Env?: unknown } | undefined;
  if (raw === null || secrets.size === 0 || !Array.isArray(config?.Env)) return raw;
  const shown = config.Env.map((entry) => {
    const [name] = splitAtEquals(String(entry));
    return secrets.has(name) ? `${name}=${SECRET}` : entry;
  });
  return { ...raw, Config: { ...config, Env: shown } };
}

/**
 * Turns the engine's rejection of a command into the client's fault, such as a user that its container does not have.
 */
function refusedByEngine(error: unknown): never {
  if (!(error instanceof EngineError) || error.kind !== 'invalid') throw error;
  const { message } = error;
  const pointer = /\b(?:user|group|uids)\b/i.test(message)
    ? '/user'
    : /\b(?:cwd|working dir)/i.test(message)
      ? '/workingDir'
      : '';
  throw new Problem('invalid-definition', `The engine rejected the command: ${message}.`, {
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
