/** The `berth` command as people use it: in a real pseudo-terminal, and in scripts. */

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliIn } from './cli-terminal.js';
import { type Server, Servers } from './servers.js';

let servers: Servers;
let server: Server;
let folder: string;
let berth: ReturnType<typeof cliIn>['berth'];
let typed: ReturnType<typeof cliIn>['typed'];
beforeAll(async () => {
  servers = new Servers();
  server = await servers.start({ auth: 'on' });
  folder = mkdtempSync(path.join(tmpdir(), 'berth-cli-'));
  ({ berth, typed } = cliIn(folder, servers.dataDir));
});
afterAll(async () => {
  await servers.end();
  rmSync(folder, { recursive: true, force: true });
});

const unique = (what: string): string => `${what}-${randomBytes(3).toString('hex')}`;

describe('a change', () => {
  it('without a terminal and without --yes changes nothing, and ends with 2', async () => {
    const name = unique('cli-asked');
    const run = ['run', '-d', '--name', name, 'training/webapp', 'python', 'app.py'];
    const refused = await berth(run);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(`create ${name}`);
    expect(refused.err).toContain('run this on a terminal, or with --yes');
    expect((await berth(['get', '-o', 'name'])).out.split('\n')).not.toContain(name);
  });

  it('with --yes returns once the container is ready, and again when it is gone', async () => {
    const name = unique('cli-run');
    const made = await berth(['run', '--yes', '-d', '--name', name, '-p', '127.0.0.1::5000', 'training/webapp']);
    expect(made, made.err).toMatchObject({ code: 0, out: `${name}\n` });
    expect((await berth(['get', name, '-o', 'json'])).out).toContain('"ready": true');
    expect((await berth(['port', name])).out).toMatch(/^5000\/tcp -> 127\.0\.0\.1:\d+\n$/);
    expect((await berth(['port', name, '5000'])).out).toMatch(/^127\.0\.0\.1:\d+\n$/);
    expect((await berth(['logs', name])).out).toContain('Running on');
    expect(await berth(['exec', name, 'sh', '-c', 'echo in; echo on >&2; exit 3'])).toEqual({
      ...{ code: 3, out: 'in\n', err: 'on\n' },
    });
    expect((await berth(['check', name])).code).toBe(0);
    expect((await berth(['stop', '-y', name])).code).toBe(0);
    expect((await berth(['get', name])).out).toMatch(/^state\s+stopped$/m);
    expect((await berth(['rm', '-y', name])).out).toBe(`${name} removed\n`);
    expect(await berth(['get', name])).toMatchObject({ code: 1, out: '' });
  });

  it('asks on a terminal: n changes nothing, y carries it out', async () => {
    const name = unique('cli-typed');
    const refused = await typed(`run -d --name ${name} training/webapp`, [['[y/N]', 'n\n']]);
    expect(refused.code).toBe(2);
    expect(refused.out).toContain(`create ${name}`);
    expect(refused.out).toContain('Carry this out? [y/N]');
    expect((await berth(['get', name])).code).toBe(1);
    const made = await typed(`run -d --name ${name} training/webapp`, [['[y/N]', 'y\n']]);
    expect(made.code, made.out).toBe(0);
    expect((await berth(['get', name])).code).toBe(0);
    await berth(['rm', '-y', name]);
  });

  it('that is not supported is refused as a whole, and --force declares the rest', async () => {
    const name = unique('cli-left');
    const line = `docker run -d --name ${name} --cgroup-parent=/x training/webapp`;
    const refused = await berth(['run', '-y', line]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--cgroup-parent');
    expect((await berth(['run', '-y', '--force', line])).code).toBe(0);
    await berth(['rm', '-y', name]);
  });
});

describe('a Compose project', () => {
  it('comes up with the files that it names, has nothing to do after that, and goes down', async () => {
    const project = unique('cli-shop');
    const place = path.join(folder, project);
    mkdirSync(place);
    writeFileSync(path.join(place, 'db.env'), 'PROVIDER=file\n');
    writeFileSync(path.join(place, '.env'), 'COMMAND=app.py\n');
    const services = `  web:\n    image: training/webapp\n    command: python $COMMAND\n    env_file: db.env\n`;
    const file = path.join(place, 'compose.yaml');
    writeFileSync(file, `services:\n${services}`);
    expect(await berth(['up', file, '--dry-run'])).toMatchObject({ code: 2 });
    expect(await berth(['up', file, '-y'])).toMatchObject({ code: 0, out: `${project} is up\n` });
    const [web] = JSON.parse((await berth(['get', '-s', project, '-o', 'json'])).out);
    expect(web).toMatchObject({ name: `${project}-web`, env: { PROVIDER: 'file' }, command: ['python', 'app.py'] });
    expect(await berth(['up', file, '-y'])).toMatchObject({ code: 0, out: 'nothing to do\n' });
    expect((await berth(['export', '-s', project])).out).toContain('image: training/webapp');
    expect(await berth(['down', '-y', project])).toMatchObject({ code: 0, out: `${project} removed\n` });
    expect((await berth(['get', '-s', project, '-o', 'name'])).out).toBe('');
  });
});

describe('a set of definitions in a file', () => {
  it('is planned, applied and planned again; the exit code says whether changes are pending', async () => {
    const name = unique('cli-set');
    const file = path.join(folder, `${name}.yaml`);
    writeFileSync(file, `set: ${name}\ncontainers:\n  - name: ${name}\n    image: training/webapp\n`);
    expect(await berth(['plan', '-f', file])).toMatchObject({ code: 2 });
    expect(await berth(['apply', '-f', file, '-y'])).toMatchObject({ code: 0 });
    expect(await berth(['diff', '-f', file])).toMatchObject({ code: 0, out: 'nothing to do\n' });
    expect(await berth(['down', name, '-y'])).toMatchObject({ code: 0 });
  });
});

describe('a server', () => {
  it('elsewhere is reached by URL and token, or by a profile that login stored', async () => {
    const token = servers.token();
    expect(await berth(['get'], { BERTH_URL: server.url })).toMatchObject({ code: 1 });
    expect(await berth(['get'], { BERTH_URL: server.url, BERTH_TOKEN: token })).toMatchObject({ code: 0 });
    writeFileSync(path.join(folder, 'token'), token);
    const signedIn = await berth(['login', 'prod', server.url, '--token-file', 'token']);
    expect(signedIn, signedIn.err).toMatchObject({ code: 0 });
    const profiles = path.join(folder, '.config/berth/profiles.json');
    expect(statSync(profiles).mode & 0o777).toBe(0o600);
    expect(await berth(['get', '--profile', 'prod'])).toMatchObject({ code: 0 });
    expect((await berth(['get', '--profile', 'none'])).err).toContain('berth login none URL');
  });

  it('gives a backup that it accepts again', async () => {
    expect(await berth(['backup', 'night.sqlite'])).toMatchObject({ code: 0, out: 'night.sqlite\n' });
    expect((await berth(['restore', 'night.sqlite', '--dry-run'])).out).toContain('(dry run)');
    expect((await berth(['backup', 'night.sqlite'])).code).toBe(1);
  });

  it('that is not there is reported with what to do', async () => {
    const none = await berth(['get'], { BERTH_DATA_DIR: folder });
    expect(none.code).toBe(1);
    expect(none.err).toContain('start one with "berth serve", or set BERTH_URL and BERTH_TOKEN');
  });
});
