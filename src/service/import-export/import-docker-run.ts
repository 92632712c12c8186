/** A `docker run` line as a definition, and that definition stored. */

import type { DefinitionInput } from '../../domain/definition/definition.js';
import { directoryFaults } from '../../domain/import-export/host-path.js';
import { Problem } from '../../domain/problems/problem.js';
import { andMore } from '../../domain/problems/summarise.js';
import type { Policies } from '../access/policy.js';
import type { ContainerWrites } from '../containers/write.js';
import type { Outcome, WriteOptions } from '../core/options.js';
import { inBody, invalidDefinition } from '../core/write-checks.js';
import type { ImportOptions, ImportOutcome } from './outcome.js';
import type { DockerRunRead, DockerRunSource, ImportReader } from './reader.js';
import { refuseUnsupported } from './unsupported.js';

const AT = '/command';

export interface ImportDockerRun {
  /** Reads a `docker run` line, and stores what it declares as a creation does, where that is wanted. */
  importDockerRun(line: DockerRunSource, options: ImportOptions): Promise<ImportOutcome>;
}

type Read = Extract<DockerRunRead, { readonly ok: true }>;

export function createImportDockerRun(
  { create }: Pick<ContainerWrites, 'create'>,
  reader: ImportReader,
  policies: Pick<Policies, 'projectDirectory'>,
): ImportDockerRun {
  return {
    async importDockerRun(line, options) {
      const misplaced = directoryFaults(line.projectDirectory);
      if (misplaced.length > 0) throw invalidDefinition(misplaced);
      const source = { ...line, projectDirectory: line.projectDirectory ?? policies.projectDirectory() ?? undefined };
      const run = await reader.dockerRun(source);
      if (!run.ok) throw unreadable(run.faults);
      if (!options.apply) return { kind: 'read', imported: { set: null, containers: [run.input], left: run.left } };
      if (!options.force) refuseUnsupported(run.left, AT);
      const outcome = await create(run.input, optionsOfCreate(run, options)).catch(async (error: unknown) => {
        throw error instanceof Problem ? await inLine(error, source, reader) : error;
      });
      return outcomeOf(run, outcome);
    },
  };
}

/** Keeps the import's own answer for a keyed request, not that of the creation. */
function optionsOfCreate(run: Read, { keyed, apply: _, force: _f, ...options }: ImportOptions): WriteOptions {
  if (keyed === undefined) return options;
  return { ...options, keyed: { ...keyed, answer: (outcome) => keyed.answer(outcomeOf(run, outcome)) } };
}

function outcomeOf({ input, left }: Read, { kind, container: { plan, ...container } }: Outcome): ImportOutcome {
  const { name } = container;
  // With the name that was made up where none was given: applied again it is the same container.
  const named: DefinitionInput = { ...input, name };
  const applied = { set: null, results: [{ name, result: 'created' as const, container }], ...(plan && { plan }) };
  return {
    kind: kind === 'accepted' ? 'accepted' : kind === 'dry-run' ? 'read' : 'applied',
    imported: { set: null, containers: [named], left, applied },
  };
}

/** @param faults each with its place in the line */
function unreadable(faults: readonly string[]): Problem {
  return new Problem('invalid-definition', `The command, ${faults[0] ?? ''}${andMore(faults.length - 1)}.`, {
    faults: inBody(faults.map((message) => ({ pointer: AT, message }))),
  });
}

/** Returns a problem of the definition as one of the line, with the place of each fault in it. */
async function inLine(problem: Problem, source: DockerRunSource, reader: ImportReader): Promise<Problem> {
  if (problem.faults.length === 0) return problem;
  const faults = await reader.placedInDockerRun(source, problem.faults);
  if (problem.code === 'invalid-definition') return unreadable(faults);
  return new Problem(problem.code, problem.message, {
    cause: problem,
    faults: inBody(faults.map((message) => ({ pointer: AT, message }))),
  });
}
