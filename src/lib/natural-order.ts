/** The order in which Docker's command line sorts its lines. */

/**
 * Compares texts with their numbers as numbers: `80/tcp` before `443/tcp`. Where a number in one text meets something
 * else in the other, the number is first; of two equal numbers the one with fewer leading zeros.
 * Rule: github.com/fvbommel/sortorder, `NaturalLess`. For ASCII texts.
 */
export function naturalOrder(a: string, b: string): number {
  const at = firstDifference(a, b);
  const [left, right] = [pieceAt(a, at), pieceAt(b, at)];
  if (left === '' || right === '') return left.length - right.length;
  return comparePieces(left, right);
}

/** The place at which the pieces begin that differ first: that of a number is its first digit. */
function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  while (at > 0 && isDigit(a.charCodeAt(at - 1)) && (isDigit(a.charCodeAt(at)) || isDigit(b.charCodeAt(at)))) at -= 1;
  return at;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** A whole number, or a single character; empty at the end of the text. */
function pieceAt(text: string, at: number): string {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return text.slice(at, Math.max(end, at + 1));
}

function comparePieces(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d/.test(a), /^\d/.test(b)];
  if (aIsNumber && bIsNumber) {
    return compareNumbers(a, b);
  }
  if (aIsNumber !== bIsNumber) {
    return aIsNumber ? -1 : 1;
  }
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) {
    return left.length - right.length;
  }
  if (left !== right) {
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
