import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planText } from '../../../src/cli/change.js';
import { neighbours, usualFiles } from '../../../src/cli/compose-files.js';
import { findServer } from '../../../src/cli/connection.js';
import type { Context } from '../../../src/cli/context.js';
import { age, bytes, formatted, table } from '../../../src/cli/output.js';
import { createProgram } from '../../../src/cli/program.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

describe('the files beside a Compose file', () => {
  it('are those that it names and those that these name, by their paths relative to it', () => {
    put('.env', 'A=1');
    put('db.env', 'B=2');
    put('sub/inner.yaml', 'services: { x: { image: x, env_file: [{ path: x.env }] } }');
    put('sub/x.env', 'C=3');
    put('secret.txt', 's');
    put('other.env', 'not named');
    const text = `include: [sub/inner.yaml]
services:
  db: { image: db, env_file: [db.env, missing.env, /etc/passwd] }
  web: { image: web, extends: { service: base, file: ./sub/inner.yaml } }
secrets: { s: { file: secret.txt } }
`;
    const { files } = neighbours([text], folder, {});
    expect(files).toEqual({
      '.env': 'A=1',
      'db.env': 'B=2',
      'sub/inner.yaml': expect.stringContaining('x.env'),
      'sub/x.env': 'C=3',
      'secret.txt': 's',
    });
  });

  it('take along the variables that they name, and no others', () => {
    const env = { TAG: '1', PORT: '80', PASSWORD: 'secret', COMPOSE_PROFILES: 'debug' };
    const text = 'services: { web: { image: "web:${TAG:-2}", ports: ["$PORT:80"] } }';
    expect(neighbours([text], folder, env).env).toEqual({ TAG: '1', PORT: '80', COMPOSE_PROFILES: 'debug' });
  });

  it('are bounded, and a file that is no YAML names none', () => {
    put('big.env', 'x'.repeat(1024 * 1024 + 1));
    expect(() => neighbours(['services: { a: { env_file: big.env } }'], folder, {})).toThrow('exceed 1024 KiB');
    expect(neighbours(['services: {'], folder, {}).files).toEqual({});
  });

  it('the usual file goes with its override', () => {
    expect(() => usualFiles(folder)).toThrow('there is no compose.yaml');
    put('docker-compose.yml', '');
    put('compose.override.yaml', '');
    expect(usualFiles(folder)).toEqual(['docker-compose.yml', 'compose.override.yaml']);
  });
});

describe('the server', () => {
  const find = (flags: object, env: object = {}) => findServer(flags, { env: { HOME: folder, ...env }, cwd: folder });

  it('is the one of the flags, then of BERTH_URL, then of the profile, then the socket on this host', async () => {
    put('.config/berth/profiles.json', JSON.stringify({ profiles: { prod: { url: 'https://prod', token: 'p' } } }));
    put('data/berth.sock', '');
    const env = { BERTH_URL: 'https://env/', BERTH_TOKEN: 't' };
    expect(await find({ url: 'unix:///run/x.sock' }, env)).toEqual({ kind: 'socket', path: '/run/x.sock' });
    expect(await find({}, env)).toEqual({ kind: 'url', url: 'https://env', token: 't' });
    expect(await find({ profile: 'prod' }, { BERTH_URL: 'http://env' })).toMatchObject({
      url: 'https://prod',
      token: 'p',
    });
    expect(await find({}, { BERTH_PROFILE: 'prod' })).toMatchObject({ url: 'https://prod' });
    expect(await find({})).toEqual({ kind: 'socket', path: path.join(folder, 'data/berth.sock') });
  });

  it('gets the token that belongs to it, and none over an open network', async () => {
    put('.config/berth/profiles.json', JSON.stringify({ profiles: { prod: { url: 'https://prod', token: 'p' } } }));
    const env = { BERTH_URL: 'https://env', BERTH_TOKEN: 't' };
    expect(await find({ url: 'https://other' }, env)).toMatchObject({ token: undefined });
    expect(await find({ profile: 'prod' }, env)).toMatchObject({ token: 'p' });
    expect(await find({ profile: 'prod', token: 'mine' }, env)).toMatchObject({ token: 'mine' });
    await expect(find({ url: 'http://other', token: 'x' })).rejects.toThrow('unencrypted');
    for (const url of ['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080']) {
      expect(await find({ url, token: 'x' })).toMatchObject({ token: 'x' });
    }
  });

  it('is not a socket that another user put there', async () => {
    put('data/berth.sock', '');
    vi.spyOn(process, 'getuid').mockReturnValue(4242);
    const isRoots = statSync(path.join(folder, 'data/berth.sock')).uid === 0;
    if (isRoots) chownSync(path.join(folder, 'data/berth.sock'), 1234, 1234);
    await expect(find({})).rejects.toThrow('belongs to another user');
    vi.restoreAllMocks();
  });

  it('is refused where its address is none, and where nothing is found', async () => {
    await expect(find({ url: 'localhost:8080' })).rejects.toThrow('write http://, https:// or unix://');
    await expect(find({ profile: 'x' })).rejects.toThrow('berth login x URL');
    put('.config/berth/profiles.json', '{');
    await expect(find({ profile: 'x' })).rejects.toThrow('correct or remove it');
  });
});

