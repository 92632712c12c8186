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
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const nameOf = (at) => at.slice(at.lastIndexOf('node_modules/') + 13);

/** Those that development alone needs are marked in the lock file. */
const shipped = Object.entries(packages)
  .filter(([at, { dev, devOptional }]) => at !== '' && !dev && !devOptional)
  .map(([at, { version, license = '' }]) => ({ name: nameOf(at), version, licence: license }))
  .filter((one, index, all) => all.findIndex(({ name, version }) => isSame(one, { name, version })) === index)
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version.localeCompare(b.version)));

function isSame(a, b) {
  return a.name === b.name && a.version === b.version;
}

/** Keeps the first of what is listed more than once: npm 10 lists a package for each place that it is installed in. */
function once(list, keyOf) {
  const seen = new Set();
  return list.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
}

/** npm's own bill, without what is not shipped: told to leave that out, it leaves out what both need as well. */
function billOfMaterials() {
  const words = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  const bill = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  const isShipped = (ref) => shipped.some(({ name, version }) => ref === `${name}@${version}`);
  const components = once(
    bill.components.filter((one) => isShipped(one['bom-ref'])),
    (one) => one['bom-ref'],
  );
  const absent = shipped.filter(
    ({ name, version }) => !components.some((one) => one['bom-ref'] === `${name}@${version}`),
  );
  if (absent.length > 0)
    throw new Error(`npm sbom lacks ${absent.map(({ name, version }) => `${name}@${version}`).join(', ')}`);
  const root = bill.metadata.component['bom-ref'];
  const dependencies = once(bill.dependencies, ({ ref }) => ref)
    .filter(({ ref }) => ref === root || isShipped(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isShipped) }));
  // Without what differs from one making to the next: the same lock file, the same bill.
  const { timestamp: _time, ...about } = bill.metadata;
  const { serialNumber: _serial, ...rest } = bill;
  return {
    ...rest,
    metadata: { ...about, component: { ...about.component, name: 'berth' } },
    components,
    dependencies,
  };
}

const table = [
  '# Licences',
  '',
  'Every package shipped with Berth, with its licence. `npm run licences` writes this page; `npm run check` compares it with',
  'the lock file. `npm run build` writes a bill of materials (CycloneDX), `dist/sbom.json`.',
  '',
  '| package | version | licence |',
  '| --- | --- | --- |',
  ...shipped.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
  '',
].join('\n');

/** With scripts switched off for all, one that counts on its script would be installed broken, and not said so. */
function installScripts() {
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([at]) => nameOf(at))
    .filter((name) => allowScripts[name] !== false);
}

if (command === 'list') {
  writeFileSync(LIST, table);
} else if (command === 'sbom') {
  writeFileSync(path.resolve(file), `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
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
      .map(
        ({ name, licence }) =>
          `${name} has the licence ${licence || 'none'}, which is not on the list of permitted licences`,
      ),
    ...installScripts().map(
      (name) =>
        `${name} runs an install script: check whether it is needed, and add it to allowScripts in package.json`,
    ),
    ...(readFileSync(LIST, 'utf8') === table ? [] : [`${LIST} does not match the lock file: run npm run licences`]),
  ];
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  console.error('usage: dependencies.mjs check | list | sbom FILE');
  process.exitCode = 2;
}
