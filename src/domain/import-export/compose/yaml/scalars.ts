/**
 * What an unquoted YAML scalar is. Rule: go-yaml v3, `resolve.go`, through which Docker Compose reads its files: YAML 1.2's
 * core schema, and of YAML 1.1 the octal `0777`, binary and underscored numbers. Dates stay the texts that they are.
 */

interface PlainScalar {
  readonly value: string | number | boolean | null;
  /** As Docker Compose writes it where a text is wanted: `1.10` is 1.1, `0777` is 511, `1000000.0` is 1e+06. */
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
