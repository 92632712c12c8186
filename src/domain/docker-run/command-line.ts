/** A whole line, from its prompt to the arguments of the container's command, split into what each part is. */

import { CLIENT_FLAGS, RUN_FLAGS } from './flags.js';
import { leftOf, type PlacedNote } from './notes.js';
import { type Given, readFlags } from './read-flags.js';
import { type LineFault, splitLine, type Word } from './shell-words.js';

/** A line read as far as it can be: with faults there may be parts that are not there. */
export interface CommandLine {
  readonly verb: Verb;
  /** Variables that the line sets for the docker command: what an `-e NAME` without a value takes. */
  readonly variables: ReadonlyMap<string, string>;
  readonly given: readonly Given[];
  readonly image: Word | undefined;
  readonly args: readonly Word[];
  /** What came before the verb. */
  readonly notes: readonly PlacedNote[];
  /** What is not the words of a command: where a shell would put in something else, or could not go on. */
  readonly unread: readonly LineFault[];
  /** What is wrong with the words. */
  readonly faults: readonly LineFault[];
}

export type Verb = 'run' | 'create';

/** What a pasted line may begin with: `$ `, `# `, `% `, `root@docker-test:/home/roach# `. Other comments are no prompt. */
const PROMPT =
  /^\s*(?:[^\s'"\\@]+@[^\s'"\\]*[$#%]|[$#%])[ \t]+(?=(?:[A-Za-z_]\w*=|sudo[ \t]|(?:[^\s'"\\]*\/)?docker[ \t]))/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
/** Options of sudo that take no value. */
const SUDO_OPTION = /^-[AbEHknPS]+$/;
const FORM = 'write docker run [flags] IMAGE [command]';

/** Reads what a person would type: prompt, assignments, sudo, `docker`, its flags, `[container] run` or `create`, and on. */
export function readCommandLine(line: string): CommandLine {
  const { words, faults: unread, isCut } = splitLine(line, PROMPT.exec(line)?.[0].length ?? 0);
  const before = readBefore(words);
  const docker = readDocker(words.slice(before.count));
  const end = words.at(-1)?.end ?? line.length;
  if (docker.kind === 'other') {
    const none = { verb: 'run', given: [], image: undefined, args: [] } as const;
    const own = { ...(docker.word ?? { at: end, end }), message: docker.message };
    return { ...none, ...before, unread, faults: isCut && words.length === 0 ? [] : [...docker.faults, own] };
  }
  const flags = RUN_FLAGS.filter(({ isOfRun = false }) => docker.verb === 'run' || !isOfRun);
  const run = readFlags(docker.rest, flags, `docker ${docker.verb}`);
  const [image, ...args] = run.rest;
  const isToldAlready = isCut || run.isUnsure || run.faults.length > 0;
  const noImage = { at: end, end, message: `there is no image; ${FORM}` };
  return {
    ...{ verb: docker.verb, variables: before.variables, given: run.given, image, args },
    notes: [...before.notes, ...docker.notes],
    unread,
    faults: [...docker.faults, ...run.faults, ...(image === undefined && !isToldAlready ? [noImage] : [])],
  };
}

/** What stands before `docker`. sudo takes the variables before it away, unless it is told to keep them (-E). */
function readBefore(words: readonly Word[]): Pick<CommandLine, 'variables' | 'notes'> & { readonly count: number } {
  const variables = new Map<string, string>();
  const notes: PlacedNote[] = [];
  let keptBySudo: ReadonlyMap<string, string> | undefined;
  let count = 0;
  for (const word of words) {
    const [, name, value = ''] = ASSIGNMENT.exec(word.text) ?? [];
    if (name !== undefined) {
      const reason = name.startsWith('DOCKER_')
        ? 'the container runs on the engine that this Berth manages, whichever is named here'
        : 'it is set for the docker command alone, and goes into the container only by an -e';
      variables.set(name, value);
      notes.push({ note: { at: name, value, effect: 'ignored', reason }, place: word });
    } else if (word.text === 'sudo' && keptBySudo === undefined) {
      keptBySudo = new Map(variables);
      variables.clear();
      notes.push({
        note: { at: 'sudo', value: '', effect: 'ignored', reason: 'Berth talks to the engine itself' },
        place: word,
      });
    } else if (keptBySudo !== undefined && SUDO_OPTION.test(word.text)) {
      if (word.text.includes('E')) for (const [kept, text] of keptBySudo) variables.set(kept, text);
    } else {
      break;
    }
    count += 1;
  }
  return { variables, notes, count };
}

type Docker = Pick<CommandLine, 'faults'> &
  (
    | { readonly kind: 'other'; readonly word: Word | undefined; readonly message: string }
    | {
        readonly kind: 'docker';
        readonly verb: Verb;
        readonly rest: readonly Word[];
        readonly notes: readonly PlacedNote[];
      }
  );

function readDocker(words: readonly Word[]): Docker {
  const [program, ...more] = words;
  if (program === undefined || !/^(?:.*\/)?docker$/s.test(program.text)) {
    const message = program === undefined ? `there is no command; ${FORM}` : `this is not docker; ${FORM}`;
    return { kind: 'other', word: program, message, faults: [] };
  }
  const { given, rest, faults } = readFlags(more, CLIENT_FLAGS, 'docker');
  const [first, ...after] = rest;
  const isLong = first?.text === 'container';
  const [verb, ...behind] = isLong ? after : [first, ...after];
  if (verb?.text !== 'run' && verb?.text !== 'create') {
    return { kind: 'other', word: verb ?? program, message: otherCommand(verb), faults };
  }
  const notes = given.flatMap((one) => ('field' in one.flag.fate ? [] : leftOf(one, one.flag.fate)));
  return { kind: 'docker', verb: verb.text, rest: behind as readonly Word[], notes, faults };
}

function otherCommand(verb: Word | undefined): string {
  if (verb === undefined) return `the docker command is missing; ${FORM}`;
  return verb.text === 'compose'
    ? 'this takes one docker run; send a Compose file to POST /v1/import/compose'
    : `this takes docker run and docker create, not docker ${verb.text}; ${FORM}`;
}
