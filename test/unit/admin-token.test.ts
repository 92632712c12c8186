import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminToken, tokenLine } from '../../src/admin-token.js';
import { makeDataFolder } from '../../src/store/sqlite/data-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-token-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const OWN = 'a-token-that-is-long-enough';

describe("the server's own token", () => {
  it('is made once, for its owner alone, whatever the umask', () => {
    const before = process.umask(0);
    try {
      const { secret, file = '' } = adminToken(folder, undefined);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).toBe(`${secret}\n`);
      expect(adminToken(folder, undefined)).toEqual({ secret, file });
    } finally {
      process.umask(before);
    }
  });

  it('is in no file where it was given', () => {
    expect(adminToken(folder, OWN)).toEqual({ secret: OWN, file: undefined });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that a person has put there is taken, and closed to others', () => {
    writeFileSync(path.join(folder, 'token'), `${OWN}\n`, { mode: 0o644 });
    const { secret, file = '' } = adminToken(folder, undefined);
    expect([secret, statSync(file).mode & 0o777]).toEqual([OWN, 0o600]);
  });

  it.each(['', 'short', `${OWN} and more`, `${OWN}\n${OWN}`])(
    'is not %j: the file is named, and not quoted',
    (text) => {
      writeFileSync(path.join(folder, 'token'), text);
      expect(() => adminToken(folder, undefined)).toThrow(/\/token holds no valid token\. Delete it to get a new one/);
      expect(() => adminToken(folder, undefined)).not.toThrow(new RegExp(OWN));
    },
  );

  it('is not written to where a link leads', () => {
    symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, 'token'));
    expect(() => adminToken(folder, undefined)).toThrow(/EEXIST/);
    expect(readdirSync(folder)).toEqual(['token']);
  });

  it('gets into a shell by the line that is printed, whatever its folder is called', () => {
    const odd = path.join(folder, 'o\'brien $(exit 1) "x"');
    mkdirSync(odd);
    const { secret, file = '' } = adminToken(odd, undefined);
    const printed = execFileSync('sh', ['-c', `${tokenLine(file)}; printf %s "$BERTH_TOKEN"`], { encoding: 'utf8' });
    expect(printed).toBe(secret);
  });
});

describe('the data folder', () => {
  it('is made for its owner alone', () => {
    const made = path.join(folder, 'a', 'data');
    makeDataFolder(made);
    expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it.each([0o777, 0o770, 0o702])(
    'that others may write to (%o) is refused with what to do, and stays as it is',
    (mode) => {
      chmodSync(folder, mode);
      expect(() => makeDataFolder(folder)).toThrow(`(mode ${mode.toString(8)}) and could take over Berth: chmod 700`);
      expect(statSync(folder).mode & 0o777).toBe(mode);
    },
  );

  it('that others may read is taken: what is in it is closed by itself', () => {
    chmodSync(folder, 0o755);
    expect(() => makeDataFolder(folder)).not.toThrow();
  });
});
