/** Runs the cases that come from the tests of Docker and of the libraries it uses: test/fixtures/peers/README.md. */

import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

export interface PeerCase {
  readonly id: string;
  readonly reader: string;
  readonly from: string;
  readonly input: unknown;
  /** True if the project accepts the input. */
  readonly ok: boolean;
  /** What the result contains, in our words. */
  readonly value?: unknown;
  /** What the engine would be sent where a definition has no field for it. */
  readonly docker?: unknown;
  readonly note?: string;
  readonly verdict?: { readonly class: 'stricter' | 'outside'; readonly why: string };
}

export interface PeerSuite {
  readonly suite: string;
  readonly project: string;
  readonly files: string;
  readonly licence: string;
  readonly cases: readonly PeerCase[];
}

/** What a reader of ours makes of an input. */
export type Read =
  | { readonly ok: false; readonly message: string }
  | { readonly ok: true; readonly value: unknown; readonly unsupported?: readonly string[] };

export type Outcome =
  | { readonly class: 'agrees' | 'unsupported' }
  | { readonly class: 'differs'; readonly message: string };

export const peerSuite = (name: string): PeerSuite =>
  JSON.parse(readFileSync(`test/fixtures/peers/cases-${name}.json`, 'utf8'));

/** Returns how a case came out, without its verdict. */
export function judge(one: PeerCase, read: Read): Outcome {
  if (!read.ok) return one.ok ? differs(`refused: ${read.message}`) : { class: 'agrees' };
  const isReported = (read.unsupported ?? []).length > 0;
  if (!one.ok) return isReported ? { class: 'unsupported' } : differs('accepted');
  const path = one.value === undefined ? undefined : difference(read.value, one.value, '');
  if (path !== undefined) return differs(path);
  if (one.docker !== undefined && !isReported) return differs('dropped without a word');
  return { class: isReported ? 'unsupported' : 'agrees' };
}

const differs = (message: string): Outcome => ({ class: 'differs', message });

/** Where a value does not contain another one: lists match in length and order, maps may have more. */
export function difference(actual: unknown, expected: unknown, at: string): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return `${at}: ${JSON.stringify(actual)}`;
    return first(expected.map((one, index) => difference(actual[index], one, `${at}/${index}`)));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return `${at}: ${JSON.stringify(actual)}`;
    const own = actual as Readonly<Record<string, unknown>>;
    return first(Object.entries(expected).map(([key, one]) => difference(own[key], one, `${at}/${key}`)));
  }
  return Object.is(actual, expected) ? undefined : `${at}: ${JSON.stringify(actual)}`;
}

/** How many cases of a suite came out in which way, as the columns of docs/peers.md. */
export interface Total {
  readonly agrees: number;
  readonly unsupported: number;
  readonly stricter: number;
  readonly outside: number;
}

/** Counts how the cases of a suite came out. */
export function total(outcomes: readonly string[]): Total {
  const of = (outcome: string): number => outcomes.filter((one) => one === outcome).length;
  return { agrees: of('agrees'), unsupported: of('unsupported'), stricter: of('stricter'), outside: of('outside') };
}

const PAGE = 'docs/peers.md';

/** Checks the rows of a table of docs/peers.md; with BERTH_TEST_DOCS=write, writes them. */
export function expectTotals(heading: string, totals: readonly (readonly [suite: string, total: Total])[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const start = page.indexOf(`\n## ${heading}\n`);
  const [section = ''] = page.slice(start + 1).split('\n## ');
  const rows = section.match(/^\| `.*\n/gm) ?? [];
  const found = totals.map(
    ([suite, { agrees, unsupported, stricter, outside }]) =>
      `| \`${suite}\` | ${agrees} | ${unsupported} | ${stricter} | ${outside} |\n`,
  );
  if (process.env['BERTH_TEST_DOCS'] === 'write') writeFileSync(PAGE, page.replace(rows.join(''), found.join('')));
  else expect(rows).toEqual(found);
}

const first = (all: readonly (string | undefined)[]): string | undefined => all.find((one) => one !== undefined);

/** Returns the share of all cases of docs/peers.md that agree, in percent, rounded down to a tenth. */
export function agreeingShare(): number {
  const rows = [...readFileSync(PAGE, 'utf8').matchAll(/^\| `.*` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)];
  const [agrees = 0, ...others] = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  const all = others.reduce((sum, one) => sum + one, agrees);
  return Math.floor((1000 * agrees) / all) / 10;
}
