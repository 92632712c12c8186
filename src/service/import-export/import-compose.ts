/** A Compose file as definitions, and these stored as one set. */

import {
  type ComposeImport,
  type ComposeInput,
  faultInFile,
  importCompose,
} from '../../domain/import-export/compose/import.js';
import type { ExistingService } from '../../domain/import-export/compose/names.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Memory } from '../../store/state/memory.js';
import type { WriteOptions } from '../core/options.js';
import { inBody, invalidDefinition } from '../core/write-checks.js';
import type { ApplyInput, ApplyOutcome, ImportComposeOptions, ImportOutcome, Service } from '../service.js';
import { refuseUnsupported } from './unsupported.js';

export function createImportCompose(
  { apply }: Pick<Service, 'apply'>,
  store: Pick<Memory, 'all'>,
): Pick<Service, 'importCompose'> {
  return {
    async importCompose(input, options) {
      const read = readCompose(input, servicesIn(store));
      const { set, containers, left } = read;
      if (!options.apply) return { kind: 'read', imported: { set, containers, left } };
      if (!options.force) refuseUnsupported(left, '/compose');
      const body: ApplyInput = { ...(set !== null && { set }), prune: options.prune, containers };
      const outcome = await apply(body, optionsOfApply(read, options)).catch((error: unknown) => {
        throw error instanceof Problem ? inFile(error, read) : error;
      });
      return outcomeOf(read, options, outcome);
    },
  };
}

/** Returns the definitions that belong to a set, oldest first. */
function servicesIn(store: Pick<Memory, 'all'>): readonly ExistingService[] {
  return store
    .all()
    .toReversed()
    .flatMap(({ set, name, spec, deletionRequestedAt }) =>
      set === null || deletionRequestedAt !== null ? [] : [{ set, name, service: spec.service ?? name }],
    );
}

/** @throws Problem with every fault of the file, each with its line */
function readCompose(input: ComposeInput, existing: readonly ExistingService[]): ComposeImport {
  const read = importCompose({ ...input, existing });
  if (read.ok) return read;
  throw invalidDefinition(read.faults);
}

/** What is kept of a keyed import is the answer to it, not that to an apply. */
function optionsOfApply(read: ComposeImport, options: ImportComposeOptions): WriteOptions<ApplyOutcome> {
  const { keyed, apply: _, force: _f, prune: _p, ...rest } = options;
  if (keyed === undefined) return rest;
  return { ...rest, keyed: { ...keyed, answer: (outcome) => keyed.answer(outcomeOf(read, options, outcome)) } };
}

function outcomeOf(
  { set, containers, left }: ComposeImport,
  { dryRun }: ImportComposeOptions,
  { kind, applied }: ApplyOutcome,
): ImportOutcome {
  return { kind: dryRun ? 'read' : kind, imported: { set, containers, left, applied } };
}

/** What is wrong with a definition that a file makes is wrong with the file: `/containers/3/ports/0` is a line of it. */
function inFile(problem: Problem, read: ComposeImport): Problem {
  if (problem.faults.length === 0) return problem;
  const faults = problem.faults.map(({ pointer, message }) => {
    const [, index, rest = ''] = /^\/containers\/(\d+)(\/.*)?$/s.exec(pointer) ?? [];
    return index === undefined
      ? { pointer: '', message }
      : faultInFile(read, Number(index), { pointer: rest, message });
  });
  if (problem.code === 'invalid-definition') return invalidDefinition(faults);
  return new Problem(problem.code, problem.message, { cause: problem, faults: inBody(faults) });
}
