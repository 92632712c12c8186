/** Figures as they are compared and printed: each beside its peer, measured in the same run. */

/** Several measurements of the same. */
export type Sample = readonly number[];

export const median = (sample: Sample): number => quantile(sample, 0.5);

/** @param q 0 to 1 */
export function quantile(sample: Sample, q: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [below = Number.NaN, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

export interface Row {
  readonly what: string;
  readonly unit: 'ms' | '/s' | 's' | 'KB' | 'MB' | '%' | '×';
  readonly ours: Sample;
  /** What it is held against, and its figures; without figures `toReach` is absolute. */
  readonly peer: string;
  readonly theirs?: Sample;
  /** The ratio, or the figure itself, that is to be reached: at most, or at least. Without it the row is there to compare with. */
  readonly toReach?: { readonly atMost: number } | { readonly atLeast: number };
}

/** What a row comes to: the ratio to its peer, or its own figure. */
const figureOf = ({ ours, theirs }: Row): number => median(ours) / (theirs === undefined ? 1 : median(theirs));

function verdict(row: Row): readonly [toReach: string, reached: string] {
  const { toReach } = row;
  if (toReach === undefined) return ['', ''];
  const value = figureOf(row);
  const [target, isReached] =
    'atMost' in toReach
      ? [`≤ ${toReach.atMost}`, value <= toReach.atMost]
      : [`≥ ${toReach.atLeast}`, value >= toReach.atLeast];
  return [target, isReached ? 'yes' : '**no**'];
}

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

const sampleText = (sample: Sample, unit: string): string =>
  `${digits(median(sample))} ${unit} (${digits(Math.min(...sample))}–${digits(Math.max(...sample))})`;

/** As a line of a Markdown table. */
export function line(row: Row): string {
  const { what, ours, theirs, peer, unit } = row;
  const cells = [
    ...[what, sampleText(ours, unit), peer, theirs === undefined ? '' : sampleText(theirs, unit)],
    ...[digits(figureOf(row)), ...verdict(row)],
  ];
  return `| ${cells.join(' | ')} |`;
}

export const HEAD = [
  '| what | measured | against | its | ratio, or figure | to reach | reached |',
  '| --- | --- | --- | --- | --- | --- | --- |',
].join('\n');

/** Time that something takes, in milliseconds. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
