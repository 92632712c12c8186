/** Definitions on the host's network, and on none: the ports that they claim, and what they can't have. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultsOf, type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth({ policy: { hostNamespaces: ['network'] } });
});
afterAll(() => berth.stop());

const at = (name: string) => `/v1/containers/${name}`;
const claims = async (name: string): Promise<readonly string[]> =>
  (await berth.get('/v1/ports')).items
    .filter(({ container }: Json) => container === name)
    .map(({ hostPort, protocol, origin, bound }: Json) => `${hostPort}/${protocol} ${origin} ${bound}`);

it('claims each exposed port of a container on the host network, and releases it with the field', async () => {
  await berth.declare({ name: 'hosted', image: 'x', network: 'host', expose: ['8080-8081', '53/udp'] });
  expect(await claims('hosted')).toEqual(['53/udp fixed false', '8080/tcp fixed false', '8081/tcp fixed false']);
  const { status } = await berth.get(at('hosted'));
  const reasons = Object.fromEntries(status.conditions.map(({ type, reason }: Json) => [type, reason]));
  expect(reasons).toMatchObject({ PortsBound: 'HostNetwork', Exposed: 'HostNetwork' });
  await berth.send('PATCH', at('hosted'), { body: { expose: ['8080'] } });
  expect(await claims('hosted')).toEqual(['8080/tcp fixed false']);
  await berth.send('PATCH', at('hosted'), { body: { network: 'bridge' } });
  expect(await claims('hosted')).toEqual([]);
  await berth.send('DELETE', at('hosted'));
});

it('refuses the same port to others, whichever comes first', async () => {
  await berth.declare({ name: 'first', image: 'x', network: 'host', expose: ['8090'] });
  const published = { name: 'second', image: 'x', ports: ['127.0.0.1:8090:80'] };
  const other = await berth.refuse('port-claimed', 'POST', '/v1/containers', { body: published });
  expect(faultsOf(other)).toEqual([
    expect.stringMatching(/^\/ports\/0 8090\/tcp is claimed by first on all addresses/),
  ]);
  await berth.declare({ ...published, ports: ['127.0.0.1:8091:80'] });
  const expose = await berth.refuse('port-claimed', 'PATCH', at('first'), { body: { expose: ['8090', '8091'] } });
  expect(faultsOf(expose)).toEqual([expect.stringMatching(/^\/expose\/1 8091\/tcp is claimed by second/)]);
  expect(await claims('first')).toEqual(['8090/tcp fixed false']);
});

it('swaps the port with another definition in one apply', async () => {
  const containers = [
    { name: 'first', image: 'x', network: 'host', expose: ['8091'] },
    { name: 'second', image: 'x', ports: ['127.0.0.1:8090:80'] },
  ];
  const { status, body } = await berth.send('POST', '/v1/apply', { body: { containers } });
  expect([status, await claims('first')], JSON.stringify(body)).toEqual([200, ['8091/tcp fixed false']]);
});

it.each([
  ['host', ['/links', '/ports', '/publishAll']],
  ['none', ['/links', '/ports', '/publishAll']],
])('refuses what a container on the network %s cannot have', async (network, pointers) => {
  const body = { name: 'wrong', image: 'x', network, ports: ['80:80'], publishAll: true, links: ['first'] };
  const problem = await berth.refuse('invalid-definition', 'POST', '/v1/containers', { body });
  expect(problem.errors?.map(({ pointer }) => pointer).toSorted()).toEqual(pointers);
});

it('imports a line and a file without the ports that Docker discards, and exports the mode', async () => {
  const command = 'docker run -d --name lined --network host -p 80:80 nginx';
  const line = await berth.send('POST', '/v1/import/docker-run?apply=true', { body: { command } });
  expect([line.status, line.body.unsupported.map(({ at: flag, effect }: Json) => `${flag} ${effect}`)]).toEqual([
    ...[201, ['-p ignored']],
  ]);
  const compose = 'name: made\nservices:\n  alone:\n    image: nginx\n    network_mode: none\n    ports: ["80"]\n';
  const file = await berth.send('POST', '/v1/import/compose?apply=true', { body: { compose } });
  expect([file.status, (await berth.get(at('made-alone'))).network]).toEqual([200, 'none']);
  for (const [name, mode] of [
    ['lined', 'host'],
    ['made-alone', 'none'],
  ]) {
    const headers = { accept: 'application/json' };
    const { body } = await berth.send('GET', `/v1/export/compose?name=${name}`, { headers });
    expect(Object.values(body.services)).toMatchObject([{ network_mode: mode }]);
  }
});

it('needs the policy also where it is reached over the network of another container', async () => {
  const own = await testBerth({ policy: { hostNamespaces: ['network'] } });
  try {
    await own.declare({ name: 'hosted', image: 'x', network: 'host' });
    await own.declare({ name: 'beside', image: 'x', network: 'container:hosted' });
    writeFileSync(path.join(own.dataDir, 'policy.json'), '{}');
    await own.send('POST', '/v1/policy/reload');
    for (const owner of ['hosted', 'beside']) {
      const sidecar = { name: 'sidecar', image: 'x', network: `container:${owner}` };
      const refused = await own.refuse('policy-denied', 'POST', '/v1/containers', { body: sidecar });
      expect(faultsOf(refused)).toEqual([expect.stringContaining('/network')]);
    }
    const { violations } = await own.get('/v1/policy');
    expect(violations.map(({ container }: Json) => container).sort()).toEqual(['beside', 'hosted']);
  } finally {
    await own.stop();
  }
});
