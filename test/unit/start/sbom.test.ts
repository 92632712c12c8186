import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-sbom-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every package that is shipped, as npm names it in a bill. */
const shipped = [...readFileSync('docs/licences.md', 'utf8').matchAll(/^\| (\S+) \| (\d\S*) \|/gm)].map(
  ([, name, version]) => `${name}@${version}`,
);

/** The bill that is made where `npm sbom` lists these packages. */
function billFrom(listed: readonly string[]) {
  const bill = {
    metadata: { timestamp: 'now', component: { 'bom-ref': 'berth@0.1.0' } },
    components: listed.map((ref) => ({ 'bom-ref': ref })),
    dependencies: [{ ref: 'berth@0.1.0', dependsOn: listed }, ...listed.map((ref) => ({ ref, dependsOn: [] }))],
  };
  const [npm, answer, made] = ['npm', 'answer.json', 'made.json'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(answer, JSON.stringify(bill));
  writeFileSync(npm, `#!/bin/sh\ncat '${answer}'\n`);
  chmodSync(npm, 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  execFileSync(process.execPath, ['scripts/dependencies.mjs', 'sbom', made], { env, stdio: 'pipe' });
  return JSON.parse(readFileSync(made, 'utf8'));
}

describe('the bill of materials', () => {
  it('has each package once, also where npm lists one for each place that it is installed in', () => {
    const [first = ''] = shipped;
    const { components, dependencies } = billFrom([...shipped, first, 'only-for-development@1.0.0']);
    expect(components.map((one: { 'bom-ref': string }) => one['bom-ref'])).toEqual(shipped);
    expect(dependencies.filter((one: { ref: string }) => one.ref === first)).toHaveLength(1);
  });

  it('is not made where npm leaves a package out, and names that', () => {
    const [first = '', ...rest] = shipped;
    expect(shipped.length).toBeGreaterThan(100);
    expect(() => billFrom(rest)).toThrow(`npm sbom lacks ${first}`);
  });
});
