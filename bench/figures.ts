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
  /** The ratio, or the figure itself, that is to be reached: at most, or at least. */
  readonly toReach: { readonly atMost: number } | { readonly atLeast: number };
}

/** What a row comes to: the ratio to its peer, or its own figure. */
const figureOf = ({ ours, theirs }: Row): number => median(ours) / (theirs === undefined ? 1 : median(theirs));

export function isReached(row: Row): boolean {
  const value = figureOf(row);
  return 'atMost' in row.toReach ? value <= row.toReach.atMost : value >= row.toReach.atLeast;
}

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

const sampleText = (sample: Sample, unit: string): string =>
  `${digits(median(sample))} ${unit} (${digits(Math.min(...sample))}–${digits(Math.max(...sample))})`;

/** As a line of a Markdown table. */
export function line(row: Row): string {
  const { what, ours, theirs, peer, unit, toReach } = row;
  const target = 'atMost' in toReach ? `≤ ${toReach.atMost}` : `≥ ${toReach.atLeast}`;
  const cells = [
    ...[what, sampleText(ours, unit), peer, theirs === undefined ? '' : sampleText(theirs, unit)],
    ...[digits(figureOf(row)), target, isReached(row) ? 'yes' : '**no**'],
  ];
  return `| ${cells.join(' | ')} |`;
}

export const HEAD = [
  '| what | Berth | against | its | ratio, or figure | to reach | reached |',
  '| --- | --- | --- | --- | --- | --- | --- |',
].join('\n');

/** How long something takes, in milliseconds. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
