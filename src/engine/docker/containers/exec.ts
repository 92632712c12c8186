import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Type } from 'typebox';
import { EngineError } from '../../errors.js';
import type { Exec, ExecRequest, LiveEngine, LogFrame } from '../../streaming.js';
import { checker } from '../response-schemas.js';
import { type Calls, orNull } from '../transport/calls.js';
import type { Clients } from '../transport/client.js';
import { demux } from '../transport/streams.js';
import { readFrames } from './logs.js';

/** The variable by which a command, and all that it starts, is found again. */
const MARK = 'BERTH_EXEC';

/**
 * Kills every process whose environment holds the text $1, and goes round until it finds none. Shell builtins alone: an
 * image may have a shell and nothing else.
 */
const KILL = `
round=0
while [ "$round" -lt 50 ]; do
  found=
  for dir in /proc/[0-9]*; do
    while read -r line || [ -n "$line" ]; do
      case $line in *"$1"*) kill -9 "\${dir#/proc/}" && found=1; break;; esac
    done < "$dir/environ"
  done 2>/dev/null
  [ -z "$found" ] && exit 0
  round=$((round + 1))
done
exit 1`;

/** Time that a command may take to end once it was killed, in milliseconds. */
const DEATH_MS = 3_000;

/** The longest wait for an engine to report that a command runs, in milliseconds. */
const START_MS = 10_000;

/** Begins the output that engine 20.10 sends in place of an error if it finds no such user or group. */
const NO_SUCH_USER = /^(?:unable to find (?:user|group) |uids and gids must be in range )/;

/** Between two looks whether a command has ended, in milliseconds: its output ends just before it does. */
const LOOK_MS = { first: 5, longest: 250 } as const;

const asExecState = checker(
  'inspect exec',
  Type.Object({
    Running: Type.Boolean(),
    ExitCode: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    Pid: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  }),
);

async function* replay(frames: readonly LogFrame[]): AsyncGenerator<LogFrame> {
  yield* frames;
}

/** Commands inside containers on Docker. */
export function dockerExec(clients: Clients, calls: Calls): Pick<LiveEngine, 'exec'> {
  async function create(id: string, { command, user, workingDir, env }: ExecRequest) {
    try {
      return await calls.change('create exec', (abortSignal) =>
        clients.control.getContainer(id).exec({
          Cmd: [...command],
          Env: [...env],
          AttachStdout: true,
          AttachStderr: true,
          abortSignal,
          ...(user !== undefined && { User: user }),
          ...(workingDir !== undefined && { WorkingDir: workingDir }),
        }),
      );
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'conflict') throw error;
      throw new EngineError('not-running', error.message, { status: error.status, cause: error });
    }
  }

  async function inspect(execId: string) {
    const answer = await orNull(
      calls.ask('inspect exec', (abortSignal) => clients.control.getExec(execId).inspect({ abortSignal })),
    );
    return answer === null ? null : asExecState(answer);
  }

  /** @returns its exit code; undefined while it runs, null if its container is gone */
  async function stateOf(execId: string): Promise<number | null | undefined> {
    const state = await inspect(execId);
    return state?.Running ? undefined : (state?.ExitCode ?? null);
  }

  /**
   * Waits until the engine has started a command or failed to: it answers a start before it tries.
   *
   * @returns true if the command ended without ever having been a process
   */
  async function neverRan(execId: string, signal: AbortSignal): Promise<boolean> {
    for (let wait: number = LOOK_MS.first; !signal.aborted; wait = Math.min(wait * 2, LOOK_MS.longest)) {
      const state = await inspect(execId);
      if (state === null || state.Pid !== 0) return false;
      if (!state.Running && state.ExitCode != null) return state.ExitCode !== 0;
      // Cut short by the abort, the loop ends.
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }

  /** Passes output on. @throws EngineError `invalid` if it is the engine's word that there is no such user */
  async function refusingUnknownUser(execId: string, output: AsyncIterable<LogFrame>, signal: AbortSignal) {
    if (!(await neverRan(execId, AbortSignal.any([signal, AbortSignal.timeout(START_MS)])))) return output;
    // Nothing but the engine wrote it, so it is short.
    const frames: LogFrame[] = [];
    for await (const frame of output) frames.push(frame);
    const text = Buffer.concat(frames.map(({ data }) => data)).toString();
    if (NO_SUCH_USER.test(text)) throw new EngineError('invalid', text.trim());
    return replay(frames);
  }

  /** @returns as {@link stateOf}, undefined when the signal was aborted first */
  async function untilExited(execId: string, signal: AbortSignal): Promise<number | null | undefined> {
    for (let wait: number = LOOK_MS.first; ; wait = Math.min(wait * 2, LOOK_MS.longest)) {
      const state = await stateOf(execId);
      if (state !== undefined || signal.aborted) return state;
      // Cut short by the abort, it is looked at once more.
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  async function start(id: string, request: ExecRequest, signal: AbortSignal) {
    const exec = await create(id, request);
    const stream = (await calls.change('start exec', (late) =>
      clients.streams.getExec(exec.id).start({
        Detach: false,
        Tty: false,
        hijack: false,
        stdin: false,
        abortSignal: AbortSignal.any([signal, late]),
      }),
    )) as Readable;
    return { execId: exec.id, stream };
  }

  /** Has the shell of the image kill what carries the mark. @returns whether there was one that did */
  async function kill(id: string, mark: string, user: string | undefined): Promise<boolean> {
    const limit = AbortSignal.timeout(DEATH_MS);
    const command = ['sh', '-c', KILL, 'sh', mark];
    const { execId, stream } = await start(id, { command, env: [], ...(user !== undefined && { user }) }, limit);
    for await (const _ of readFrames(stream, demux(stream), limit, calls));
    return (await untilExited(execId, limit)) === 0;
  }

  return {
    async exec(id, request, signal): Promise<Exec> {
      const mark = `${MARK}=${randomUUID()}`;
      const { execId, stream } = await start(id, { ...request, env: [...request.env, mark] }, signal);
      const output = readFrames(stream, demux(stream), signal, calls);
      const exec: Exec = {
        output,
        exited: async (until) => (await untilExited(execId, until)) ?? null,
        async end() {
          try {
            if ((await stateOf(execId)) !== undefined) return true;
            if (!(await kill(id, mark, request.user))) return (await stateOf(execId)) !== undefined;
            return (await untilExited(execId, AbortSignal.timeout(DEATH_MS))) !== undefined;
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
            // In a paused container nothing runs on, and nothing has ended either.
            const isPaused = error.kind === 'not-running' && /paused/i.test(error.message);
            return !isPaused && (error.kind === 'not-running' || error.kind === 'not-found');
          }
        },
      };
      if (request.user === undefined) return exec;
      try {
        return { ...exec, output: await refusingUnknownUser(execId, output, signal) };
      } catch (error) {
        stream.destroy();
        await exec.end();
        throw error;
      }
    },
  };
}
