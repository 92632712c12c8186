/** A whole line, from its prompt to the arguments of the container's command, split into what each part is. */

import { CLIENT_FLAGS } from './flags/client.js';
import type { Flag } from './flags/flag.js';
import { RUN_FLAGS } from './flags/run-flags.js';
import type { Given, LineFault, Word } from './line.js';
import { leftOf, type PlacedNote } from './notes.js';
import { readFlags } from './read-flags.js';
import { splitLine } from './shell-words.js';

/** A line read as far as it can be: with faults there may be parts that are not there. */
export interface CommandLine {
  readonly verb: Verb;
  /** Variables that an `-e NAME` without a value takes: those the line sets for the docker command, else the shell's. */
  readonly variables: ReadonlyMap<string, string>;
  readonly given: readonly Given[];
  readonly image: Word | undefined;
  readonly args: readonly Word[];
  /** Notes on what came before the verb, on flags that are not known, and on flags after the image. */
  readonly notes: readonly PlacedNote[];
  /** Places where the words are not sure: what a shell makes of them depends on where the line is typed. */
  readonly remarks: readonly LineFault[];
  /** Parts that are not words of a command: where a shell would put in something else, or could not go on. */
  readonly unread: readonly LineFault[];
  /** Faults in the words. */
  readonly faults: readonly LineFault[];
}

type Verb = 'run' | 'create';

/** Programs whose `run` and `create` take Docker's flags. */
const PROGRAM = /^(?:.*[/\\])?(docker|podman|nerdctl)(?:\.exe)?$/s;
/** Programs that run the command after them, and change nothing of what it means. */
const WRAPPERS: ReadonlySet<string> = new Set(['doas', 'time', 'nohup', 'exec', 'command', 'winpty', 'env']);

const MARK = '[$#%>❯➜»]';
/**
 * A prompt that a pasted line may begin with: `$ `, `# `, `root@docker-test:/home/roach# `, `[me@host ~]$ `, `PS C:\> `,
 * `C:\Users\me>`. Other comments are no prompt.
 */
const PROMPT = new RegExp(
  `^\\s*(?:\\([^()\\n]*\\)[ \\t]*)?(?:(?:[^\\s'"\\\\@]+@[^\\s'"\\\\]*${MARK}|\\[[^\\]\\n]*\\]${MARK}|${MARK})[ \\t]+|` +
    '(?:PS [^>\\n]*>|[A-Za-z]:\\\\[^>\\n]*>)[ \\t]*)' +
    '(?=(?:[A-Za-z_]\\w*=|(?:sudo|doas)[ \\t]|(?:[^\\s\'"\\\\]*\\/)?(?:docker|podman|nerdctl)(?:\\.exe)?[ \\t]))',
);
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
/** Options of sudo without a value, and those with one, in the same word or the next. */
const SUDO_SWITCH = /^(?:-[AbBEHknNPS]+|--(?:preserve-env(?:=.*)?|set-home|non-interactive|background|stdin|askpass))$/;
const SUDO_VALUE = /^(?:-[CDghpRrTtUu]|--(?:user|group|host|prompt|chdir|chroot|role|type))$/;
const SUDO_WITH_VALUE = /^(?:-[CDghpRrTtUu].+|--(?:user|group|host|prompt|chdir|chroot|role|type)=.*)$/;
const FORM = 'write docker run [flags] IMAGE [command]';
const OTHER_ENGINE = 'the container runs on the engine of this Berth; its flags are read as docker run flags';

/**
 * Reads what a person would type: prompt, assignments, sudo, `docker`, its flags, `[container] run` or `create`, and on.
 * @param shell the variables of the shell that the line is typed into
 */
export function readCommandLine(line: string, shell: ReadonlyMap<string, string> = new Map()): CommandLine {
  const from = PROMPT.exec(line)?.[0].length ?? 0;
  const { words, faults: unread, notes: remarks, isCut } = splitLine(line, from, shell);
  const before = readBefore(words);
  const docker = readDocker(words.slice(before.count));
  const end = words.at(-1)?.end ?? line.length;
  const variables = new Map([...shell, ...before.variables]);
  if (docker.kind === 'other') {
    const none = { verb: 'run', given: [], image: undefined, args: [] } as const;
    const own = { ...(docker.word ?? { at: end, end }), message: docker.message };
    const isToldAlready = isCut && words.length === 0;
    return {
      ...none,
      variables,
      notes: before.notes,
      remarks,
      unread,
      faults: isToldAlready ? [] : [...docker.faults, own],
    };
  }
  const isForBoth = ({ isOfRun = false }: Flag): boolean => docker.verb === 'run' || !isOfRun;
  const others = RUN_FLAGS.filter((flag) => !isForBoth(flag));
  const run = readFlags(docker.rest, RUN_FLAGS.filter(isForBoth), `docker ${docker.verb}`, others);
  const [image, ...args] = run.rest;
  const isToldAlready = isCut || run.faults.length > 0;
  const noImage = { at: end, end, message: `there is no image; ${FORM}` };
  return {
    verb: docker.verb,
    variables,
    given: run.given,
    image,
    args,
    remarks,
    unread,
    notes: [...before.notes, ...docker.notes, ...run.notes, ...flagsAfterImage(args)],
    faults: [...docker.faults, ...run.faults, ...(image === undefined && !isToldAlready ? [noImage] : [])],
  };
}

