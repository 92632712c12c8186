/** Private registries: Debian's docker-registry with passwords and with tokens, through the API and through a config.json. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registryMissing } from '../../scripts/registry.mjs';
import { condition, declaring, unique } from './declaring.js';
import {
  push,
  type RegistryServer,
  setPassword,
  startRegistry,
  startTokenServer,
  type TokenServer,
} from './registry-server.js';
import { docker, IS_PODMAN, type TestBerth, testBerth } from './support.js';

const missing = registryMissing();
const reason = IS_PODMAN ? 'Podman pulls without TLS only from registries of its own configuration' : missing;

describe.skipIf(reason !== undefined)(`a private registry${reason === undefined ? '' : ` (${reason})`}`, () => {
  const home = mkdtempSync(path.join(tmpdir(), 'berth-docker-config-'));
  const dockerConfig = path.join(home, 'config.json');
  const logged: string[] = [];
  let t: TestBerth;
  let registry: RegistryServer;
  let tokens: TokenServer;
  let tokenRegistry: RegistryServer;
  let [image, tokenImage] = ['', ''];
  beforeAll(async () => {
    registry = await startRegistry((folder) => `{htpasswd: {realm: test, path: ${folder}/htpasswd}}`);
    tokens = await startTokenServer();
    tokenRegistry = await startRegistry(tokens.auth);
    image = await push('training/webapp', registry, { username: 'ci', password: 'right-one' });
    tokens.accepted.add('pushing');
    tokenImage = await push('training/webapp', tokenRegistry, { username: 'ci', password: 'pushing' });
    writeFileSync(dockerConfig, '{}');
    const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
    const policy = { images: { registries: ['any', registry.host, tokenRegistry.host] } };
    t = await testBerth({ dockerConfig, log, policy });
  });
  afterAll(async () => {
    await t.stop();
    await Promise.all([registry.stop(), tokenRegistry.stop()]);
    await tokens.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const { get, because, ready, change } = declaring(() => t);

  /** Declares a container of the image, which is not on the engine. */
  async function declare(from: string, more: object = {}): Promise<string> {
    const name = unique('private');
    const body = { name, image: from, pullPolicy: 'always', stopTimeoutSeconds: 1, ...more };
    const answer = await t.http.post('/v1/containers').send(body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return name;
  }
  const put = ({ host }: RegistryServer, body: object) => t.http.put(`/v1/registries/${host}`).send(body);
  const messageOf = async (name: string) => condition(await get(name), 'ImageAvailable')?.message ?? '';
  const forget = async (name: string, from: string) => {
    await t.http.delete(`/v1/containers/${name}?wait=60`);
    await docker.getImage(from).remove({ force: true });
  };

  it('with passwords: none, a wrong one, the right one at once, and a rotated one', async () => {
    const name = await declare(image);
    await because(name, 'ImageAvailable', 'PullFailed');
    expect(await messageOf(name)).toContain(
      `pulled without credentials, since there are none for ${registry.host}; set them with PUT /v1/registries/${registry.host}`,
    );
    await put(registry, { username: 'ci', password: 'wrong-canary' }).expect(201);
    await expect
      .poll(() => messageOf(name), { timeout: 60_000 })
      .toContain(`the credentials of ci for ${registry.host}`);
    await put(registry, { username: 'ci', password: 'right-one' }).expect(200);
    await ready(name);
    setPassword(registry, 'right-two');
    await change(name, { env: { CHANGED: 'yes' } });
    await because(name, 'ImageAvailable', 'PullFailed');
    expect((await get(name)).status.container?.state, 'keeps the current container').toBe('running');
    await put(registry, { username: 'ci', password: 'right-two' }).expect(200);
    await ready(name, (view) => view.status.observedGeneration === 2);
    await forget(name, image);
  });

  it('through POST /v1/images/pull, whose refusal names the credentials as well', async () => {
    await put(registry, { username: 'ci', password: 'wrong-canary' }).expect(200);
    const refused = await t.http.post('/v1/images/pull').send({ image });
    expect([refused.status, refused.body.code]).toEqual([404, 'image-not-found']);
    expect(refused.body.detail).toContain(`the credentials of ci for ${registry.host}`);
    await put(registry, { username: 'ci', password: 'right-two' }).expect(200);
    await t.http.post('/v1/images/pull').send({ image }).expect(200);
    await docker.getImage(image).remove();
  });

  it('with tokens: a password and a refresh token for them, and each after it has expired', async () => {
    const name = await declare(tokenImage);
    await because(name, 'ImageAvailable', 'PullFailed');
    tokens.accepted.add('password-canary').add('refresh-canary');
    await put(tokenRegistry, { username: 'ci', password: 'password-canary' }).expect(201);
    await ready(name);
    tokens.accepted.delete('password-canary');
    await change(name, { env: { CHANGED: 'yes' } });
    await because(name, 'ImageAvailable', 'PullFailed');
    expect(await messageOf(name)).toContain(`the credentials of ci for ${tokenRegistry.host}`);
    await put(tokenRegistry, { identityToken: 'refresh-canary' }).expect(200);
    await ready(name, (view) => view.status.observedGeneration === 2);
    tokens.accepted.delete('refresh-canary');
    await change(name, { env: { CHANGED: 'again' } });
    await because(name, 'ImageAvailable', 'PullFailed');
    expect(await messageOf(name)).toContain(`the identity token for ${tokenRegistry.host}`);
    await forget(name, tokenImage);
  });

  it('with the credentials of a config.json, unless others are stored; a helper that is missing is named', async () => {
    await t.http.delete(`/v1/registries/${registry.host}`).expect(204);
    writeFileSync(dockerConfig, JSON.stringify({ credHelpers: { [registry.host]: 'berth-test-missing' } }));
    const name = await declare(image);
    await because(name, 'ImageAvailable', 'PullFailed');
    expect(await messageOf(name)).toContain('docker-credential-berth-test-missing is not installed where Berth runs');
    const auth = Buffer.from('ci:right-two').toString('base64');
    writeFileSync(dockerConfig, JSON.stringify({ auths: { [`http://${registry.host}`]: { auth } } }));
    await ready(name);
    await forget(name, image);
  });

  it('leaves no password in the log or in an event', async () => {
    const events = JSON.stringify((await t.http.get('/v1/events?limit=500')).body);
    for (const secret of ['wrong-canary', 'right-two', 'password-canary', 'refresh-canary']) {
      expect(events).not.toContain(secret);
      expect(logged.filter((line) => line.includes(secret))).toEqual([]);
    }
    expect(logged.some((line) => line.includes('"operation":"pull"'))).toBe(true);
  });
});
