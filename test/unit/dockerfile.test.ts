/** The image is built from what is let through to the build: a file that isn't breaks it, and only there. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const lines = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n');

it('lets through to the build whatever the Dockerfile copies', () => {
  const allowed = lines('.dockerignore').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const copied = lines('Dockerfile').flatMap((line) => {
    const [command, ...words] = line.split(' ');
    return command === 'COPY' && words[0]?.startsWith('--') === false ? words.slice(0, -1) : [];
  });
  expect(copied).toContain('src');
  const isAllowed = (file: string): boolean => allowed.some((one) => file === one || file.startsWith(`${one}/`));
  expect(copied.filter((file) => !isAllowed(file))).toEqual([]);
});
