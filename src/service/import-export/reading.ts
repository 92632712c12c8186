/** Reads and writes Compose files, and reads docker run lines, as messages that can be sent between threads. */

import type { DefinitionInput } from '../../domain/definition/definition.js';
import {
  type ComposeImport,
  type ComposeSource,
  faultInFile,
  importCompose,
  networkFaultInFile,
} from '../../domain/import-export/compose/import.js';
import { toYaml } from '../../domain/import-export/compose/yaml/write-yaml.js';
import { readDockerRun } from '../../domain/import-export/docker-run/to-definition.js';
import type { ImportNote } from '../../domain/import-export/import-note.js';
import type { FieldFault } from '../../domain/problems/result.js';

/** A file's definitions without their places in it: those are read again where a fault needs them. */
export type ComposeRead =
  | ({ readonly ok: true } & Omit<ComposeImport, 'places' | 'networkPlaces'>)
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

export interface DockerRunSource {
  readonly command: string;
  /** The variables of the shell that the line is typed into. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Texts of the files that the line names, by their paths. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** The directory in which the line is typed. */
  readonly projectDirectory?: string | undefined;
}

export type DockerRunRead =
  | { readonly ok: true; readonly input: DefinitionInput; readonly left: readonly ImportNote[] }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Answers by the kind of their question. */
export interface Answers {
  readonly compose: ComposeRead;
  /** Faults of the definitions as faults of the file. */
  readonly 'placed-in-compose': readonly FieldFault[];
  readonly 'docker-run': DockerRunRead;
  /** Faults of the definition as faults of the line. */
  readonly 'placed-in-docker-run': readonly string[];
  readonly 'compose-text': string;
}

export type Question =
  | { readonly kind: 'compose'; readonly source: ComposeSource }
  /** Faults of an apply, to be placed in the Compose file. */
  | { readonly kind: 'placed-in-compose'; readonly source: ComposeSource; readonly faults: readonly FieldFault[] }
  | { readonly kind: 'docker-run'; readonly source: DockerRunSource }
  | { readonly kind: 'placed-in-docker-run'; readonly source: DockerRunSource; readonly faults: readonly FieldFault[] }
  | { readonly kind: 'compose-text'; readonly json: string };

export type Answer = Answers[keyof Answers];

/** Answers a question: a pure function whose input and result can be cloned. */
export function answer(question: Question): Answer {
  switch (question.kind) {
    case 'compose':
      return composeRead(question.source);
    case 'placed-in-compose':
      return placedInCompose(question.source, question.faults);
    case 'docker-run':
      return dockerRunRead(question.source);
    case 'placed-in-docker-run':
      return placedInDockerRun(question.source, question.faults);
    case 'compose-text':
      return toYaml(JSON.parse(question.json));
  }
}

function composeRead(source: ComposeSource): ComposeRead {
  const read = importCompose(source);
  if (!read.ok) return read;
  const { places: _, networkPlaces: _networks, ...rest } = read;
  return rest;
}

function placedInCompose(source: ComposeSource, faults: readonly FieldFault[]): readonly FieldFault[] {
  const read = importCompose(source);
  if (!read.ok) throw new Error('a file that parsed before now has faults');
  return faults.map(({ pointer, message }) => {
    const [, network] = /^\/networks\/(\d+)/.exec(pointer) ?? [];
    if (network !== undefined) return networkFaultInFile(read, Number(network), message);
    const [, index, rest = ''] = /^\/containers\/(\d+)(\/.*)?$/s.exec(pointer) ?? [];
    return index === undefined
      ? { pointer: '', message }
      : faultInFile(read, Number(index), { pointer: rest, message });
  });
}

function dockerRunRead({ command, env, projectDirectory, files }: DockerRunSource): DockerRunRead {
  const run = readDockerRun(command, env, projectDirectory, files);
  if (!run.ok) return run;
  const { placeOf: _, ...rest } = run;
  return rest;
}

function placedInDockerRun(
  { command, env, projectDirectory, files }: DockerRunSource,
  faults: readonly FieldFault[],
): readonly string[] {
  const run = readDockerRun(command, env, projectDirectory, files);
  if (!run.ok) throw new Error('a line that parsed before now has faults');
  return faults.map(({ pointer, message }) => `${run.placeOf(pointer)}: ${message}`);
}
