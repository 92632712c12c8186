import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve('src');
const OPENAPI = path.resolve('openapi');

/** What each folder may import of ours, beside itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  domain: ['lib'],
  generated: [],
  observability: ['lib'],
  engine: ['lib', 'domain', 'observability'],
  store: ['lib', 'domain', 'generated', 'observability', ''],
  reconcile: ['lib', 'domain', 'engine', 'observability'],
  service: ['lib', 'domain', 'engine', 'reconcile', 'store'],
  http: ['lib', 'domain', 'service', 'observability', ''],
  // It runs in a browser: what it knows of the server is what any client does.
  page: ['openapi'],
  // The files that wire: berth.ts, app.ts, main.ts, config.ts, root.ts, version.ts.
  '': ['lib', 'domain', 'engine', 'store', 'reconcile', 'service', 'http', 'observability'],
};

/** Packages that one folder alone may know. */
const ONLY_IN: Readonly<Record<string, string>> = {
  dockerode: 'engine',
  '@prisma/client': 'store',
  '@prisma/driver-adapter-utils': 'store',
  '@photostructure/sqlite': 'store',
};

const folderOf = (file: string): string => {
  if (file.startsWith(OPENAPI)) return 'openapi';
  const [first = '', ...rest] = path.relative(SRC, file).split(path.sep);
  return rest.length === 0 ? '' : first;
};

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .filter((file) => folderOf(file) !== 'generated');

const imports = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]/gm)].map(
    (match) => ({
      file,
      from: folderOf(file),
      what: match[1] as string,
    }),
  ),
);

describe('import directions', () => {
  it('are looked at in every file', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(imports.length).toBeGreaterThan(200);
    expect(new Set(files.map(folderOf))).toEqual(
      new Set(Object.keys(MAY_IMPORT).filter((folder) => folder !== 'generated')),
    );
  });

  it('point inwards', () => {
    const wrong = imports.filter(({ file, from, what }) => {
      if (!what.startsWith('.')) return false;
      const to = folderOf(path.resolve(path.dirname(file), what));
      return to !== from && !MAY_IMPORT[from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('leave the page what a browser has', () => {
    const foreign = imports.filter(({ from, what }) => from === 'page' && !what.startsWith('.'));
    const known = /^(preact|preact\/hooks|preact\/jsx-runtime|@preact\/signals)$/;
    expect(foreign.length).toBeGreaterThan(10);
    expect(foreign.filter(({ what }) => !known.test(what))).toEqual([]);
  });

  it('keep dockerode, Prisma and SQLite each in one folder', () => {
    const wrong = imports.filter(({ from, what }) => {
      const owner = Object.entries(ONLY_IN).find(([name]) => what === name || what.startsWith(`${name}/`))?.[1];
      return owner !== undefined && owner !== from;
    });
    expect(wrong).toEqual([]);
  });
});
