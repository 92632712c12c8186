import { describe, expect, it } from 'vitest';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { rememberedHash } from '../../../src/domain/definition/hash.js';
import { declare } from '../../../src/domain/definition/normalize.js';
import type { SealedValue } from '../../../src/domain/secrets/sealed-value.js';
import { missingSecrets, secretsOf, secretVersions } from '../../../src/domain/secrets/secret-refs.js';
import { definition, specOf } from '../../support/definition.js';

type Files = NonNullable<DefinitionInput['files']>;
const conf = (over: Partial<Files[number]> = {}): Files[number] => ({ path: '/etc/shop.conf', content: 'a', ...over });

/** Faults of a definition as `pointer message`. */
function faultsOf(files: Files, more: Partial<DefinitionInput> = {}): readonly string[] {
  const declared = declare({ image: 'a', files, ...more });
  return declared.ok ? [] : declared.faults.map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('files of a definition', () => {
  it('have a mode and an owner by default, and a clean path', () => {
    expect(specOf({ files: [conf({ path: '/etc//shop/./a', mode: '400' })] }).files).toEqual([
      { path: '/etc/shop/a', content: 'a', mode: '0400', uid: 0, gid: 0 },
    ]);
    expect(specOf({ files: [] })).not.toHaveProperty('files');
    expect(
      faultsOf([conf({ content: '' }), conf({ path: '/run/secrets/a', content: undefined as never, secret: 's' })]),
    ).toEqual([]);
  });

  it.each<[string, Files, Partial<DefinitionInput>, RegExp]>([
    ['a relative path', [conf({ path: 'etc/a' })], {}, /^\/files\/0\/path .*absolute/],
    ['a path that leads up', [conf({ path: '/etc/../a' })], {}, /^\/files\/0\/path .*\.\./],
    ['a directory', [conf({ path: '/etc/' })], {}, /^\/files\/0\/path .*must name a file/],
    ['the root', [conf({ path: '/' })], {}, /must name a file/],
    ['a NUL in its path', [conf({ path: '/a\0' })], {}, /NUL/],
    ['a path below /proc', [conf({ path: '/proc/a' })], {}, /\/proc is mounted/],
    ["the engine's own file", [conf({ path: '/etc/hosts' })], {}, /\/etc\/hosts is mounted/],
    [
      'a path in a volume',
      [conf({ path: '/data/a' })],
      { volumes: [{ volume: 'data', target: '/data/' }] },
      /\/data is mounted/,
    ],
    ['a path below a tmpfs', [conf({ path: '/run/a' })], { tmpfs: ['/run:size=1m'] }, /\/run is mounted/],
    ['the path of another', [conf(), conf()], {}, /^\/files\/0\/path \/etc\/shop\.conf is another file/],
    [
      'another file as its directory',
      [conf(), conf({ path: '/etc/shop.conf/a' })],
      {},
      /^\/files\/1\/path .*another file/,
    ],
    ['a read-only root', [conf()], { readOnly: true }, /^\/files\/0\/path .*read-only/],
    ['a mode of letters', [conf({ mode: 'rwx' })], {}, /^\/files\/0\/mode /],
    ['a mode with setuid', [conf({ mode: '4755' })], {}, /^\/files\/0\/mode /],
    ['neither content nor secret', [{ path: '/a' }], {}, /^\/files\/0\/content .*either/],
    ['both content and secret', [conf({ secret: 's' })], {}, /^\/files\/0\/content .*either/],
    ['too much content', [conf({ content: 'ä'.repeat(32_769) })], {}, /65538 bytes/],
    ['half a character', [conf({ content: '\ud800' })], {}, /surrogate/],
    ['no name of a secret', [{ path: '/a', secret: '../a' }], {}, /^\/files\/0\/secret /],
  ])('are refused with %s', (_, files, more, fault) => {
    expect(faultsOf(files, more)[0]).toMatch(fault);
  });

  it('change the hash with their content, and with the version of their secret, but not with their order', () => {
    const sealed = (uid: string): SealedValue => ({ uid }) as SealedValue;
    const hash = (files: Files, uid = 'one') => {
      const web = definition({ spec: specOf({ files }) });
      return rememberedHash(
        web,
        [],
        secretVersions(web.spec, () => sealed(uid)),
      );
    };
    const files: Files = [conf(), { path: '/run/a', secret: 's' }, { path: '/run/b', secret: 't' }];
    expect(hash(files.toReversed())).toBe(hash(files));
    expect(hash(files, 'two')).not.toBe(hash(files));
    expect(hash([conf({ content: 'b' }), ...files.slice(1)])).not.toBe(hash(files));
  });

  it('name secrets, which have to exist', () => {
    const spec = specOf({ files: [conf(), { path: '/run/a', secret: 's' }], secretEnv: { A: 's', B: 't' } });
    expect(secretsOf(spec)).toEqual(['s', 't']);
    expect(missingSecrets(spec, (secret) => secret === 't').map(({ pointer }) => pointer)).toEqual([
      '/secretEnv/A',
      '/files/1/secret',
    ]);
  });
});
