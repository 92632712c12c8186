import { describe, expect, it } from 'vitest';
import { declare } from '../../../../src/domain/definition/normalize.js';
import { exportCompose } from '../../../../src/domain/import-export/compose/export.js';
import { type ComposeSource, importCompose } from '../../../../src/domain/import-export/compose/import.js';
import { specOf } from '../../../support/definition.js';

function read(compose: string, more: Partial<ComposeSource> = {}) {
  const imported = importCompose({ compose: [compose], ...more } as ComposeSource);
  if (!imported.ok) throw new Error(JSON.stringify(imported.faults));
  return imported;
}
const service = (lines: string, rest: string) => `name: shop\nservices:\n  web:\n    image: a\n${lines}\n${rest}\n`;
const filesOf = (lines: string, rest: string, more: Partial<ComposeSource> = {}) =>
  read(service(lines, rest), more).containers[0]?.files;

describe('secrets and configs of a Compose file', () => {
  it('become files, with the texts that were sent, in their places by default', () => {
    const rest = 'secrets: { s: { file: ./s.txt } }\nconfigs: { c: { content: "a: $$B" } }';
    expect(filesOf('    secrets: [s]\n    configs: [c]', rest, { files: { 's.txt': 'hush\n' } })).toEqual([
      { path: '/c', content: 'a: $B' },
      { path: '/run/secrets/s', content: 'hush\n' },
    ]);
  });

  it('have the target, mode and owner of the long form', () => {
    const use =
      '    secrets: [{ source: s, target: key, uid: "1000", gid: "1001", mode: 0440 }, { source: s, target: /etc/k, mode: 256 }]';
    expect(filesOf(use, 'secrets: { s: { environment: KEY } }', { env: { KEY: 'v' } })).toEqual([
      { path: '/run/secrets/key', content: 'v', mode: '0440', uid: 1000, gid: 1001 },
      { path: '/etc/k', content: 'v', mode: '0400' },
    ]);
  });

  it('are the secrets of their name where they are external', () => {
    const rest = 'secrets: { s: { external: true }, t: { external: true, name: shop-t } }';
    expect(filesOf('    secrets: [s, t]', rest)).toEqual([
      { path: '/run/secrets/s', secret: 's' },
      { path: '/run/secrets/t', secret: 'shop-t' },
    ]);
  });

  it.each([
    ['secrets: [s]', 'secrets: { s: { file: ./s.txt } }', /^the file s\.txt|^the file \.\/s\.txt/],
    ['secrets: [s]', 'secrets: { s: { environment: KEY } }', /the variable KEY has no value/],
    ['secrets: [{ source: s, uid: me }]', 'secrets: { s: { external: true } }', /have to be numbers/],
    ['read_only: true\n    secrets: [s]', 'secrets: { s: { external: true } }', /read-only/],
    ['configs: [{ source: c, target: /etc/hosts }]', 'configs: { c: { content: a } }', /\/etc\/hosts is mounted/],
  ])('are unsupported where they cannot be placed: %s with %s', (lines, rest, reason) => {
    const { containers, left } = read(service(`    ${lines}`, rest));
    expect(containers[0]?.files).toBeUndefined();
    expect(left.find(({ effect }) => effect === 'unsupported')?.reason).toMatch(reason);
  });

  it('say that a secret is kept as plain text', () => {
    const { left } = read(service('    secrets: [s]', 'secrets: { s: { file: s } }'), { files: { s: 'x' } });
    expect(left.map(({ effect, reason }) => [effect, reason])).toEqual([
      ['ignored', expect.stringContaining('PUT /v1/secrets/NAME')],
    ]);
  });

  it('are written so that they are read as the same files', () => {
    const files = [
      { path: '/etc/a', content: '$A\n', mode: '0440', uid: 5, gid: 6 },
      { path: '/run/secrets/b', secret: 'b', mode: '0400' },
      { path: '/etc/c', content: '' },
    ];
    const spec = specOf({ image: 'a', files, network: 'lan' });
    const text = [...exportCompose(null, [{ name: 'web', spec, reservations: [] }])].join('');
    const again = read(text).containers[0];
    const declared = declare({ ...again, image: 'a' });
    const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
    expect(declared.ok && declared.spec.files?.toSorted(byPath)).toEqual(spec.files?.toSorted(byPath));
  });
});
