/** Reads and writes Compose files, and reads docker run lines: small ones at once, all others in a worker thread. */

import type { ComposeSource } from '../../domain/import-export/compose/import.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { createThread } from '../../lib/thread.js';
import { createRequestLimiter } from '../core/request-limiter.js';
import {
  type Answer,
  type Answers,
  answer,
  type ComposeRead,
  type DockerRunRead,
  type DockerRunSource,
  type Question,
} from './reading.js';

export type { ComposeRead, DockerRunRead, DockerRunSource } from './reading.js';

/** Time for reading or writing one, in milliseconds. */
const LIMIT_MS = 10_000;
/** Memory for one; the largest body takes less than a fifth. */
const MEMORY_MB = 512;
/** Limit of inputs that wait for the one under way. */
const WAITING = 32;
const RETRY_AFTER_SECONDS = 2;
/** Characters, values of variables included, that are read in about a millisecond. */
const SMALL = 2_048;
/** Notation by which a short text says much: YAML's anchors, and ranges of ports. */
const EXPANDS = /[*]|\d-\d/;

export interface ImportReader {
  /** @throws Problem (all of them) `payload-too-large` after the time or memory for one input, `busy` where too many wait */
  compose(source: ComposeSource): Promise<ComposeRead>;
  /** Returns faults of an apply of the file's definitions as faults of the file. */
  placedInCompose(source: ComposeSource, faults: readonly FieldFault[]): Promise<readonly FieldFault[]>;
  dockerRun(source: DockerRunSource): Promise<DockerRunRead>;
  /** Returns faults of the line's definition as faults of the line. */
  placedInDockerRun(source: DockerRunSource, faults: readonly FieldFault[]): Promise<readonly string[]>;
  /** Writes a Compose file as YAML. @param json the file as JSON, which costs less to pass to a thread than its data */
  composeText(json: string): Promise<string>;
  /** Ends the thread. */
  close(): Promise<void>;
}

type Ask = <K extends Question['kind']>(question: Extract<Question, { readonly kind: K }>) => Promise<Answers[K]>;

/** Creates a reader that reads everything in the calling thread. */
export const createInlineReader = (): ImportReader =>
  readerOf(
    async (question) => answer(question) as never,
    async () => undefined,
  );

/** Creates a reader with a thread of its own, which the first large input starts. */
export function createImportReader(
  limits: { readonly limitMs?: number; readonly memoryMb?: number } = {},
): ImportReader {
  const { limitMs = LIMIT_MS, memoryMb = MEMORY_MB } = limits;
  const remedy = 'split it and import the parts one by one';
  const tooLarge = (what: string) => () =>
    new Problem('payload-too-large', `The import takes more than ${what}: ${remedy}.`);
  const thread = createThread<Question, Answer>({
    module: new URL(import.meta.url.endsWith('.ts') ? './reading-worker.ts' : './reading-worker.js', import.meta.url),
    limitMs,
    late: tooLarge(`${limitMs / 1000} seconds`),
    outOfMemory: tooLarge(`${memoryMb} MB of memory`),
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const inTurn = createRequestLimiter({
    places: 1,
    waiting: WAITING,
    what: 'imports',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
  return readerOf(
    async (question) => (isSmall(question) ? answer(question) : await inTurn(() => thread.ask(question))) as never,
    thread.close,
  );
}

function readerOf(ask: Ask, close: () => Promise<void>): ImportReader {
  return {
    compose: (source) => ask({ kind: 'compose', source }),
    placedInCompose: (source, faults) => ask({ kind: 'placed-in-compose', source, faults }),
    dockerRun: (source) => ask({ kind: 'docker-run', source }),
    placedInDockerRun: (source, faults) => ask({ kind: 'placed-in-docker-run', source, faults }),
    composeText: (json) => ask({ kind: 'compose-text', json }),
    close,
  };
}

function isSmall(question: Question): boolean {
  if (question.kind === 'compose-text') return question.json.length <= SMALL;
  const { source } = question;
  const texts = [
    ...('compose' in source ? [source.compose].flat() : [source.command]),
    ...Object.values(source.files ?? {}),
    ...Object.values(source.env ?? {}),
    source.projectDirectory ?? '',
  ];
  if (texts.reduce((sum, text) => sum + text.length, 0) > SMALL) return false;
  return !texts.some((text) => EXPANDS.test(text));
}
