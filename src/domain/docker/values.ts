/** Parses numbers, sizes and times as Docker's tools do. */

import { failure, type Result, success } from '../problems/result.js';

/** Go: `strconv.ParseBool`. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  false: false,
  FALSE: false,
  False: false,
};

/** `true`, `1`, `F`. Rule: Go, `strconv.ParseBool`. */
export function parseBoolean(text: string): Result<boolean> {
  const value = Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined;
  return value === undefined ? failure(`${quote(text)} is not a boolean; write true or false`) : success(value);
}

const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;

/** `-1`, `512`, `0x200`. Rule: Go, `strconv.ParseInt` with base 0, without its underscores. */
export function parseInteger(text: string): Result<number> {
  const [, sign, digits = ''] = INTEGER.exec(text) ?? [];
  const value = Number(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (sign === undefined || !Number.isSafeInteger(value)) return failure(`${quote(text)} is not a whole number`);
  return success(sign === '-' && value !== 0 ? -value : value);
}

/** `0.5`, `1/2`, `1e-1`. Rule: docker/cli, `opts.ParseCPUs`: a rational number, of at most 9 decimals. */
export function parseCpus(text: string): Result<number> {
  const [, top, below] = /^([+-]?\d+)\/(\d+)$/.exec(text) ?? [];
  const isDecimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  const decimal = isDecimal ? Number(text) : Number.NaN;
  const value = top === undefined || below === undefined ? decimal : ratio(Number(top), Number(below));
  if (!Number.isFinite(value)) return failure(`${quote(text)} is not a number; write for example 0.5`);
  if (Number(value.toFixed(9)) !== value) return failure(`${quote(text)} has more than 9 decimals`);
  return success(value);
}

/** Not a number where one of them is too large to be one. */
const ratio = (top: number, below: number): number =>
  Number.isSafeInteger(top) && Number.isSafeInteger(below) ? top / below : Number.NaN;

const POWERS = ['', 'k', 'm', 'g', 't', 'p'];
const SIZE = /^(\+?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|-0+(?:\.0*)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i;

/**
 * Bytes: `512m`, `1.5g`, `64 MiB`; every prefix is a power of 1024, a rest below a byte is cut off.
 * Rule: docker/go-units, `RAMInBytes`.
 */
export function parseBytes(text: string): Result<number> {
  const [, number, prefix = ''] = SIZE.exec(text) ?? [];
  const bytes = Math.trunc(Number(number) * 1024 ** POWERS.indexOf(prefix.toLowerCase()));
  if (number === undefined || !Number.isSafeInteger(bytes)) {
    return failure(`${quote(text)} is not a size; write bytes, or a size such as 512m or 1.5g`);
  }
  return success(bytes === 0 ? 0 : bytes);
}

/** Length of each unit, in nanoseconds. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
/** Beside Go's own units, Docker Compose knows days and weeks. */
const LONG_UNITS: Readonly<Record<string, number>> = { ...UNITS, d: 24 * 3600e9, w: 168 * 3600e9 };
const TERM = /(?=\.?\d)(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h|d|w)/y;
/** Go counts nanoseconds in 64 bits. */
const MAX_NANOSECONDS = 2n ** 63n;

/** Seconds: `30s`, `1m30s`, `1.5h`, `0`. Rule: Go, `time.ParseDuration`. */
export function parseDuration(text: string): Result<number> {
  return parseTime(text, UNITS);
}

/** Seconds, as {@link parseDuration}, with `d` and `w`: `2d12h`. Rule: xhit/go-str2duration, as compose-go uses it. */
export function parseLongDuration(text: string): Result<number> {
  return parseTime(text, LONG_UNITS);
}

function parseTime(text: string, units: Readonly<Record<string, number>>): Result<number> {
  const sign = /^[+-]/.test(text) ? text.charAt(0) : '';
  if (text === `${sign}0`) return success(0);
  let nanoseconds = 0n;
  let at = sign.length;
  while (at < text.length) {
    TERM.lastIndex = at;
    const [term, whole, fraction = '', unit = ''] = TERM.exec(text) ?? [];
    const size = units[unit];
    if (term === undefined || size === undefined) break;
    // As Go computes it, so that 1.00002ms is no nanosecond less.
    const parts = BigInt(`0${fraction.slice(0, 19)}`) < 2n ** 63n ? fraction.slice(0, 19) : fraction.slice(0, 18);
    nanoseconds += BigInt(whole ?? 0) * BigInt(size) + BigInt(Math.trunc(Number(parts) * (size / 10 ** parts.length)));
    at += term.length;
  }
  if (at === sign.length || at < text.length || nanoseconds >= MAX_NANOSECONDS) {
    return failure(`${quote(text)} is not a duration; write it with a unit, for example 30s or 1m30s`);
  }
  return success(Number(sign === '-' ? -nanoseconds : nanoseconds) / 1e9);
}

/**
 * One line of comma-separated fields: `type=volume,"volume-opt=o=a,b"`. Rule: Go, `encoding/csv` as it comes (RFC 4180):
 * a field in quotes may hold commas, two quotes in it are one; a quote elsewhere is an error.
 */
export function parseCsv(text: string): Result<readonly string[]> {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|$)/y;
  let at = 0;
  for (;;) {
    field.lastIndex = at;
    const [all, quoted, bare = '', end] = field.exec(text) ?? [];
    if (all === undefined) return failure(`${quote(text)} has a quotation mark that doesn't enclose a whole field`);
    fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    at += all.length;
    if (end === '') return success(fields);
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
