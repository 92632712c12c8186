/**
 * Reads unquoted YAML scalars. Rule: go-yaml v3, `resolve.go`, through which Docker Compose reads its files: YAML 1.2's
 * core schema, and of YAML 1.1 the octal `0777`, binary and underscored numbers, and dates.
 */

interface PlainScalar {
  readonly value: string | number | boolean | null;
  /**
   * Text that Docker Compose writes for it: `1.10` is 1.1, `0777` is 511, `1000000.0` is 1e+06, and 2026-01-31 is
   * 2026-01-31 00:00:00 +0000 UTC. The value of a date is a number, so that no text takes it.
   */
  readonly text: string;
}

const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE: ReadonlySet<string> = new Set(['true', 'True', 'TRUE']);
const FALSE: ReadonlySet<string> = new Set(['false', 'False', 'FALSE']);
const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((text) => [text, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((text) => [text, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map((text) => [text, Number.NaN] as const),
]);
const FLOAT = /^[+-]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][+-]?[0-9]+)?$/;
/** Go's widest integers: int64 down, uint64 up. What lies beyond is a float. */
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

export function plainScalar(source: string): PlainScalar {
  if (NULLS.has(source)) return { value: null, text: '' };
  if (TRUE.has(source)) return { value: true, text: 'true' };
  if (FALSE.has(source)) return { value: false, text: 'false' };
  const date = dateOf(source);
  if (date !== undefined) return date;
  const digits = /^[+-]?[0-9.]/.test(source) ? source.replaceAll('_', '') : '';
  const integer = integerOf(digits);
  if (integer !== undefined && integer >= LEAST && integer <= MOST) {
    return { value: Number(integer), text: integer.toString() };
  }
  const notFinite = NOT_FINITE.get(source);
  if (notFinite !== undefined) return { value: notFinite, text: floatText(notFinite) };
  const number = FLOAT.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(number) ? { value: number, text: floatText(number) } : { value: source, text: source };
}

const DATE =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)|[ ]+(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?))?$/;

/** Rule: go-yaml v3, `parseTimestamp`; Go, `time.Time.String`. */
function dateOf(source: string): PlainScalar | undefined {
  const found = DATE.exec(source);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone = 'Z'] = found;
  const time = [hour ?? found[9], minute ?? found[10], second ?? found[11]].map((part) => Number(part ?? 0));
  const [hours = 0, minutes = 0, seconds = 0] = time;
  const [, sign, zoneHours = '00', zoneMinutes = '00'] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const isTime = hours < 24 && minutes < 60 && seconds < 60 && Number(zoneHours) < 24 && Number(zoneMinutes) < 60;
  if (!isDay || !isTime) return undefined;
  const digits = (fraction ?? found[12] ?? '').slice(0, 9).replace(/0+$/, '');
  const isUtc = sign === undefined || Number(zoneHours) + Number(zoneMinutes) === 0;
  const offset = isUtc ? '+0000 UTC' : `${sign}${zoneHours}${zoneMinutes} ${sign}${zoneHours}${zoneMinutes}`;
  const clock = time.map((part) => String(part).padStart(2, '0')).join(':');
  const dayText = [year, month, day].map((part) => part?.padStart(2, '0')).join('-');
  const text = `${dayText} ${clock}${digits === '' ? '' : `.${digits}`} ${offset}`;
  return { value: date.getTime(), text };
}

function integerOf(text: string): bigint | undefined {
  const [, sign, digits = ''] = INTEGER.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits.toLowerCase());
  return sign === '-' ? -value : value;
}

/** Rule: Go, `strconv.FormatFloat(number, 'g', -1, 64)`: an exponent of two digits below 1e-4 and from 1e6 up. */
function floatText(number: number): string {
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '+Inf' : '-Inf';
  const [mantissa = '', power = ''] = number.toExponential().split('e');
  const exponent = Number(power);
  if (number === 0 || (exponent >= -4 && exponent < 6)) return String(number);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
