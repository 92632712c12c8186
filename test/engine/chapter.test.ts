/**
 * The chapter on port mapping and linking, section by section, through Berth on a real engine: what it types is declared
 * over HTTP, what it prints is what Berth answers.
 */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import { eventually, IS_PODMAN, inside, psPorts, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());
afterEach(async () => {
  const { body } = await t.http.get('/v1/containers');
  for (const { name } of body.items) await t.http.delete(`/v1/containers/${name}?force=true`).expect(202);
  for (const { name } of body.items) await eventually(() => t.http.get(`/v1/containers/${name}`).expect(404));
});

/** The addresses that a port without one is bound on: Podman publishes it over IPv4 alone. */
const EVERYWHERE = IS_PODMAN ? ['0.0.0.0'] : ['0.0.0.0', '[::]'];
const everywhere = (port: number): string => EVERYWHERE.map((ip) => `${ip}:${port}->5000/tcp`).join(', ');

const WEBAPP = { image: 'training/webapp', command: ['python', 'app.py'] };

/** Declares and waits until it runs. */
async function run(body: object): Promise<ContainerView> {
  const answer = await t.http.post('/v1/containers?wait=60').send(body);
  expect(answer.status, JSON.stringify(answer.body, null, 1)).toBe(201);
  return answer.body;
}

const page = async (port: number | undefined, path = '/'): Promise<string> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return `${answer.status} ${await answer.text()}`;
};

const text = async (path: string): Promise<string> =>
  (await t.http.get(path).set('accept', 'text/plain').expect(200)).text;

describe('7.1 port mapping', () => {
  it('7.1.1 -P gives a port from 49000–49900 that serves, is logged, and stays', async () => {
    const web = await run({ ...WEBAPP, publishAll: true });
    expect(web.name).toMatch(/^[a-z]+_[a-z]+\d?$/);
    const port = web.status.ports[0]?.hostPort ?? 0;
    expect(port).toBeGreaterThanOrEqual(49_000);
    expect(port).toBeLessThanOrEqual(49_900);
    expect(await psPorts(web)).toBe(everywhere(port));
    const latest = await t.http.get('/v1/containers?latest=true').expect(200);
    expect(latest.body.items.map((one: ContainerView) => one.name)).toEqual([web.name]);

    expect(await eventually(() => page(port))).toBe('200 Hello world!');
    expect(await page(port, '/favicon.ico')).toMatch(/^404 /);
    const logs = await eventually(async () => {
      const lines = (await text(`/v1/containers/${web.name}/logs`)).split('\n');
      expect(lines.some((line) => line.includes('favicon'))).toBe(true);
      return lines;
    });
    expect(logs[0]).toBe(' * Running on http://0.0.0.0:5000/ (Press CTRL+C to quit)');
    expect(logs[1]).toMatch(/^[\d.]+ - - \[\d\d\/\w{3}\/\d{4} \d\d:\d\d:\d\d\] "GET \/ HTTP\/1.1" 200 -$/);
    expect(logs[2]).toMatch(/"GET \/favicon.ico HTTP\/1.1" 404 -$/);

    const again = await t.http.post(`/v1/containers/${web.name}/restart?wait=60`).expect(200);
    expect(again.body.status.container.startedAt).not.toBe(web.status.container?.startedAt);
    expect(again.body.status.ports[0].hostPort).toBe(port);
    expect(await eventually(() => page(port))).toBe('200 Hello world!');
  });

  it('7.1.2 -p 5000:5000 maps on every address', async () => {
    const web = await run({ ...WEBAPP, ports: ['5000:5000'] });
    expect(await psPorts(web)).toBe(everywhere(5000));
    expect(await eventually(() => page(5000))).toBe('200 Hello world!');
  });

  it('7.1.3 -p 127.0.0.1:5000:5000 maps on that address alone', async () => {
    const web = await run({ ...WEBAPP, ports: ['127.0.0.1:5000:5000'] });
    expect(await psPorts(web)).toBe('127.0.0.1:5000->5000/tcp');
    expect(await eventually(() => page(5000))).toBe('200 Hello world!');
    await expect(fetch('http://127.0.0.2:5000/')).rejects.toThrow();
  });

  it('7.1.4 -p 127.0.0.1::5000 picks a port and keeps it over a replacement', async () => {
    const web = await run({ ...WEBAPP, ports: ['127.0.0.1::5000'] });
    const port = web.status.ports[0]?.hostPort;
    expect(await psPorts(web)).toBe(`127.0.0.1:${port}->5000/tcp`);
    expect(await eventually(() => page(port))).toBe('200 Hello world!');
    const changed = await t.http.patch(`/v1/containers/${web.name}?wait=60`).send({ env: { PROVIDER: 'Berth' } });
    expect(changed.status).toBe(200);
    expect(changed.body.status.container.id).not.toBe(web.status.container?.id);
    expect(changed.body.status.ports[0].hostPort).toBe(port);
    expect(await eventually(() => page(port))).toBe('200 Hello Berth!');
  });

  it('7.1.4 -p 127.0.0.1:5000:5000/udp carries a datagram there and back', async () => {
    const echo = await run({ image: 'udp-echo', ports: ['127.0.0.1:5000:5000/udp'] });
    expect(await psPorts(echo)).toBe('127.0.0.1:5000->5000/udp');
    const answer = await eventually(async () => {
      const socket = createSocket('udp4');
      try {
        socket.send('a packet from UDP', 5000, '127.0.0.1');
        const [message] = await once(socket, 'message', { signal: AbortSignal.timeout(1000) });
        return String(message);
      } finally {
        socket.close();
      }
    });
    expect(answer).toBe('a packet from UDP');
    await eventually(async () => expect(await text(`/v1/containers/${echo.name}/logs`)).toContain('a packet from UDP'));
  });

  it('7.1.5 docker port in its three forms, and inspect', async () => {
    const web = await run({ ...WEBAPP, name: 'web', ports: ['5000:5000'] });
    const lines = EVERYWHERE.map((ip) => `${ip}:5000\n`).join('');
    expect(await text('/v1/containers/web/ports')).toBe(EVERYWHERE.map((ip) => `5000/tcp -> ${ip}:5000\n`).join(''));
    expect(await text('/v1/containers/web/ports/5000')).toBe(lines);
    expect(await text('/v1/containers/web/ports/5000/tcp')).toBe(lines);
    const json = await t.http.get('/v1/containers/web/ports').expect(200);
    expect(json.body.items).toEqual(web.status.ports);
    const none = await t.http.get('/v1/containers/web/ports/81').expect(404);
    expect(none.body).toMatchObject({ code: 'port-not-published' });
    expect(none.body.detail).toContain("Error: No public port '81' published for web");
    const { body } = await t.http.get('/v1/containers/web/inspect').expect(200);
    expect(body).toMatchObject({
      Id: web.status.container?.id,
      Name: '/web',
      Path: 'python',
      Args: ['app.py'],
      Config: {
        Image: expect.stringContaining('training/webapp'),
        WorkingDir: '/opt/webapp',
        ExposedPorts: { '5000/tcp': {} },
      },
      HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '', HostPort: '5000' }] } },
      NetworkSettings: {
        Ports: {
          '5000/tcp': IS_PODMAN
            ? [{ HostIp: '', HostPort: '5000' }]
            : [
                { HostIp: '0.0.0.0', HostPort: '5000' },
                { HostIp: '::', HostPort: '5000' },
              ],
        },
      },
    });
  });
});

