import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyring, keyIdOf, readKeys, SEALED } from '../../../src/lib/crypto/keyring.js';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];

describe('a keyring', () => {
  it('opens what it sealed, for the same place only', () => {
    const ring = createKeyring([NEW]);
    const sealed = ring.seal('påss', 'registry/a.example');
    expect(sealed).toMatch(SEALED);
    expect(ring.open(sealed, 'registry/a.example')).toBe('påss');
    expect(ring.open(sealed, 'registry/b.example')).toBeNull();
    expect(ring.seal('påss', 'registry/a.example')).not.toBe(sealed);
  });

  it('seals with the newest key, and opens with older ones', () => {
    const sealed = createKeyring([OLD]).seal('x', 'p');
    const both = createKeyring([NEW, OLD]);
    expect(both.open(sealed, 'p')).toBe('x');
    expect(keyIdOf(both.seal('x', 'p'))).toBe(both.ids[0]);
    expect(createKeyring([NEW]).open(sealed, 'p')).toBeNull();
    expect(
      createKeyring([NEW])
        .with(createKeyring([OLD]))
        .open(sealed, 'p'),
    ).toBe('x');
  });

  it('opens nothing that was changed, in any of its bytes', () => {
    const ring = createKeyring([NEW]);
    const sealed = ring.seal('secret', 'p');
    const [id, text] = sealed.split(':') as [string, string];
    const bytes = Buffer.from(text, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(ring.open(`${id}:${changed.toString('base64')}`, 'p')).toBeNull();
    }
    for (const short of ['', 'AAAA', text.slice(0, 36)]) expect(ring.open(`${id}:${short}`, 'p')).toBeNull();
    expect(ring.open('no seal at all', 'p')).toBeNull();
  });
});

it.each([
  ['one key', `${NEW.toString('base64')}\n`, 1],
  ['two keys with a comment and an empty line', `# new\n${NEW.toString('base64')}\n\n  ${OLD.toString('base64')}  `, 2],
  ['no key', '# nothing\n', null],
  ['a key that is too short', randomBytes(16).toString('base64'), null],
  ['a key in hexadecimal', NEW.toString('hex'), null],
  ['a line that is no key after one that is', `${NEW.toString('base64')}\nx`, null],
])('reads a key file with %s', (_, text, count) => {
  expect(readKeys(text)?.length ?? null).toBe(count);
});