/** Short flags that are as often a program's own: those that count have a value that only Docker's could have. */
const AFTER_IMAGE: Readonly<Record<string, RegExp | undefined>> = {
  p: /^(?:[\d.:[\]a-f]+:)?\d+(?:-\d+)?(?:\/\w+)?$/,
  v: /^[^:]+:\/[^:]*(?::\w+)?$/,
  e: /^[A-Za-z_]\w*=/,
};

/** Notes flags of docker run that stand right after the image, where they are arguments of the container's command. */
function flagsAfterImage(args: readonly Word[]): readonly PlacedNote[] {
  const notes: PlacedNote[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] as Word;
    const [, long, ownLong] = /^--([a-z][\w-]*)(?:=(.*))?$/s.exec(word.text) ?? [];
    const [, short = '', ownShort] = /^-([a-z])(?:=?(.+))?$/is.exec(word.text) ?? [];
    const flag = RUN_FLAGS.find((one) => (long === undefined ? one.short === short : one.name === long));
    if (flag === undefined) break;
    const own = ownLong ?? ownShort;
    const hasNext = flag.takes !== 'nothing' && own === undefined;
    const next = hasNext ? args[index + 1] : undefined;
    const value = own ?? next?.text ?? '';
    if (long === undefined && AFTER_IMAGE[short]?.test(value) !== true) break;
    const written = long === undefined ? `-${short}` : `--${long}`;
    const reason =
      'it comes after the image, so it is an argument of the command, as in Docker: move it before the image';
    notes.push({
      note: { at: written, value, effect: 'ignored', reason },
      place: { at: word.at, end: (next ?? word).end },
    });
    if (next !== undefined) index += 1;
  }
  return notes;
}

interface Before {
  readonly variables: ReadonlyMap<string, string>;
  readonly notes: readonly PlacedNote[];
  /** Words before `docker`. */
  readonly count: number;
}

/** Reads the words before `docker`. sudo drops the variables before it, unless -E keeps them. */
function readBefore(words: readonly Word[]): Before {
  const variables = new Map<string, string>();
  const notes: PlacedNote[] = [];
  let keptBySudo: ReadonlyMap<string, string> | undefined;
  let count = 0;
  for (let word = words[count]; word !== undefined; word = words[count]) {
    const [, name, value = ''] = ASSIGNMENT.exec(word.text) ?? [];
    if (name !== undefined) {
      const reason = name.startsWith('DOCKER_')
        ? 'the container runs on the engine of this Berth, whichever engine the command names'
        : 'it is set for the docker command only; only -e passes it to the container';
      variables.set(name, value);
      notes.push({ note: { at: name, value, effect: 'ignored', reason }, place: word });
    } else if (word.text === 'sudo' && keptBySudo === undefined) {
      keptBySudo = new Map(variables);
      variables.clear();
      notes.push({
        note: { at: 'sudo', value: '', effect: 'ignored', reason: 'Berth connects to the engine itself' },
        place: word,
      });
    } else if (keptBySudo !== undefined && SUDO_SWITCH.test(word.text)) {
      const keeps = /^-[^-]*E|^--preserve-env$/.test(word.text);
      if (keeps) for (const [kept, text] of keptBySudo) variables.set(kept, text);
    } else if (keptBySudo !== undefined && SUDO_VALUE.test(word.text)) {
      count += 1;
    } else if (!(keptBySudo !== undefined && SUDO_WITH_VALUE.test(word.text)) && !WRAPPERS.has(word.text)) {
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
  const [, name] = PROGRAM.exec(program?.text ?? '') ?? [];
  if (program === undefined || name === undefined) {
    const message = program === undefined ? `the command is missing; ${FORM}` : `this is not a docker command; ${FORM}`;
    return { kind: 'other', word: program, message, faults: [] };
  }
  const { given, rest, faults, notes: unknown } = readFlags(more, CLIENT_FLAGS, name);
  const [first, ...after] = rest;
  const isLong = first?.text === 'container';
  const [verb, ...behind] = isLong ? after : [first, ...after];
  if (verb?.text !== 'run' && verb?.text !== 'create') {
    return { kind: 'other', word: verb ?? program, message: otherCommand(verb), faults };
  }
  const left = given.flatMap((one) => ('effect' in one.flag.handling ? leftOf(one, one.flag.handling) : []));
  const other: PlacedNote = {
    note: { at: name, value: '', effect: 'ignored', reason: OTHER_ENGINE },
    place: program,
  };
  const notes = [...(name === 'docker' ? [] : [other]), ...left, ...unknown];
  return { kind: 'docker', verb: verb.text, rest: behind as readonly Word[], notes, faults };
}

function otherCommand(verb: Word | undefined): string {
  if (verb === undefined) return `the docker command is missing; ${FORM}`;
  return verb.text === 'compose'
    ? 'only a single docker run can be imported here; send a Compose file to POST /v1/import/compose'
    : `only docker run and docker create can be imported, not docker ${verb.text}; ${FORM}`;
}
