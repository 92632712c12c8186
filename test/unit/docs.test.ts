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
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
  expect(ranges).toEqual([]);
});

it('the documents link only to what is there', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
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
