import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve('src');
const OPENAPI = path.resolve('openapi');

const MOST_FILES_IN_A_FOLDER = 14;
const MOST_LINES_IN_A_FILE = 450;

/** The folders that each folder may import, beside itself. */
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
  // It runs in a browser and knows the server as any client does.
  page: ['openapi'],
  // A client as any other.
  cli: ['openapi', ''],
  // The files that wire: berth.ts, app.ts, main.ts, config.ts, root.ts, version.ts.
  '': ['lib', 'domain', 'engine', 'store', 'reconcile', 'service', 'http', 'observability'],
};

/** Packages that only one folder may import. */
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

const textOf = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Imports and re-exports, type-only ones too, and `import('…')` of a module or a type. */
const IMPORT = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

const imports = files.flatMap((file) =>
  [...(textOf.get(file) ?? '').matchAll(IMPORT)].map((match) => ({
    file,
    from: folderOf(file),
    what: (match[1] ?? match[2]) as string,
  })),
);

type Graph = ReadonlyMap<string, readonly string[]>;

/** The files of ours that each file imports. */
const importsOf: Graph = new Map(
  files.map((file) => [
    file,
    imports.flatMap(({ file: importer, what }) => {
      if (importer !== file || !what.startsWith('.')) return [];
      const stem = path.resolve(path.dirname(file), what).replace(/\.jsx?$/, '');
      return [`${stem}.ts`, `${stem}.tsx`, `${stem}.d.ts`].filter((target) => textOf.has(target));
    }),
  ]),
);

/** Files in a cycle, or on the way from one cycle to another: those left after removing files without imports or importers. */
function cyclic(graph: Graph): readonly string[] {
  let left = new Set(graph.keys());
  for (;;) {
    const imported = new Set([...left].flatMap((file) => graph.get(file) ?? []));
    const kept = new Set(
      [...left].filter((file) => imported.has(file) && graph.get(file)?.some((target) => left.has(target))),
    );
    if (kept.size === left.size) return [...left].sort();
    left = kept;
  }
}

describe('source layout', () => {
  it('has no import cycles, type-only imports included', () => {
    expect([...importsOf.values()].flat().length).toBeGreaterThan(200);
    expect(cyclic(importsOf).map((file) => path.relative(SRC, file))).toEqual([]);
  });

  it('finds a cycle between files, and a file that imports itself', () => {
    const graph = new Map([
      ['entry', ['a']],
      ['a', ['b']],
      ['b', ['a', 'leaf']],
      ['leaf', []],
      ['self', ['self']],
    ]);
    expect(cyclic(graph)).toEqual(['a', 'b', 'self']);
  });

  it('recognises type-only, multi-line and inline imports', () => {
    const text = "import type { A } from './a.js';\nexport {\n  B,\n} from './b.js';\nlet c: import('./c.js').C;\n";
    expect([...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2])).toEqual(['./a.js', './b.js', './c.js']);
  });

  it(`keeps at most ${MOST_FILES_IN_A_FOLDER} source files in a folder`, () => {
    const count = new Map<string, number>();
    for (const file of files) count.set(path.dirname(file), (count.get(path.dirname(file)) ?? 0) + 1);
    expect(count.size).toBeGreaterThan(30);
    expect([...count].filter(([, size]) => size > MOST_FILES_IN_A_FOLDER)).toEqual([]);
  });

  it(`keeps source files at ${MOST_LINES_IN_A_FILE} lines or fewer`, () => {
    const long = [...textOf].filter(([, text]) => text.trimEnd().split('\n').length > MOST_LINES_IN_A_FILE);
    expect(long.map(([file]) => path.relative(SRC, file))).toEqual([]);
  });
});

describe('import directions', () => {
  it('are checked in every file', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(imports.length).toBeGreaterThan(200);
    expect(new Set(files.map(folderOf))).toEqual(
      new Set(Object.keys(MAY_IMPORT).filter((folder) => folder !== 'generated')),
    );
  });

  it('point inwards, and lib imports nothing of ours', () => {
    const wrong = imports.filter(({ file, from, what }) => {
      if (!what.startsWith('.')) return false;
      const to = folderOf(path.resolve(path.dirname(file), what));
      return to !== from && !MAY_IMPORT[from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('limit the page to modules that a browser has', () => {
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
