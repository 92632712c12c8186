/**
 * Runs README and the tour as a reader pastes them: a shell runs every `console` block against a server, and has to print
 * the output that the document shows. BERTH_TEST_README=write writes the new output into the documents instead.
 */

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './support.js';

let t: TestBerth;
let address: string;
beforeAll(async () => {
  t = await testBerth({ auth: 'on' });
  await t.berth.app.listen({ port: 0, host: '127.0.0.1' });
  address = `127.0.0.1:${(t.berth.app.server.address() as AddressInfo).port}`;
});
afterAll(() => t.stop());

interface Step {
  readonly command: string;
  readonly output: string;
}

/** A block's commands, each with the lines after it up to the next; a command goes on over indented lines. */
function steps(block: string): Step[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const lines = part.trimEnd().split('\n');
      const end = lines.findIndex((line, index) => index > 0 && !line.startsWith('    '));
      const cut = end < 0 ? lines.length : end;
      return { command: lines.slice(0, cut).join('\n'), output: lines.slice(cut).join('\n') };
    });
}

/** Runs in a process of its own, so that the server in this one can answer. */
const run = (setup: string, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const shell = `set -o pipefail\n${setup}${command}`;
    const here = shell.replaceAll('localhost:8080', address).replaceAll('data/token', tokenFile());
    execFile('bash', ['-c', here], (error, stdout) => (error ? reject(error) : resolve(stdout.trimEnd())));
  });

const tokenFile = (): string => path.join(t.dataDir, 'token');

/** The lines that the document has readers paste first. The test's own setup has made the images already. */
function setupOf(document: string): string {
  const [, lines] = /```sh\n([\s\S]*?)```/.exec(document) ?? [];
  expect(lines).toContain('berth() {');
  return (lines as string).replace(/^npm run images.*$/m, '');
}

/** Replaces everything that differs from run to run: picked ports, addresses, ids and times. */
const normal = (text: string): string =>
  text
    .replace(/\b49\d{3}\b/g, 'PORT')
    .replace(/\b172\.\d+\.\d+\.\d+\b/g, 'ADDRESS')
    .replace(/\b[0-9a-f]{12}\b/g, 'ID')
    .replace(/\[\d\d\/\w+\/\d{4} [\d:]+\]/g, '[TIME]');

const BLOCK = /```console\n([\s\S]*?)```/g;

it.each([
  ['README.md', 5],
  ['docs/tour.md', 20],
])('every command in %s prints the output shown there', async (file, least) => {
  const document = readFileSync(file, 'utf8');
  const setup = setupOf(document);
  const blocks = [...document.matchAll(BLOCK)].map((match) => steps(match[1] as string));
  expect(blocks.flat().length).toBeGreaterThanOrEqual(least);
  const printed: Step[][] = [];
  for (const block of blocks) {
    const done: Step[] = [];
    for (const { command } of block) done.push({ command, output: await run(setup, command) });
    printed.push(done);
  }
  if (process.env['BERTH_TEST_README'] === 'write') {
    const rest = [...printed];
    const text = (done: Step[]) =>
      done.map((step) => `$ ${step.command}\n${step.output === '' ? '' : `${step.output}\n`}`);
    writeFileSync(
      file,
      document.replace(BLOCK, () => `\`\`\`console\n${text(rest.shift() ?? []).join('')}\`\`\``),
    );
    return;
  }
  const flat = (all: readonly (readonly Step[])[]) =>
    all.flat().map((step) => `$ ${step.command}\n${normal(step.output)}`);
  expect(flat(printed)).toEqual(flat(blocks));
});

/** A code sample, and the output that its last lines show as comments. */
function sample(language: 'ts' | 'python') {
  const [, code = ''] =
    new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync('README.md', 'utf8')) ?? [];
  const lines = code.trimEnd().split('\n');
  const first = lines.findLastIndex((line) => !/^(\/\/|#) /.test(line)) + 1;
  const printed = lines.slice(first).map((line) => line.replace(/^(\/\/|#) /, ''));
  return { code: code.replaceAll('localhost:8080', address), printed: printed.join('\n') };
}

it.each([
  ['ts', process.execPath, ['--import', 'tsx', '--input-type=module', '--eval']],
  ['python', 'python3', ['-c']],
] as const)('the %s sample in README.md prints the output shown there', async (language, command, args) => {
  const { code, printed } = sample(language);
  const env = { ...process.env, BERTH_TOKEN: readFileSync(tokenFile(), 'utf8').trim() };
  const { stdout } = await promisify(execFile)(command, [...args, code], { env });
  expect(normal(stdout.trimEnd())).toBe(normal(printed));
  expect(printed).not.toBe('');
});
