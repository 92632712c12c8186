/** Flags as Docker's command line reads them. Rule: spf13/pflag, `parseArgs` with flags only before the first other word. */

import { closest, distance } from 'fastest-levenshtein';
import { parseBoolean, parseBytes, parseCpus, parseDuration, parseInteger } from '../docker-values.js';
import { failure, type Result, success } from '../result.js';
import type { Flag, Takes } from './flags.js';
import type { LineFault, Span, Word } from './shell-words.js';

/** A flag as it was given once. */
export interface Given extends Span {
  readonly flag: Flag;
  /** `-p`, `--publish`: the form in which it was written. */
  readonly written: string;
  /** As it was written; empty for a switch without a value. */
  readonly text: string;
  /** What it comes to: numbers as decimal text, times in seconds, sizes in bytes, switches as `true` and `false`. */
  readonly value: string;
}

export interface ReadFlags {
  readonly given: readonly Given[];
  /** The first word that is no flag, and all after it. */
  readonly rest: readonly Word[];
  readonly faults: readonly LineFault[];
  /** Whether a flag is not known, so that it can't be told for sure where its value ends and the image begins. */
  readonly isUnsure: boolean;
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
 * @param command whose flags they are: `docker run`
 */
export function readFlags(words: readonly Word[], flags: readonly Flag[], command: string): ReadFlags {
  const given: Given[] = [];
  const faults: LineFault[] = [];
  let isUnsure = false;
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

  const unknown = (written: string, word: Word): void => {
    const nearest = nearestFlag(written, flags);
    const hint =
      nearest === undefined ? `: ${command} --help lists those that are` : `; did you mean --${nearest.name}?`;
    faults.push({ at: word.at, end: word.end, message: `${written} is not a flag of ${command}${hint}` });
    isUnsure = true;
    const next = words[index];
    const hasValueAfter = nearest !== undefined && nearest.takes !== 'nothing' && written === word.text;
    if (hasValueAfter && next !== undefined && !next.text.startsWith('-')) index += 1;
  };

  const readLong = (word: Word): void => {
    const body = word.text.slice(2);
    const equals = body.indexOf('=');
    const name = equals === -1 ? body : body.slice(0, equals);
    const flag = flags.find((one) => one.name === name);
    if (flag === undefined) unknown(`--${name}`, word);
    else give(flag, `--${name}`, word, equals === -1 ? undefined : body.slice(equals + 1));
  };

  /** `-dP`, `-p80:80`, `-p=80:80`, `-d=false`. */
  const readShorts = (word: Word): void => {
    for (let at = 1; at < word.text.length; at += 1) {
      const short = String.fromCodePoint(word.text.codePointAt(at) ?? 0);
      const flag = flags.find((one) => one.short === short);
      if (flag === undefined) {
        unknown(`-${short}`, word);
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
    const word = words[index] as Word;
    if (!word.text.startsWith('-') || word.text === '-') break;
    index += 1;
    if (word.text === '--') break;
    if (word.text.startsWith('--')) readLong(word);
    else readShorts(word);
  }
  return { given, rest: words.slice(index), faults, isUnsure };
}

/** The flag that a misspelt long one was meant to be, if there is one like it. */
function nearestFlag(written: string, flags: readonly Flag[]): Flag | undefined {
  if (written.length < 4 || !written.startsWith('--')) return undefined;
  const nearest = closest(
    written,
    flags.map(({ name }) => `--${name}`),
  );
  const isLike = distance(written, nearest) <= written.length / 3;
  return isLike ? flags.find(({ name }) => `--${name}` === nearest) : undefined;
}
