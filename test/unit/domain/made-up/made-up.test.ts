/** A field is added to a copy of the sources, in the four places that CONTRIBUTING lists, and works everywhere. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const DEFINITION = 'src/domain/definition';
const DOCKER_RUN = 'src/domain/import-export/docker-run';
const COMPOSE = 'src/domain/import-export/compose';

/** What goes after which text of which file: the field, its rule, its word for the engine, its flag, its Compose key. */
const PLACES: readonly (readonly [file: string, after: string, addition: string])[] = [
  [
    `${DEFINITION}/fields/process.ts`,
    'export const PROCESS_FIELDS = {\n',
    `madeUp: optional(texts('Made up.', ['a', 'b']), {
      applies: 'replace', default: [], since: '1.44', sortedBy: (one: string) => one,
    }),\n`,
  ],
  [
    `${DEFINITION}/validate-process.ts`,
    'export const PROCESS_RULES = {\n',
    `madeUp: checked((values) =>
      values.flatMap((value, index) => fault(\`/madeUp/\${index}\`, value, (one) => (one.includes(' ') ? 'has a space' : undefined))),
    ),\n`,
  ],
  ['src/engine/docker/fields/process.ts', 'export const PROCESS = {\n', "madeUp: plain('HostConfig', 'MadeUp'),\n"],
  [
    `${DOCKER_RUN}/flags/process.ts`,
    'export const PROCESS_FLAGS: readonly Flag[] = [\n',
    "sets('made-up', 'text', { is: 'texts', field: 'madeUp' }, list),\n",
  ],
  [
    `${COMPOSE}/keys/process.ts`,
    'export const PROCESS_KEYS: Fates = {\n',
    "made_up: sets({ is: 'texts', field: 'madeUp' }),\n",
  ],
  [`${COMPOSE}/yaml/types.ts`, 'const Service = map({\n', 'made_up: Texts,\n'],
];

const copy = mkdtempSync(path.join(tmpdir(), 'berth-made-up-field-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

beforeAll(() => {
  for (const name of ['src', 'openapi', 'prisma', 'test/unit', 'test/support', 'package.json', 'tsconfig.json']) {
    cpSync(name, path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'));
  for (const [name, after, addition] of PLACES) {
    const file = path.join(copy, name);
    const text = readFileSync(file, 'utf8');
    expect(text.split(after), `${name} has this once: ${after}`).toHaveLength(2);
    writeFileSync(file, text.replace(after, `${after}${addition}`));
  }
});

it('a field added in the places that CONTRIBUTING lists compiles, and no other list misses it', () => {
  const only = ['--noEmit', '-p', copy, '--listFiles', 'false'];
  writeFileSync(
    path.join(copy, 'tsconfig.json'),
    JSON.stringify({
      ...JSON.parse(readFileSync('tsconfig.json', 'utf8')),
      include: ['src', 'openapi', 'test/unit/domain/made-up/probe.ts'],
    }),
  );
  const { stdout } = spawnSync('node_modules/.bin/tsc', only, { encoding: 'utf8' });
  expect(stdout).toBe('');
});

it('a field added in the places that CONTRIBUTING lists works from the request to the engine', () => {
  const probe = path.join(copy, 'test/unit/domain/made-up/probe.ts');
  const text = execFileSync(process.execPath, ['--import', 'tsx', probe], { cwd: copy, encoding: 'utf8' });
  const fault = (pointer: string, message: string) => [expect.objectContaining({ in: 'body', pointer, message })];
  expect(JSON.parse(text)).toEqual({
    http: {
      declared: [201, ['b', 'a']],
      bare: [201, null],
      faulty: [422, fault('/madeUp/0', 'has a space')],
      misshapen: [400, fault('/madeUp', 'must be an array')],
      changed: [200, ['c']],
      shown: [200, ['c']],
      events: [[{ madeUp: ['b', 'a'] }, { madeUp: ['c'] }]],
      imported: [expect.objectContaining({ image: 'x', madeUp: ['a', 'b'] })],
      composed: [expect.objectContaining({ image: 'x', madeUp: ['a', 'b'] })],
      exported: ['c'],
      restored: [200, ['c']],
      documented: ['DefinitionInput', 'Container', 'ReadDefinition'],
    },
    stored: expect.objectContaining({ madeUp: ['b', 'a'] }),
    hash: { isOther: true, isSameAtDefault: true, isSameInAnotherOrder: true, isSameBeside: true },
    costs: [[{ field: 'madeUp', costs: 'replace' }], [{ field: 'madeUp', costs: 'none' }], []],
    body: ['b', 'a'],
    plans: [['! Ready FieldUnsupported'], ['create web', 'start web (new)']],
  });
});
