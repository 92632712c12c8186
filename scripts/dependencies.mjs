// node scripts/dependencies.mjs check       exit 1 when a dependency has a licence that we can't ship, or runs a script at its
//                                           installation, or docs/licences.md is not what is installed
// node scripts/dependencies.mjs list        writes docs/licences.md
// node scripts/dependencies.mjs sbom FILE   writes what is shipped as a CycloneDX bill of materials
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const LIST = 'docs/licences.md';

/** They ask for their text to be handed on, and for nothing else. */
const FINE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
]);

const [, , command, file] = process.argv;
const bill = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only'], {
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
const shipped = JSON.parse(bill)
  .components.map(({ group, name, version, licenses = [] }) => ({
    name: group === undefined || name.startsWith('@') ? name : `${group}/${name}`,
    version,
    licence: licenses.map(({ license, expression }) => expression ?? license.id ?? license.name).join(' AND '),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version.localeCompare(b.version)));

const table = [
  '# Licences',
  '',
  'Of every package that is shipped with Berth. `node scripts/dependencies.mjs list` writes this page; `npm run check` holds it',
  'against the lock file. A bill of materials (CycloneDX) is made by `npm run build`, as `dist/sbom.json`.',
  '',
  '| package | version | licence |',
  '| --- | --- | --- |',
  ...shipped.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
  '',
].join('\n');

/** With scripts switched off for all, one that counts on its script would be installed broken, and not said so. */
function installScripts() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([at]) => at.slice(at.lastIndexOf('node_modules/') + 13))
    .filter((name) => allowScripts[name] !== false);
}

if (command === 'list') {
  writeFileSync(LIST, table);
} else if (command === 'sbom') {
  // Without what differs from one making to the next: the same lock file, the same bill.
  const { serialNumber: _, metadata, ...rest } = JSON.parse(bill);
  const { timestamp: _time, ...about } = metadata;
  const component = { ...about.component, name: 'berth' };
  writeFileSync(path.resolve(file), `${JSON.stringify({ ...rest, metadata: { ...about, component } }, null, 2)}\n`);
} else if (command === 'check') {
  const faults = [
    ...shipped
      .filter(
        ({ licence }) =>
          !licence
            .split(/ AND | OR |[()]/)
            .filter(Boolean)
            .every((one) => FINE.has(one)),
      )
      .map(({ name, licence }) => `${name} has the licence ${licence || 'none'}: is it one that can be shipped?`),
    ...installScripts().map(
      (name) => `${name} runs a script when it is installed: is it needed? package.json, allowScripts`,
    ),
    ...(readFileSync(LIST, 'utf8') === table ? [] : [`${LIST} is not what the lock file has: npm run licences`]),
  ];
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  console.error('usage: dependencies.mjs check | list | sbom FILE');
  process.exitCode = 2;
}
