/** A Compose file as definitions, and these stored as one set. */

import type { ComposeInput, ComposeSource } from '../../domain/import-export/compose/import.js';
import type { ExistingService } from '../../domain/import-export/compose/names.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Memory } from '../../store/state/memory.js';
import type { Policies } from '../access/policy.js';
import type { ApplyInput, ApplyOutcome, ApplyService } from '../apply.js';
import type { WriteOptions } from '../core/options.js';
import { inBody, invalidDefinition } from '../core/write-checks.js';
import type { ImportOptions, ImportOutcome, ImportView } from './outcome.js';
import type { ComposeRead, ImportReader } from './reader.js';
import { refuseUnsupported } from './unsupported.js';

interface ImportComposeOptions extends ImportOptions {
  /** True if what belongs to the set and is not in the file is to be removed. */
  readonly prune: boolean;
}

export interface ImportCompose {
  /** Reads a Compose file, and stores what it declares as an apply does, in the set of its project. */
  importCompose(input: ComposeInput, options: ImportComposeOptions): Promise<ImportOutcome>;
}

type Imported = Extract<ComposeRead, { readonly ok: true }>;

export function createImportCompose(
  { apply }: Pick<ApplyService, 'apply'>,
  store: Pick<Memory, 'all'>,
  reader: ImportReader,
  policies: Pick<Policies, 'projectDirectory'>,
): ImportCompose {
  return {
    async importCompose(input, options) {
      const projectsDirectory = policies.projectDirectory();
      const source: ComposeSource = {
        ...input,
        existing: servicesIn(store),
        ...(projectsDirectory !== null && { projectsDirectory }),
      };
      const read = await reader.compose(source);
      if (!read.ok) throw invalidDefinition(read.faults);
      const { set, containers, left, networks } = read;
      if (!options.apply) return { kind: 'read', imported: { set, ...networksView(read), containers, left } };
      if (!options.force) refuseUnsupported(left, '/compose');
      const body: ApplyInput = { ...(set !== null && { set }), prune: options.prune, containers, networks };
      const outcome = await apply(body, optionsOfApply(read, options)).catch(async (error: unknown) => {
        throw error instanceof Problem ? await inFile(error, source, reader) : error;
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

/** Keeps the import's own answer for a keyed request, not that of the apply. */
function optionsOfApply(read: Imported, options: ImportComposeOptions): WriteOptions<ApplyOutcome> {
  const { keyed, apply: _, force: _f, prune: _p, ...rest } = options;
  if (keyed === undefined) return rest;
  return { ...rest, keyed: { ...keyed, answer: (outcome) => keyed.answer(outcomeOf(read, options, outcome)) } };
}

function outcomeOf(read: Imported, { dryRun }: ImportComposeOptions, { kind, applied }: ApplyOutcome): ImportOutcome {
  const { set, containers, left } = read;
  return { kind: dryRun ? 'read' : kind, imported: { set, ...networksView(read), containers, left, applied } };
}

/** Returns the networks that are declared with the definitions, if there are any. */
const networksView = ({ networks }: Imported): Pick<ImportView, 'networks'> =>
  networks.length === 0 ? {} : { networks: networks.map(({ name, spec }) => ({ name, ...spec })) };

/** Returns a problem of the definitions as one of the file: `/containers/3/ports/0` is a line of it. */
async function inFile(problem: Problem, source: ComposeSource, reader: ImportReader): Promise<Problem> {
  if (problem.faults.length === 0) return problem;
  const faults = await reader.placedInCompose(source, problem.faults);
  if (problem.code === 'invalid-definition') return invalidDefinition(faults);
  return new Problem(problem.code, problem.message, { cause: problem, faults: inBody(faults) });
}
