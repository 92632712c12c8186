// npm run check   everything that can be checked without an engine, each with its time; exit 1 if any of it fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const prepared = spawnSync(process.execPath, ['scripts/prepare.mjs', 'check'], { stdio: 'inherit' });
if (prepared.status !== 0) process.exit(prepared.status ?? 1);

const bin = (name) => `node_modules/.bin/${name}`;
const CHECKS = [
  ['lock file is complete', process.execPath, 'scripts/lock-check.mjs'],
  ['dependencies', process.execPath, 'scripts/dependencies.mjs', 'check'],
  ['format and lint', bin('biome'), 'ci', '--error-on-warnings', '.'],
  ['types', bin('tsc'), '--noEmit', '-p', 'tsconfig.json'],
  ['types of the page', bin('tsc'), '--noEmit', '-p', 'src/page/tsconfig.json'],
  ['types of its tests', bin('tsc'), '--noEmit', '-p', 'test/browser/tsconfig.json'],
  ['import directions', bin('vitest'), 'run', '--project', 'unit', 'test/unit/imports.test.ts'],
  ['migrations match the schema', process.execPath, 'scripts/migrate.mjs', 'check'],
  ['OpenAPI document is current', bin('tsx'), 'scripts/openapi.ts', '--check'],
  ['client is current', process.execPath, 'scripts/client.mjs', '--check'],
  ['OpenAPI document has no warnings', bin('redocly'), 'lint', '--max-problems=100', 'openapi/openapi.json'],
];

let failed = 0;
for (const [what, command, ...args] of CHECKS) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
  });
  const output = `${stdout}${stderr}`;
  const isFine = status === 0 && !/\d+ warning/.test(output);
  console.log(`${isFine ? 'ok  ' : 'FAIL'} ${what} (${Math.round(performance.now() - start)} ms)`);
  if (isFine) continue;
  failed += 1;
  console.log(output);
}
process.exit(failed === 0 ? 0 : 1);
