/** docs/docker-run.md is what the table of flags says. BERTH_TEST_DOCS=write writes its last table anew. */

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Flag } from '../../../../src/domain/import-export/docker-run/flags/flag.js';
import { RUN_FLAGS } from '../../../../src/domain/import-export/docker-run/flags/run-flags.js';
import { readDockerRun } from '../../../../src/domain/import-export/docker-run/to-definition.js';

const FILE = 'docs/docker-run.md';
const HEAD = '## Flags that have none\n\n| flag | effect | reason |\n| --- | --- | --- |\n';

const page = readFileSync(FILE, 'utf8');
const [before = '', after = ''] = page.split(HEAD);
const formsOf = ({ name, short }: Flag): readonly string[] => [
  ...(short === undefined ? [] : [`-${short}`]),
  `--${name}`,
];

const row = (flag: Flag): readonly string[] => {
  if (!('effect' in flag.handling)) return [];
  const forms = formsOf(flag).map((form) => `\`${form}\``);
  return [`| ${forms.join(', ')} | ${flag.handling.effect} | ${flag.handling.reason.replaceAll('|', '\\|')} |\n`];
};

it('every flag without a field is on the page, with its reason', () => {
  const rows = RUN_FLAGS.toSorted((a, b) => (a.name < b.name ? -1 : 1)).flatMap(row);
  if (process.env['BERTH_TEST_DOCS'] === 'write') writeFileSync(FILE, `${before}${HEAD}${rows.join('')}`);
  else expect(after.split(/(?<=\n)/)).toEqual(rows);
});

it('every flag with a field is on the page, in each of its forms', () => {
  const table = before.slice(before.indexOf('## Flags that have a field'));
  const told = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(-{1,2}[\w-]+)`/g)].map(([, form]) => form),
  );
  const forms = RUN_FLAGS.filter(({ handling }) => !('effect' in handling)).flatMap(formsOf);
  expect(told.toSorted()).toEqual(forms.toSorted());
});

it('the example is what is answered', () => {
  const command = /"command": "([^"]+)"/.exec(page)?.[1] ?? '';
  const answer = JSON.parse(/```json\n([\s\S]+?)```/.exec(page)?.[1] ?? '');
  const read = readDockerRun(command);
  expect(read.ok && { set: null, containers: [read.input], unsupported: read.left }).toEqual(answer);
});