describe('7.2 links', () => {
  it('7.2.1 a container has the name that it is given, or one like elated_cohen', async () => {
    const named = await run({ ...WEBAPP, name: 'web' });
    const unnamed = await run(WEBAPP);
    expect(named.status.container?.names).toEqual(['web']);
    expect(unnamed.name).toMatch(/^[a-z]+_[a-z]+\d?$/);
    const { body } = await t.http.get(`/v1/containers/${unnamed.name}/inspect`).expect(200);
    expect(body.Name).toBe(`/${unnamed.name}`);
  });

  it.skipIf(IS_PODMAN)('7.2.2 --link db:db: two names, the variables, the hosts, and db answers web', async () => {
    const db = await run({ name: 'db', image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'my-secret-pw' } });
    expect(await psPorts(db)).toBe('3306/tcp, 33060/tcp');
    const web = await run({ ...WEBAPP, name: 'web', publishAll: true, links: ['db:db'] });

    const linked = await eventually(async () => {
      const { body } = await t.http.get('/v1/containers/db').expect(200);
      expect(body.status.container.names.join(',')).toBe('db,web/db');
      return body;
    });
    const { id: dbId, ipAddress: address } = linked.status.container;
    // Without links on the default bridge, a source moves for its first recipient.
    if (linked.status.runsOn === undefined) expect(dbId).toBe(db.status.container?.id);
    expect(linked.status.linkedBy).toEqual([{ container: 'web', alias: 'db' }]);
    expect(web.status.links).toEqual([{ container: 'db', alias: 'db', address, envPrefix: 'DB' }]);

    const env = await text('/v1/containers/web/env');
    expect(env.split('\n')).toEqual([
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      `HOSTNAME=${web.status.container?.id.slice(0, 12)}`,
      `DB_PORT=tcp://${address}:3306`,
      `DB_PORT_3306_TCP=tcp://${address}:3306`,
      `DB_PORT_3306_TCP_ADDR=${address}`,
      'DB_PORT_3306_TCP_PORT=3306',
      'DB_PORT_3306_TCP_PROTO=tcp',
      `DB_PORT_33060_TCP=tcp://${address}:33060`,
      `DB_PORT_33060_TCP_ADDR=${address}`,
      'DB_PORT_33060_TCP_PORT=33060',
      'DB_PORT_33060_TCP_PROTO=tcp',
      'DB_NAME=/web/db',
      'DB_ENV_MYSQL_ROOT_PASSWORD=my-secret-pw',
      'DB_ENV_GOSU_VERSION=1.12',
      'DB_ENV_MYSQL_MAJOR=8.0',
      'DB_ENV_MYSQL_VERSION=8.0.27-1debian10',
      'HOME=/root',
      '',
    ]);
    expect((await inside('web', 'env')).split('\n').sort()).toEqual(env.split('\n').sort());

    const hosts = await text('/v1/containers/web/hosts');
    const id = dbId.slice(0, 12);
    expect(hosts).toContain(`${address}\tdb ${id}\n`);
    expect(hosts.trimEnd().split('\n').at(-1)).toBe(
      `${web.status.container?.ipAddress}\t${web.status.container?.id.slice(0, 12)}`,
    );
    expect(await inside('web', 'cat', '/etc/hosts')).toBe(hosts);

    expect(await inside('web', 'ping', '-c', '3', 'db')).toContain(
      '3 packets transmitted, 3 packets received, 0% packet loss',
    );
    expect(await inside('web', 'nc', 'db', '3306')).not.toBe('');
    expect(await text('/v1/containers/db/ports')).toBe('');
    const onHost = await t.http.get('/v1/ports').expect(200);
    expect(onHost.body.items.filter((claim: { container: string }) => claim.container === 'db')).toEqual([]);
  });
});
