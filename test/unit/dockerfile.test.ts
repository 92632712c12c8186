/** The image is built from what is let through to the build and copied: what is missing breaks it, and only there. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';

const lines = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n');

const ignore = lines('.dockerignore');
const allowed = ignore.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
const keptBack = ignore.filter((line) => /^[^*!]/.test(line));

/** What each COPY takes from the repository. */
const copied = lines('Dockerfile').flatMap((line) => {
  const [command, ...words] = line.split(' ');
  return command === 'COPY' && words[0]?.startsWith('--') === false ? words.slice(0, -1) : [];
});

it('lets through to the build whatever the Dockerfile copies', () => {
  expect(copied).toContain('src');
  const isAllowed = (file: string): boolean => allowed.some((one) => file === one || file.startsWith(`${one}/`));
  expect(copied.filter((file) => !isAllowed(file))).toEqual([]);
});

it('labels the image with this version, and with all that a registry shows', () => {
  const text = readFileSync('Dockerfile', 'utf8');
  expect(text).toContain(`\nARG VERSION=${VERSION}\n`);
  const labels = [...text.matchAll(/org\.opencontainers\.image\.([\w.]+)="([^"]+)"/g)].map(([, name = '']) => name);
  const expected = ['title', 'description', 'licenses', 'version', 'revision', 'created', 'source', 'documentation'];
  expect(labels).toEqual([...expected, 'base.name']);
});

it('copies whatever its own build reads', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-image-'));
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
    const filter = (file: string): boolean => !keptBack.includes(file);
    for (const file of copied) cpSync(file, path.join(folder, file), { recursive: true, filter });
    const commands = lines('Dockerfile').find((line) => line.includes('npm run build'));
    expect(commands).toBe('RUN npm run build');
    run('sh', '-c', commands?.slice('RUN '.length) ?? '');
    expect(run(process.execPath, 'dist/main.js', '--version')).toBe(`${VERSION}\n`);
    expect(existsSync(path.join(folder, 'dist/page/index.html'))).toBe(true);
    const worker = "new (require('node:worker_threads').Worker)('./dist/reading-worker.js')";
    const ready = `${worker}.once('message', (message) => { console.log(message); process.exit(); })`;
    expect(run(process.execPath, '-e', ready)).toBe('ready\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
