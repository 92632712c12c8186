/**
 * Converts a `docker run` line to the definition of the same container, or reports everything that is wrong with the
 * line.
 */

import { type DefinitionInput, MAX_ENTRIES } from '../../definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../../definition/names.js';
import { declare } from '../../definition/normalize.js';
import { valueFault } from '../../docker/option-values.js';
import { DISCARDED, isEngineMode } from '../../networks/network-mode.js';
import { pointer } from '../../problems/result.js';
import type { ImportNote } from '../import-note.js';
import { type CommandLine, readCommandLine } from './command-line.js';
import { type Draft, inputOf, LAST_COUNTS, newDraft, note, type Verdict } from './fields/draft.js';
import { decideNetworks, NETWORK_PARTS } from './fields/network.js';
import { READERS, readPlain } from './fields/readers.js';
import type { Field } from './flags/flag.js';
import type { Given, LineFault, Span } from './line.js';
import { leftOf, noteOf, type PlacedNote } from './notes.js';

type DockerRun =
  | {
      readonly ok: true;
      readonly input: DefinitionInput;
      /** Notes in the order of the line. */
      readonly left: readonly ImportNote[];
      /** Says where in the line the part of the definition stands that a pointer is to: `at character 15 (-p 80:80)`. */
      readonly placeOf: (pointer: string) => string;
    }
  | { readonly ok: false; readonly faults: readonly string[] };

/** More would only be a burden. */
const MAX_FAULTS = 100;
const MAX_EXCERPT = 60;

/**
 * Reads the whole line; each fault says where in it it is. What depends on other definitions is not looked at.
 * @param env the variables of the shell that the line is typed into
 * @param directory the directory in which it is typed: relative paths, `$(pwd)` and, without `env`, PWD and HOME
 * @param files texts of the files that `--env-file` and `--label-file` name, by their paths
 */
export function readDockerRun(
  line: string,
  env: Readonly<Record<string, string>> = {},
  directory?: string,
  files: Readonly<Record<string, string>> = {},
): DockerRun {
  const shell = { ...(directory !== undefined && { PWD: directory, HOME: directory }), ...env };
  const command = readCommandLine(line, new Map(Object.entries(shell)));
  const draft = newDraft(command.variables, { directory, home: shell['HOME'] }, files);
  draft.notes.push(...command.notes);
  for (const given of command.given) fault(draft, given, valueFault(given.flag.name, given.value));
  const refused = new Set(draft.faults.map(({ at }) => at));
  for (const given of lastOfEach(draft, command.given).filter(({ at }) => !refused.has(at))) {
    const { handling } = given.flag;
    if ('field' in handling) fault(draft, given, READERS[handling.field](draft, given));
    else if ('plain' in handling) fault(draft, given, readPlain(draft, given, handling.plain));
    else draft.notes.push(...leftOf(given, handling));
  }
  decideTogether(draft, command);
  draft.notes.push(...remarkNotes(line, command));
  const input = withCommand(draft, command);
  const isWhole = command.image !== undefined;
  const own = [...command.faults, ...draft.faults, ...(isWhole ? definitionFaults(draft, line, input) : [])];
  const faults = withoutConsequences(command.unread, own);
  if (faults.length > 0 || !isWhole) return { ok: false, faults: reported(line, faults) };
  const left = draft.notes.toSorted((a, b) => a.place.at - b.place.at).map((one) => one.note);
  return { ok: true, input, left, placeOf: (to) => sayPlace(line, placeOf(draft, line, to)) };
}

/** Remarks on the words as notes on the flags that they belong to, or on the text itself. Both are in the line's order. */
function remarkNotes(line: string, { given, remarks }: CommandLine): readonly PlacedNote[] {
  let index = 0;
  return remarks.map(({ at, end, message }) => {
    while (index < given.length && (given[index]?.end ?? 0) <= at) index += 1;
    const flag = given[index];
    if (flag !== undefined && flag.at <= at) return noteOf(flag, 'ignored', message);
    return { note: { at: line.slice(at, end), value: '', effect: 'ignored', reason: message }, place: { at, end } };
  });
}

function fault(draft: Draft, { at, end, written }: Given, wrong: Verdict): void {
  if (wrong !== undefined) draft.faults.push({ at, end, message: `${written}: ${wrong}` });
}

/** Drops all but the last of each flag that counts once; a dropped one with another value is noted. */
function lastOfEach(draft: Draft, all: readonly Given[]): readonly Given[] {
  const last = new Map(all.map((given) => [given.flag.name, given]));
  return all.filter((given) => {
    const counted = last.get(given.flag.name);
    if (given.flag.isList || counted === given) return true;
    if (counted?.value !== given.value) draft.notes.push(noteOf(given, 'ignored', LAST_COUNTS));
    return false;
  });
}

/** Decides the fields that depend on more than one flag. */
function decideTogether(draft: Draft, { given, verb }: CommandLine): void {
  const of = (field: Field): Given | undefined =>
    given.findLast(({ flag: { handling } }) => 'field' in handling && handling.field === field);
  const isOn = (one: Given | undefined): one is Given => one?.value === 'true';

  const remove = of('remove');
  const { restartPolicy = 'no' } = draft.single;
  if (isOn(remove) && restartPolicy !== 'no') fault(draft, remove, "it can't be combined with --restart; remove one");

  decideHealth(draft, of, of('noHealthcheck'));

  decideConflicts(draft, given);
  decideNetworks(draft);
  decidePorts(draft, given);

  // Docker's own default, and what a container that is taken over has.
  draft.single.restartPolicy = restartPolicy;
  if (verb === 'create') draft.single.state = 'stopped';
}

