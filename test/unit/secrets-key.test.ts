import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { secretsKeys } from '../../src/secrets-key.js';
import { tempDir } from './store/support.js';

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('the secrets key file', () => {
  it('is made in the data folder for its owner alone, once, and stays', () => {
    const dir = tempDir();
    const file = path.join(dir, 'secrets.key');
    const sealed = secretsKeys(dir, undefined)().seal('x', 'p');
    expect(modeOf(file)).toBe('600');
    const text = readFileSync(file, 'utf8');
    chmodSync(file, 0o644);
    expect(secretsKeys(dir, undefined)().open(sealed, 'p')).toBe('x');
    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual([text, '600']);
  });

  it('is read again on demand, and is refused without its text if a line is no key', () => {
    const dir = tempDir();
    const file = path.join(dir, 'other.key');
    expect(() => secretsKeys(dir, file)).toThrow(/^the secrets key file can't be read: ENOENT/);
    writeFileSync(file, `${Buffer.alloc(32, 1).toString('base64')}\n`);
    const read = secretsKeys(dir, file);
    const [first] = read().ids;
    writeFileSync(file, `${Buffer.alloc(32, 2).toString('base64')}\n`);
    expect(read().ids).not.toContain(first);
    writeFileSync(file, 'hunter2\n');
    expect(read).toThrow(/other\.key is not valid: write one key a line/);
    expect(read).not.toThrow(/hunter2/);
  });
});
