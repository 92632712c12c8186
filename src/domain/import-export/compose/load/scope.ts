/** Variables of a file: those around it, then those of its own files of variables. */

import { parseDotenv } from '../../env-files/dotenv.js';
import type { Neighbour } from '../../neighbours.js';
import { exceeded } from '../yaml/budget.js';
import type { Variables } from '../yaml/interpolate.js';
import { addFault, addNote } from '../yaml/reading.js';
import type { MapTree, ParsedDocument, Tree } from '../yaml/tree.js';
import type { Loading, Scope } from './context.js';

export interface Text {
  /** Identifies the text, to recognise cycles. */
  readonly source: string;
  readonly documents: readonly ParsedDocument[];
}

/** Merges the documents of files, the later ones over the earlier ones. @param chain paths of the files around them */
export type LoadDocuments = (texts: readonly Text[], scope: Scope, chain: readonly string[]) => MapTree | undefined;

/** Adds the variables of files, among which the later ones count; those around count more. */
export function withVariables(loading: Loading, scope: Scope, files: readonly Neighbour[]): Scope {
  let values: Variables = {};
  for (const file of files) {
    const read = readVariables(loading, file, (text) =>
      parseDotenv(text, scope.variables, { earlier: values, budget: loading.budget }),
    );
    values = { ...values, ...read };
  }
  return { ...scope, variables: { ...values, ...scope.variables } };
}

/** Reads a file of variables, with its faults and notes at their lines. */
export function readVariables(
  { reading, budget }: Loading,
  { text, file }: Neighbour,
  parse: (text: string) => ReturnType<typeof parseDotenv>,
): Variables {
  const placeOf = (line: number): Tree => ({
    ...{ kind: 'scalar', value: null, text: '', source: '' },
    at: { line, column: 1, path: [], file },
  });
  budget.characters += text.length;
  const most = exceeded(budget);
  if (most !== undefined) {
    addFault(reading, placeOf(1), `with the files that it reads the import has more than ${most}; remove some`);
    return {};
  }
  const read = parse(text);
  if (!read.ok) {
    addFault(reading, placeOf(read.line), read.message);
    return {};
  }
  for (const { name, line } of read.missing) {
    const reason = `line ${line}: ${name} is not set, and was replaced by an empty string: send it in env, or write \${${name}:-default}`;
    addNote(reading, placeOf(line), 'ignored', reason);
  }
  return read.values;
}