describe('what is written', () => {
  it('aligns columns, and gives JSON, YAML and names to programs', () => {
    expect(
      table([
        ['A', 'LONG', 'C'],
        ['xxx', 'y', ''],
      ]),
    ).toBe('A     LONG   C\nxxx   y\n');
    const result = { data: [{ name: 'a' }], columns: ['NAME'], rows: [['a']], names: ['a'] };
    expect(formatted('json', result)).toBe('[\n  {\n    "name": "a"\n  }\n]\n');
    expect(formatted('yaml', result)).toBe('- name: a\n');
    expect(formatted('name', result)).toBe('a\n');
  });

  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [7_200, '2h'],
    [200_000, '2d'],
  ])('an age of %d seconds is %s', (seconds, text) => {
    expect(age('2026-01-01T00:00:00Z', new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000))).toBe(text);
  });

  it.each([
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1KiB'],
    [13_107_200, '12.5MiB'],
  ])('%d bytes are %s', (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it('a plan lists steps, interruptions and obstacles; without an engine it says so', () => {
    const plan = {
      actions: [{ container: 'web', action: 'start', target: 'web (new)', reason: 'declared' }],
      interrupted: [{ container: 'db', reason: 'replaced' }],
      obstacles: [{ container: 'web', condition: 'PortsBound', reason: 'HostPortInUse', message: '80 is taken' }],
      changes: [],
    } as const;
    expect(planText(plan)).toBe(
      '  start web: web (new)  (declared)\n  interrupts db: replaced\n  web will not be ready: 80 is taken\n',
    );
    expect(planText(undefined)).toContain('The engine is not reachable');
  });
});

describe('the commands', () => {
  function programOf() {
    let out = '';
    const context: Context = {
      ...{ env: {}, cwd: folder, isInteractive: false, signal: new AbortController().signal },
      out: (text) => {
        out += text;
      },
      err: (text) => {
        out += text;
      },
      read: async () => '',
      readHidden: async () => '',
      confirm: async () => false,
    };
    return { program: createProgram(context), written: () => out };
  }

  it.each(['bash', 'zsh', 'fish'])('have completions for %s with each of them', async (shell) => {
    const { program, written } = programOf();
    await program.parseAsync(['completion', shell], { from: 'user' });
    for (const command of program.commands) expect(written()).toContain(command.name());
  });

  it('suggest the one that was meant', async () => {
    const { program, written } = programOf();
    await expect(program.parseAsync(['aply'], { from: 'user' })).rejects.toThrow(CommanderError);
    expect(written()).toContain('Did you mean apply?');
  });

  it('each have a description', () => {
    for (const command of programOf().program.commands) expect(command.description()).not.toBe('');
  });
});
