/** Credentials of a config.json, with helpers that are real programs. */

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dockerConfigFile } from '../../../src/service/registries/docker-config.js';
import { createPullCredentials } from '../../../src/service/registries/pull-credentials.js';
import { tempDir } from '../store/support.js';

let home: string;
let file: string;
beforeEach(() => {
  home = tempDir();
  file = path.join(home, 'config.json');
});

const configured = (config: object) => writeFileSync(file, JSON.stringify(config));

/** Puts a helper into the PATH, and nothing else but the shell. */
function helper(name: string, script: string): void {
  const program = path.join(home, `docker-credential-${name}`);
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', `${home}:/bin:/usr/bin`);
}

const credentialsFor = (reference: string) =>
  createPullCredentials({
    store: { sealed: () => undefined },
    vault: { open: () => null },
    dockerConfig: dockerConfigFile(file),
    now: () => new Date(),
  })(reference);

describe('a credential helper', () => {
  it('is asked for the server, with none of our variables, and its answer is used', async () => {
    vi.stubEnv('BERTH_TOKEN', 'hidden-token');
    helper('echo', 'read -r server; printf \'{"Username":"%s %s [%s]","Secret":"s"}\' "$1" "$server" "$BERTH_TOKEN"');
    configured({ credHelpers: { 'r.example': 'echo' }, auths: { 'r.example': { username: 'no', password: 'no' } } });
    const { login, named } = await credentialsFor('r.example/x');
    expect(login).toEqual({ host: 'r.example', credentials: { username: 'get r.example []', password: 's' } });
    expect(named).toContain(
      `for r.example from docker-credential-echo (${file}): change them with PUT /v1/registries/r.example`,
    );
  });

  it.each([
    [
      'that has nothing is no fault',
      'echo "credentials not found in native keychain"; exit 1',
      /^pulled without credentials, since there are none for r\.example;/,
    ],
    [
      'that fails is named, without its words',
      'echo secret-word; echo secret-word >&2; exit 3',
      /docker-credential-h failed; set them with/,
    ],
    [
      'that prints something else is named, without its words',
      'echo secret-word',
      /docker-credential-h printed no credentials;/,
    ],
    ['that prints without an end is cut off', 'yes secret-word', /docker-credential-h printed too much;/],
  ])('%s', async (_, script, named) => {
    helper('h', script);
    configured({ credsStore: 'h' });
    const credentials = await credentialsFor('r.example/x');
    expect(credentials).toMatchObject({ login: undefined, isUnreadable: false, named: expect.stringMatching(named) });
    expect(credentials.named).not.toContain('secret-word');
  });

  it('that is not installed is named', async () => {
    helper('other', 'exit 0');
    configured({ credsStore: 'absent' });
    const { named } = await credentialsFor('r.example/x');
    expect(named).toMatch(
      /names a credential helper for r\.example, but docker-credential-absent is not installed where Berth runs;/,
    );
    expect([dockerConfigFile(file).hasHelper('absent'), dockerConfigFile(file).hasHelper('other')]).toEqual([
      false,
      true,
    ]);
  });
});

it('reads the file at each pull, and says why it cannot be read', async () => {
  expect((await credentialsFor('mysql')).named).toMatch(
    /config\.json can't be read \(ENOENT\); set them with PUT \/v1\/registries\/docker\.io/,
  );
  configured({ auths: { 'https://index.docker.io/v1/': { auth: Buffer.from('me:one').toString('base64') } } });
  const before = await credentialsFor('mysql');
  expect(before.login?.credentials).toEqual({ username: 'me', password: 'one' });
  configured({ auths: { 'docker.io': { username: 'me', password: 'two' } } });
  expect((await credentialsFor('mysql')).version).not.toBe(before.version);
  writeFileSync(file, ' '.repeat(1024 * 1024 + 1));
  expect((await credentialsFor('mysql')).named).toContain('is larger than 1 MiB');
});

it('says of a token that expires within hours when it does', async () => {
  const expiration = Math.floor(Date.now() / 1000) + 3600;
  const password = Buffer.from(JSON.stringify({ expiration })).toString('base64');
  configured({ auths: { '1.dkr.ecr.eu-west-1.amazonaws.com': { username: 'AWS', password } } });
  const { named } = await credentialsFor('1.dkr.ecr.eu-west-1.amazonaws.com/x');
  expect(named).toContain(`they expire at ${new Date(expiration * 1000).toISOString()}: passwords of Amazon ECR`);
});
