/** Flags as Docker's command line reads them. Rule: spf13/pflag, `parseArgs` with flags only before the first other word. */

import { splitAtEquals } from '../../../lib/text/env-entry.js';
import { nearestName } from '../../../lib/text/nearest.js';
import { parseBoolean, parseBytes, parseCpus, parseDuration, parseInteger } from '../../docker/values.js';
import { failure, type Result, success } from '../../problems/result.js';
import type { Flag, Takes } from './flags/flag.js';
import type { Given, LineFault, Word } from './line.js';
import type { PlacedNote } from './notes.js';

interface ReadFlags {
  readonly given: readonly Given[];
  /** The first word that is no flag, and all after it. */
  readonly rest: readonly Word[];
  readonly faults: readonly LineFault[];
  /** Flags that are not known, each with how it was read. */
  readonly notes: readonly PlacedNote[];
}

const range = (minimum: number, read: (text: string) => Result<number>) => (text: string) => {
  const number = read(text);
  if (!number.ok) return number;
  return number.value < minimum ? failure(`${text} is less than ${minimum}`) : success(String(number.value));
};

const CHECKS: Readonly<Record<Takes, (text: string) => Result<string>>> = {
  nothing(text) {
    const read = parseBoolean(text);
    return read.ok ? success(String(read.value)) : read;
  },
  text: success,
  integer: range(-Infinity, parseInteger),
  natural: range(0, parseInteger),
  cpus: range(0, parseCpus),
  bytes: range(0, parseBytes),
  swap: (text) => (text === '-1' ? success(text) : range(0, parseBytes)(text)),
  duration: range(-Infinity, parseDuration),
};

/**
 * Reads words up to the first that is neither a flag nor a flag's value; `--` ends the flags too.
 * A flag that is not known is reported, and costs nothing else; one that belongs to another command is refused.
 * @param command whose flags they are: `docker run`
 * @param others flags that the command doesn't have, as Docker knows them for another one
 */
export function readFlags(
  words: readonly Word[],
  flags: readonly Flag[],
  command: string,
  others: readonly Flag[] = [],
): ReadFlags {
  const given: Given[] = [];
  const faults: LineFault[] = [];
  const notes: PlacedNote[] = [];
  let index = 0;

  const give = (flag: Flag, written: string, first: Word, own: string | undefined): void => {
    const isSwitch = flag.takes === 'nothing';
    const next = own === undefined && !isSwitch ? words[index] : undefined;
    if (next !== undefined) index += 1;
    const span = { at: first.at, end: (next ?? first).end };
    const text = own ?? next?.text ?? '';
    if (own === undefined && next === undefined && !isSwitch) {
      faults.push({ ...span, message: `${written} needs a value after it` });
      return;
    }
    const checked = CHECKS[flag.takes](isSwitch ? (own ?? 'true') : text);
    if (checked.ok) given.push({ ...span, flag, written, text, value: checked.value });
    else faults.push({ ...span, message: `${written}: ${checked.message}` });
  };

  const unknown = (written: string, word: Word, own: string | undefined): void => {
    const name = written.replace(/^-+/, '');
    if (others.some((one) => one.name === name || (one.short === name && !written.startsWith('--')))) {
      faults.push({ at: word.at, end: word.end, message: `${written} is not a flag of ${command}; remove it` });
      return;
    }
    const nearest = notes.length < MAX_HINTS ? nearestFlag(written, flags) : undefined;
    const next = words[index];
    const hasNext =
      own === undefined &&
      next !== undefined &&
      takesNext(words, index, nearest ?? TAKES[name]) &&
      !VERBS.includes(`${command} ${next.text}`);
    if (hasNext) index += 1;
    const hint = nearest === undefined ? '' : `; did you mean --${nearest.name}?`;
    notes.push({
      note: {
        at: written,
        value: own ?? (hasNext ? next.text : ''),
        effect: 'unsupported',
        reason: `it is not a known flag of ${command}${hint || ': remove it, or use another flag with the same effect'}`,
      },
      place: { at: word.at, end: (hasNext ? next : word).end },
    });
  };

  const readLong = (word: Word): void => {
    const body = word.text.slice(2);
    const [name, own] = splitAtEquals(body);
    const flag = flags.find((one) => one.name === name);
    if (flag === undefined) unknown(`--${name}`, word, own);
    else give(flag, `--${name}`, word, own);
  };

  /** `-dP`, `-p80:80`, `-p=80:80`, `-d=false`. */
  const readShorts = (word: Word): void => {
    for (let at = 1; at < word.text.length; at += 1) {
      const short = String.fromCodePoint(word.text.codePointAt(at) ?? 0);
      const flag = flags.find((one) => one.short === short);
      if (flag === undefined) {
        // A whole word after one dash, as in -name: what was meant is the long form.
        const isLong = at === 1 && notes.length < MAX_HINTS && nearestFlag(`-${word.text}`, flags) !== undefined;
        const [name = '', own] = splitAtEquals(word.text.slice(1));
        if (isLong) unknown(`-${name}`, word, own);
        else unknown(`-${short}`, word, word.text.slice(at + 1) || undefined);
        return;
      }
      const rest = word.text.slice(at + 1);
      const hasEquals = rest.length > 1 && rest.startsWith('=');
      const own = hasEquals ? rest.slice(1) : flag.takes === 'nothing' || rest === '' ? undefined : rest;
      give(flag, `-${short}`, word, own);
      if (own !== undefined || flag.takes !== 'nothing') return;
    }
  };

  while (index < words.length) {
    const word = typed(words[index] as Word, faults);
    if (!word.text.startsWith('-') || word.text === '-') break;
    index += 1;
    if (word.text === '--') break;
    if (word.text.startsWith('--')) readLong(word);
    else readShorts(word);
  }
  return { given, rest: words.slice(index), faults, notes };
}

