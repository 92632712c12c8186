/** What is allowed reaches the engine as what it is; what every container has; and that what is refused is not taken over. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { note } from '../notes.js';
import { condition, declaring, unique } from './declaring.js';
import { docker, IS_PODMAN, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
let shared: string;
beforeAll(async () => {
  // Not below /tmp: an engine that runs as a service may have one of its own.
  shared = mkdtempSync('/var/tmp/berth-shared-');
  note('folder', shared);
  writeFileSync(path.join(shared, 'greeting'), 'hello from the host');
  t = await testBerth({ policy: { publish: 'loopback', hostPaths: [shared] } });
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
  rmSync(shared, { recursive: true, force: true });
});
const { declare } = declaring(() => t);

it('a path of the host that is listed is mounted, read-only if asked for, and every container is hardened', async () => {
  const name = unique('shared');
  const volumes = [{ volume: shared, target: '/shared', readOnly: true }];
  const view = await declare({ name, image: 'training/webapp', command: ['python', 'app.py'], volumes });
  expect(await inside(name, 'cat', '/shared/greeting')).toBe('hello from the host');
  const { Mounts, HostConfig } = await docker.getContainer(name).inspect();
  expect(Mounts).toMatchObject([{ Type: 'bind', Source: shared, Destination: '/shared', RW: false }]);
  expect(HostConfig).toMatchObject({ Privileged: false, PidsLimit: 4096 });
  const rotated = { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } };
  if (!IS_PODMAN) expect(HostConfig.LogConfig).toEqual(rotated);
  expect(HostConfig.SecurityOpt?.join()).toContain('no-new-privileges');
  expect(condition(view, 'Exposed')).toMatchObject({ status: 'False', reason: 'NothingPublished' });
});

it('a container that publishes what may not be is not taken over, and one that heeds the policy is', async () => {
  for (const [hostIp, status] of [
    ['', 403],
    ['127.0.0.1', 201],
  ] as const) {
    const name = unique('taken');
    const container = await docker.createContainer({
      ...{ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN }, Cmd: ['python', 'app.py'] },
      HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: hostIp, HostPort: '' }] } },
    });
    await container.start();
    const answer = await t.http.post('/v1/adopt').send({ container: name });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    if (status !== 403) continue;
    expect(answer.body).toMatchObject({ code: 'policy-denied', errors: [{ pointer: '/container' }] });
    expect(answer.body.errors[0].message).toMatch(/^\/ports\/0: publishes on all interfaces/);
    expect((await t.http.get(`/v1/containers/${name}`)).status).toBe(404);
  }
});