/** Flags that Docker refuses together. */
function decideConflicts(draft: Draft, given: readonly Given[]): void {
  const last = (name: string): Given | undefined => given.findLast(({ flag }) => flag.name === name);
  const [attach, detach] = [last('attach'), last('detach')];
  if (attach !== undefined && detach?.value === 'true') {
    fault(draft, attach, 'nothing can be attached to a container in the background (-d); remove one');
  }
  for (const [part, flags] of Object.entries(NETWORK_PARTS)) {
    const other = flags.map(last).find((one) => one !== undefined);
    if (other !== undefined && draft.networkParts.has(part)) {
      fault(draft, other, `the network already has its own (--network …,${part}=…); remove one`);
    }
  }
}

/** Drops published ports where Docker discards them. */
function decidePorts(draft: Draft, given: readonly Given[]): void {
  const { network = 'bridge' } = draft.single;
  if (!isEngineMode(network)) return;
  for (const one of given.filter(({ flag }) => flag.name === 'publish' || flag.name === 'publish-all')) {
    note(draft, one, 'ignored', DISCARDED[network] ?? '');
  }
  draft.lists.ports.length = 0;
  delete draft.single.publishAll;
}

const HEALTH: readonly Field[] = [
  'healthCommand',
  'healthInterval',
  'healthTimeout',
  'healthRetries',
  'healthStartPeriod',
  'healthStartInterval',
];

function decideHealth(draft: Draft, of: (field: Field) => Given | undefined, none: Given | undefined): void {
  const isSet = ({ value }: Given): boolean => value !== '' && value !== '0';
  const set = HEALTH.flatMap((field) => of(field) ?? []).filter(isSet);
  if (none?.value === 'true') {
    if (set.length > 0) fault(draft, none, "it can't be combined with the other --health flags; remove it or them");
    draft.health.command = [];
  } else if (draft.health.command === undefined) {
    const reason =
      "a health check must be complete: add its command (--health-cmd), because the image's is not known here";
    for (const given of set) note(draft, given, 'unsupported', reason);
  }
}

function withCommand(draft: Draft, { image, args }: CommandLine): DefinitionInput {
  if (args.length > 0) draft.single.command = args.map(({ text }) => text);
  if (image !== undefined) draft.places.set('/image', image);
  for (const [index, arg] of args.entries()) draft.places.set(pointer('command', index), arg);
  const [first] = args;
  if (first !== undefined) draft.places.set('/command', { at: first.at, end: args.at(-1)?.end ?? first.end });
  return inputOf(draft, image?.text ?? '');
}

function definitionFaults(draft: Draft, line: string, input: DefinitionInput): readonly LineFault[] {
  const declared = declare(input);
  const faults = declared.ok ? [] : [...declared.faults];
  if (input.name !== undefined && !isContainerName(input.name)) {
    faults.push({ pointer: '/name', message: `${JSON.stringify(input.name)}: ${CONTAINER_NAME_RULE}` });
  }
  for (const [list, most] of Object.entries(MAX_ENTRIES) as [keyof typeof MAX_ENTRIES, number][]) {
    const { length = 0 } = input[list] ?? [];
    const message = `there are ${length} of them, and at most ${most} are allowed`;
    if (length > most) faults.push({ pointer: pointer(list, most), message });
  }
  return faults.map(({ pointer: to, message }) => ({ ...placeOf(draft, line, to), message }));
}

/** The flag that made a part of the definition, or what the part is in, or the first of what is in it. */
function placeOf({ places }: Draft, line: string, to: string): Span {
  for (let at = to; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at);
    if (place !== undefined) return { at: place.at, end: place.end };
  }
  const [, first] = [...places].find(([at]) => at.startsWith(`${to}/`)) ?? [];
  return first === undefined ? { at: 0, end: line.length } : { at: first.at, end: first.end };
}

/**
 * Merges faults in the order of the line. Faults of a word that could not be read are dropped: what is meant may be
 * right.
 */
function withoutConsequences(unread: readonly LineFault[], own: readonly LineFault[]): readonly LineFault[] {
  const shown = unread.slice(0, MAX_FAULTS + 1);
  const isOf = ({ at, end }: Span) => shown.some((other) => other.at < end && at < other.end);
  return [...unread, ...own.filter((one) => !isOf(one))].toSorted((a, b) => a.at - b.at);
}

function reported(line: string, faults: readonly LineFault[]): readonly string[] {
  const shown = faults.slice(0, MAX_FAULTS).map((one) => `${sayPlace(line, one)}: ${one.message}`);
  return faults.length > MAX_FAULTS ? [...shown, `there are ${faults.length - MAX_FAULTS} more`] : shown;
}

/** A variable and a value that may be a secret: `-e PASSWORD=…`, `PASSWORD=…`. */
const VARIABLE = /^((?:-\w*e|--env)[ =]?["']?\w+=|["']?[A-Z_][A-Z0-9_]*=).{4,}$/s;

function sayPlace(line: string, { at, end }: Span): string {
  const text = line
    .slice(at, Math.min(end, at + 4 * MAX_EXCERPT))
    .replaceAll(/\s+/g, ' ')
    .replace(VARIABLE, '$1…');
  const excerpt = text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text;
  return `at character ${at + 1}${excerpt === '' ? '' : ` (${excerpt})`}`;
}
