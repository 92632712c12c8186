/** The order in which Docker's command line sorts its lines. */

/**
 * Compares texts with their numbers as numbers: `80/tcp` before `443/tcp`. Where a number in one text meets something
 * else in the other, the number is first; of two equal numbers the one with fewer leading zeros.
 * Rule: github.com/fvbommel/sortorder, `NaturalLess`. For ASCII texts.
 */
export function naturalOrder(a: string, b: string): number {
  const left = piecesOf(a);
  const right = piecesOf(b);
  for (const [index, piece] of left.entries()) {
    const other = right[index];
    const order = other === undefined ? 1 : comparePieces(piece, other);
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

/** Whole numbers, and single characters between them. */
function piecesOf(text: string): readonly string[] {
  return text.match(/\d+|\D/gu) ?? [];
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
