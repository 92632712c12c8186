/** Writes results for people and programs. */

import { stringify } from 'yaml';

export const FORMATS = ['table', 'json', 'yaml', 'name'] as const;
export type Format = (typeof FORMATS)[number];

/** A result: what programs get, and the columns and names that people get. */
export interface Result {
  readonly data: unknown;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly names: readonly string[];
}

/** Returns a result in the requested format, with a line end. */
export function formatted(format: Format, { data, columns, rows, names }: Result): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(data, null, 2)}\n`;
    case 'yaml':
      return stringify(data, { lineWidth: 0 });
    case 'name':
      return names.map((name) => `${name}\n`).join('');
    case 'table':
      return table([columns, ...rows]);
  }
}

/** Aligns the cells of each column with spaces. The last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('   ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

const UNITS: readonly (readonly [seconds: number, letter: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
  [1, 's'],
];

/** Returns the time since a moment in its largest unit: `3h`. */
export function age(since: string, now: Date = new Date()): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1000));
  const [unit, letter] = UNITS.find(([size]) => seconds >= size) ?? [1, 's'];
  return `${Math.floor(seconds / unit)}${letter}`;
}

/** Returns a number of bytes with a binary unit: `12.5MiB`. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(count) / 10));
  const value = count / 1024 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))}${units[power]}`;
}
