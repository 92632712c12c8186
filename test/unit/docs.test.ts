import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(file, 'utf8');

/** Every document that people read: not those that tests feed to the code, and not the results that the bench writes. */
const DOCUMENTS = [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...['docs', 'src', 'test', 'bench', 'deploy', 'openapi', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.join(folder, file)),
  ),
].filter((file) => !file.startsWith('test/fixtures/'));

const packages = (): readonly string[] => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  return [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})].filter(
    (name) => !name.startsWith('@types/'),
  );
};

it('docs/dependencies.md gives a reason for each dependency, and for nothing else', () => {
  const rows = [...read('docs/dependencies.md').matchAll(/^\| (?!package|---)(.+?) \| (.*) \|$/gm)];
  for (const [, names, reason] of rows) expect(reason?.length, names).toBeGreaterThan(10);
  const explained = rows.flatMap(([, names = '']) => names.split(', ')).filter((name) => !name.startsWith('@types/'));
  expect(explained.length).toBeGreaterThan(20);
  expect(explained.sort()).toEqual([...packages()].sort());
});

it('ARCHITECTURE.md has at most 120 lines and links to every page in docs that explains the code', () => {
  const text = read('ARCHITECTURE.md');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  const pages = ['reconciler', 'links', 'ports', 'imports', 'storage', 'http', 'engines', 'dependencies'];
  expect(pages.filter((page) => !text.includes(`(docs/${page}.md)`))).toEqual([]);
});

it('package.json pins every dependency to one version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:.+@)?\d/.test(version),
  );
  expect(ranges).toEqual([]);
});

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

it('every link in a document leads to a file, and to a heading in it', () => {
  const links = DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => {
      const [target = '', anchor] = link.split('#');
      return { file, link, target: target === '' ? file : path.join(path.dirname(file), target), anchor };
    }),
  );
  expect(links.length).toBeGreaterThan(50);
  const broken = links.filter(({ target, anchor }) => {
    if (!existsSync(target)) return true;
    if (anchor === undefined) return false;
    return ![...read(target).matchAll(/^#+ (.*)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor);
  });
  expect(broken.map(({ file, link }) => `${file}: ${link}`)).toEqual([]);
});

it('every path that a document names exists', () => {
  const FOLDERS = /^(src|test|docs|scripts|openapi|bench|deploy|prisma)\//;
  const SOURCES = /\.(ts|tsx|mjs|mts|prisma)$/;
  const named = DOCUMENTS.flatMap((file) => {
    const prose = read(file).replace(/```[\s\S]*?```/g, '');
    return [...prose.matchAll(/`([\w@.][\w@./-]*)`/g)]
      .map(([, name = '']) => ({ file, name: name.replace(/\/$/, '') }))
      .filter(({ name }) => FOLDERS.test(name) || SOURCES.test(name));
  });
  expect(named.length).toBeGreaterThan(50);
  const missing = named.filter(
    ({ file, name }) => !existsSync(name) && !existsSync(path.join(path.dirname(file), name)),
  );
  expect(missing.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

it('every folder and file that a README in src lists exists there', () => {
  const readmes = DOCUMENTS.filter((file) => file.startsWith('src/'));
  const listed = readmes.flatMap((file) =>
    [...read(file).matchAll(/^(?:\||\d+\.) (`[^|:]*)[|:]/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => path.join(path.dirname(file), name)),
    ),
  );
  expect(listed.length).toBeGreaterThan(40);
  const exists = (name: string) => ['', '.ts', '.tsx', '.css'].some((end) => existsSync(`${name}${end}`));
  expect(listed.filter((name) => !exists(name))).toEqual([]);
});

it("every folder below src is described in its layer's README", () => {
  const layers = readdirSync('src', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'generated',
  );
  const undescribed = layers.flatMap(({ name: layer }) => {
    const text = read(`src/${layer}/README.md`);
    const folders = readdirSync(`src/${layer}`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.filter(({ name }) => !text.includes(`\`${name}`)).map(({ name }) => `src/${layer}/${name}`);
  });
  expect(undescribed).toEqual([]);
});

it('every test that docs/faults.md names exists', () => {
  const named = [...read('docs/faults.md').matchAll(/`((?:engine|http|unit|soak|sim)\/[\w/-]+)`/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !existsSync(`test/${name}.test.ts`))).toEqual([]);
});

it('docs/security.md names an existing test for each attack', () => {
  const table = read('docs/security.md').split('## What an attacker would try')[1] ?? '';
  const rows = [...table.matchAll(/^\| (?!attack|---)(.+) \|$/gm)].map(([, row = '']) => row.split(' | '));
  expect(rows.length).toBeGreaterThan(20);
  for (const [attack, , tests = ''] of rows) {
    const named = [...tests.matchAll(/`([\w/-]+)`/g)].map(([, name]) => `test/${name}`);
    expect(named.length, attack).toBeGreaterThan(0);
    expect(named.filter((name) => !existsSync(`${name}.test.ts`) && !existsSync(name))).toEqual([]);
  }
});

it('docs/faults.md numbers its faults and names a test for each', () => {
  const rows = [...read('docs/faults.md').matchAll(/^\| (\d+) \|(.*)\|$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 39 }, (_, i) => i + 1));
  for (const [row, , cells] of rows) expect((cells ?? '').split('|')[2]?.trim(), row).not.toBe('');
});
