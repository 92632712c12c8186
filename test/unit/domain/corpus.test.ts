/**
 * Compose files and docker run lines as people deploy them, imported under the laptop policy. BERTH_TEST_DOCS=write writes
 * the result of each, and the page of unsupported settings.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { policyFaults } from '../../../src/domain/access/policy.js';
import { readPolicy } from '../../../src/domain/access/policy-file.js';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { declare } from '../../../src/domain/definition/normalize.js';
import { importCompose } from '../../../src/domain/import-export/compose/import.js';
import { readDockerRun } from '../../../src/domain/import-export/docker-run/to-definition.js';
import type { ImportNote } from '../../../src/domain/import-export/import-note.js';

/** Shares of whole imports, in percent. They only rise. */
const FLOOR = { 'Compose files': 95.1, 'docker run lines': 96 };

const FOLDER = 'test/fixtures/corpus';
const GOLDEN = `${FOLDER}/summary.json`;
const PAGE = 'docs/corpus.md';
const ENV = { HOME: '/home/me', PWD: '/home/me' };
const isWriting = process.env['BERTH_TEST_DOCS'] === 'write';
const json = (name: string) => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'));

/** Result of one entry: the fields of each container, and why it isn't whole. */
interface Entry {
  readonly containers: Readonly<Record<string, string>>;
  readonly reasons: readonly string[];
}
type Kind = keyof typeof FLOOR;
type Summary = Readonly<Record<Kind, Readonly<Record<string, Entry>>>>;

const reading = readPolicy(readFileSync('deploy/policy-laptop.json', 'utf8'));
if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
const { policy } = reading;

function entryOf(inputs: readonly DefinitionInput[], left: readonly ImportNote[]): Entry {
  const refused = inputs.flatMap((input) => {
    const declared = declare(input);
    const faults = declared.ok ? policyFaults(declared.spec, policy) : declared.faults;
    return faults.map(({ pointer, message }) => `${pointer}: ${message}`);
  });
  const unsupported = left.filter(({ effect }) => effect === 'unsupported').map(({ at, reason }) => `${at}: ${reason}`);
  return {
    containers: Object.fromEntries(
      inputs.map((input) => [input.name ?? input.image, Object.keys(input).sort().join(' ')]),
    ),
    reasons: [...new Set([...unsupported, ...refused])],
  };
}

const refusedAsAWhole = (faults: readonly string[]): Entry => ({ containers: {}, reasons: faults });

function composeEntry(name: string, files: Readonly<Record<string, string>> = {}): Entry {
  const compose = readFileSync(`${FOLDER}/compose/${name}.yaml`, 'utf8');
  const read = importCompose({ compose, files, project: name, env: ENV, projectDirectory: `/home/me/${name}` });
  if (read.ok) return entryOf(read.containers, read.left);
  return refusedAsAWhole(read.faults.map(({ message }) => message));
}

function lineEntry(line: string, files: Readonly<Record<string, string>>): Entry {
  const run = readDockerRun(line, ENV, '/home/me', files);
  return run.ok ? entryOf([run.input], run.left) : refusedAsAWhole(run.faults);
}

function summarise(): Summary {
  const files = json('files');
  const names = readdirSync(`${FOLDER}/compose`).map((file) => file.replace(/\.yaml$/, ''));
  const lines: readonly string[] = json('run-lines');
  return {
    'Compose files': Object.fromEntries(names.sort().map((name) => [name, composeEntry(name, files[name])])),
    'docker run lines': Object.fromEntries(lines.map((line) => [line, lineEntry(line, files['run-lines'])])),
  };
}

const summary = summarise();
const kinds = Object.entries(summary) as [Kind, Summary[Kind]][];
const partsOf = (entries: Summary[Kind]) => Object.entries(entries).filter(([, { reasons }]) => reasons.length > 0);
function shareOf(entries: Summary[Kind]): number {
  const all = Object.keys(entries).length;
  return Math.floor((1000 * (all - partsOf(entries).length)) / all) / 10;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
function page(): string {
  const sections = kinds.map(([kind, entries]) => {
    const rows = partsOf(entries).map(
      ([name, { reasons }]) => `| \`${cell(name)}\` | ${reasons.map(cell).join('<br>')} |`,
    );
    const share = `${Object.keys(entries).length} entries, ${shareOf(entries)} % whole`;
    return `## ${kind}\n\n${share}.\n\n| entry | left out or refused |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  const intro =
    '# What the corpus imports\n\nCompose files and `docker run` lines, written as such projects are usually deployed, are imported under the\n[laptop policy](../deploy/policy-laptop.json). An entry is whole if nothing is unsupported or refused. The rest is listed\nhere. A test writes this page from the corpus and fails if it is not current.\n';
  return [intro, ...sections].join('\n');
}

it('comes to what is recorded for each entry', () => {
  if (isWriting) writeFileSync(GOLDEN, `${JSON.stringify(summary, null, 1)}\n`);
  expect(summary).toEqual(json('summary'));
});

it('is as large as it has to be, over all kinds of projects', () => {
  const [compose, lines] = kinds.map(([, entries]) => Object.keys(entries));
  expect(compose?.length).toBeGreaterThanOrEqual(120);
  expect(lines?.length).toBeGreaterThanOrEqual(150);
  const groups = new Set(compose?.map((name) => name.split('-')[0]));
  expect([...groups].sort()).toEqual(['ai', 'databases', 'games', 'media', 'monitoring', 'networking', 'office']);
});

it.each(kinds)('%s: the share of whole imports does not fall', (kind, entries) => {
  process.stdout.write(`${kind}: ${shareOf(entries)} % of ${Object.keys(entries).length} import whole\n`);
  expect(shareOf(entries)).toBeGreaterThanOrEqual(FLOOR[kind]);
});

it('docs/corpus.md lists what is left out', () => {
  if (isWriting) writeFileSync(PAGE, page());
  expect(readFileSync(PAGE, 'utf8')).toBe(page());
});
