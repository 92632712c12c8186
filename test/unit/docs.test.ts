import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(file, 'utf8');

it('ARCHITECTURE.md gives a reason for each dependency', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const text = read('ARCHITECTURE.md');
  const names = [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})];
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !name.startsWith('@types/') && !text.includes(name))).toEqual([]);
});

it('every dependency is locked to one version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:.+@)?\d/.test(version),
  );
  expect(ranges).toEqual([]);
});

it('the documents link only to what is there', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/policy.md',
    'docs/security.md',
    ...readdirSync('docs/adr').map((f) => `docs/adr/${f}`),
  ];
  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) =>
      path.join(path.dirname(file), match[1] as string),
    ),
  );
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
});

it('the tests that docs/faults.md names are there', () => {
  const named = [...read('docs/faults.md').matchAll(/`((?:engine|http|unit|soak|sim)\/[\w/-]+)`/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !existsSync(`test/${name}.test.ts`))).toEqual([]);
});

it('docs/security.md has a test for each attack, and all are there', () => {
  const table = read('docs/security.md').split('## What an attacker would try')[1] ?? '';
  const rows = [...table.matchAll(/^\| (?!attack|---)(.+) \|$/gm)].map(([, row = '']) => row.split(' | '));
  expect(rows.length).toBeGreaterThan(20);
  for (const [attack, , tests = ''] of rows) {
    const named = [...tests.matchAll(/`([\w/-]+)`/g)].map(([, name]) => `test/${name}`);
    expect(named.length, attack).toBeGreaterThan(0);
    expect(named.filter((name) => !existsSync(`${name}.test.ts`) && !existsSync(name))).toEqual([]);
  }
});

it('docs/faults.md has a row for each fault, and each says by what it is shown', () => {
  const rows = [...read('docs/faults.md').matchAll(/^\| (\d+) \|(.*)\|$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 39 }, (_, i) => i + 1));
  for (const [row, , cells] of rows) expect((cells ?? '').split('|')[2]?.trim(), row).not.toBe('');
});
