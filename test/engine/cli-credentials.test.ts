/** `berth secret`, `berth registry` and `berth import`, in scripts and in a pseudo-terminal. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliIn } from './cli-terminal.js';
import { Servers } from './servers.js';

let servers: Servers;
let folder: string;
let berth: ReturnType<typeof cliIn>['berth'];
let typed: ReturnType<typeof cliIn>['typed'];
beforeAll(async () => {
  servers = new Servers();
  await servers.start({ auth: 'on' });
  folder = mkdtempSync(path.join(tmpdir(), 'berth-cli-'));
  ({ berth, typed } = cliIn(folder, servers.dataDir));
});
afterAll(async () => {
  await servers.end();
  rmSync(folder, { recursive: true, force: true });
});

const unique = (what: string): string => `${what}-${randomBytes(3).toString('hex')}`;

describe('berth secret', () => {
  it('replaces the containers that use a secret only with --yes or after a question', async () => {
    const [secret, name] = [unique('cli-secret'), unique('cli-user')];
    const set = (input: string, ...flags: string[]) => berth(['secret', 'set', secret, ...flags], {}, input);
    expect(await set('one', '--yes')).toMatchObject({ code: 0, out: `${secret} stored\n` });
    expect(await set('one')).toMatchObject({ code: 0, out: 'nothing to do\n' });
    const file = path.join(folder, 'set.json');
    const user = { name, image: 'training/webapp', secretEnv: { PROVIDER: secret } };
    writeFileSync(file, JSON.stringify({ set: name, containers: [user] }));
    const declared = await berth(['apply', '-f', file, '-y']);
    expect(declared, declared.err).toMatchObject({ code: 0 });

    const pending = await set('two');
    expect(pending).toMatchObject({ code: 2, out: '' });
    expect(pending.err).toContain(name);
    expect((await set('two', '--dry-run')).code).toBe(2);
    expect((await berth(['secret'])).out).toMatch(new RegExp(`^${secret} +1 +${name} +Stored$`, 'm'));

    const value = unique('hidden');
    const answered = await typed(`secret set ${secret}`, [
      ['Value: ', `${value}\n`],
      ['[y/N]', 'y\n'],
    ]);
    expect(answered, answered.out).toMatchObject({ code: 0 });
    expect(answered.out).not.toContain(value);
    const listed = JSON.parse((await berth(['secret', '-o', 'json'])).out);
    expect(listed.find((one: { name: string }) => one.name === secret)).toMatchObject({ version: 2 });
    expect((await berth(['secret', 'rm', secret])).code).toBe(1);
    await berth(['rm', '-y', name]);
    expect(await berth(['secret', 'rm', secret])).toMatchObject({ code: 0, out: `${secret} removed\n` });
  });

  it('refuses wrong usage with exit code 1', async () => {
    expect((await berth(['secret', 'set'])).err).toContain('needs a name');
    expect(await berth(['secret', 'show', 'x'])).toMatchObject({ code: 1 });
    expect(await berth(['secret', 'set', 'x', '-y', '--file', 'missing'])).toMatchObject({ code: 1 });
  });
});

describe('berth registry', () => {
  it('stores credentials from the standard input or a hidden line, lists them without, and removes them', async () => {
    const host = `${unique('reg')}.example.com`;
    const stored = await berth(['registry', 'login', host, '-u', 'ci'], {}, 'secret-of-ci\n');
    expect(stored, stored.err).toMatchObject({ code: 0, out: `credentials of ${host} stored\n` });
    const listed = await berth(['registry']);
    expect(listed.out).toMatch(new RegExp(`^${host} +ci +Stored$`, 'm'));
    expect(listed.out).not.toContain('secret-of-ci');
    const value = unique('token');
    const answered = await typed(`registry login ${host}`, [['Password or token: ', `${value}\n`]]);
    expect(answered, answered.out).toMatchObject({ code: 0 });
    expect(answered.out).not.toContain(value);
    expect((await berth(['registry', 'logout', host])).code).toBe(0);
    expect((await berth(['registry', 'logout', host])).code).toBe(1);
    expect((await berth(['registry', '-o', 'name'])).out).not.toContain(host);
  });
});

describe('berth import', () => {
  it('writes a set that berth apply takes, and declares nothing', async () => {
    const name = unique('cli-import');
    const read = await berth(['import', `docker run -d --name ${name} training/webapp`]);
    expect(read, read.err).toMatchObject({ code: 0 });
    expect((await berth(['get', name])).code).toBe(1);
    writeFileSync(path.join(folder, 'read.yaml'), read.out);
    expect(await berth(['apply', '-f', 'read.yaml', '-y'])).toMatchObject({ code: 0 });
    await berth(['rm', '-y', name]);
  });

  it('reads Compose files, and refuses what Berth does not support unless forced', async () => {
    writeFileSync(path.join(folder, 'compose.yaml'), 'name: shop\nservices: { web: { image: web, cgroup_parent: x } }');
    const refused = await berth(['import']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('cgroup_parent');
    const read = await berth(['import', '--force', '-o', 'json']);
    expect(JSON.parse(read.out)).toMatchObject({ set: 'shop', containers: [{ name: 'shop-web', image: 'web' }] });
    expect(read.err).toContain('cgroup_parent');
    expect((await berth(['import', '--force', '-o', 'name'])).out).toBe('shop-web\n');
  });
});