/** The commands after flags of the program itself. */
const VERBS: readonly string[] = ['docker', 'podman', 'nerdctl'].flatMap((program) =>
  ['run', 'create', 'container'].map((verb) => `${program} ${verb}`),
);

/** The dashes that word processors put in the place of one or two hyphens, and the minus sign. */
const DASH = /^[\u2010-\u2015\u2212]+-?/;

/** A word as it was meant where a word processor made a dash of its hyphens, which is a fault. */
function typed(word: Word, faults: LineFault[]): Word {
  const [dash] = DASH.exec(word.text) ?? [];
  if (dash === undefined) return word;
  const rest = word.text.slice(dash.length);
  const text = `${/^[A-Za-z](?:$|=)/.test(rest) ? '-' : '--'}${rest}`;
  const code = (dash.codePointAt(0) ?? 0).toString(16).toUpperCase();
  faults.push({ at: word.at, end: word.end, message: `${word.text} begins with U+${code}: write ${text}` });
  return { ...word, text };
}

/** Unknown flags that are compared with every known one: no person's line has more. */
const MAX_HINTS = 32;

/** Flags of podman and nerdctl that docker run doesn't have, with whether each takes a value. */
const SWITCHES: ReadonlySet<string> = new Set(
  (
    'env-host http-proxy no-hosts no-hostname read-only-tmpfs replace rmi rootfs tls-verify unsetenv-all ' +
    'passwd quiet all init-ctr insecure-registry'
  ).split(' '),
);
const TAKES: Readonly<Record<string, { readonly takes: string } | undefined>> = Object.fromEntries(
  [...SWITCHES].map((name) => [name, { takes: 'nothing' }]),
);

/** `mysql:8`, `ghcr.io/me/app:1.2`, and not `localhost:8080`. */
const TAGGED_IMAGE = /^[a-z][\w.-]*(?::\d+(?=\/))?(?:\/[\w.-]+)*:(?!\d{3,5}$)\w[\w.-]*$/;

/**
 * Returns true if the word after an unknown flag is taken for its value: by what it is like, else where an image comes after
 * it. Most flags take a value; the note shows how this one was read.
 */
function takesNext(words: readonly Word[], index: number, like: { readonly takes: string } | undefined): boolean {
  const next = words[index]?.text ?? '';
  if (next.startsWith('-') || like?.takes === 'nothing') return false;
  if (like !== undefined) return true;
  return words.length > index + 1 && !TAGGED_IMAGE.test(next);
}

/** The flag that a misspelt long one was meant to be, if there is one like it. */
function nearestFlag(typedForm: string, flags: readonly Flag[]): Flag | undefined {
  const written = typedForm.replace(/^-(?=[^-].)/, '--');
  if (written.length < 6 || !written.startsWith('--')) return undefined;
  const nearest = nearestName(
    written.slice(2),
    flags.map(({ name }) => name),
  );
  return flags.find(({ name }) => name === nearest);
}
