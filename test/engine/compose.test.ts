/** Compose files on the engine: ten services imported, running, exported, and brought up by Docker Compose itself. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import { composeMissing, dockerCompose } from './compose-cli.js';
import { unique } from './declaring.js';
import { docker, eventually, inside, type TestBerth, testBerth } from './support.js';

const missing = composeMissing();

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());

const project = unique('shop');
const port = 7400 + Math.floor(Math.random() * 500);

/** Ten services with what people write: anchors, variables, both forms of everything, names that differ. */
const FILE = `
name: ${project}
x-app: &app
  image: training/webapp:\${TAG:-latest}
  command: python app.py
  restart: unless-stopped
  stop_grace_period: 1s
services:
  proxy:
    <<: *app
    container_name: ${project}-proxy
    ports: ["${port}:5000", "127.0.0.1::5000"]
    depends_on: { web: { condition: service_healthy }, api: { condition: service_started } }
    networks: { default: { aliases: [front.example] } }
  web:
    <<: *app
    container_name: ${project}-web
    environment: { PROVIDER: "\${WHO}", ODD: "a $$b \\"c\\" #d", NUMBER: 0777 }
    expose: [5000]
    links: ["api:backend", "db:sql"]
    healthcheck: { test: wget -q -O /dev/null http://127.0.0.1:5000/, interval: 1s, timeout: 5s, retries: 20 }
  api: { <<: *app, container_name: ${project}-api, environment: [PROVIDER=api], depends_on: [db, cache, queue] }
  admin: { <<: *app, container_name: ${project}-admin, ports: [{ target: 5000, published: "${port + 1}-${port + 9}", host_ip: 127.0.0.1 }] }
  db:
    image: mysql
    container_name: ${project}-db
    restart: always
    stop_grace_period: 1s
    environment: &secret { MYSQL_ROOT_PASSWORD: "\${PW:?the password of the database}" }
    volumes: ["data:/var/lib/mysql", { type: volume, source: logs, target: /var/log/mysql }]
    deploy: { resources: { limits: { cpus: "0.5", pids: 200, memory: 64m } } }
  cache: { image: training/postgres, container_name: ${project}-cache, restart: always, stop_grace_period: 1s, labels: { tier: "\${TIER-back}" } }
  queue: { image: training/postgres, container_name: ${project}-queue, restart: on-failure, stop_grace_period: 1s, labels: [tier=back] }
  echo: { image: udp-echo, container_name: ${project}-echo, restart: always, stop_grace_period: 1s, ports: ["${port}:5000/udp"] }
  worker: { <<: *app, container_name: ${project}-worker, command: [sh, -c, 'sleep 1000 & wait'], environment: { <<: *secret, QUEUE: queue } }
  spare: { <<: *app, container_name: ${project}-spare, scale: 0 }
volumes: { data: , logs: { name: ${project}-logs } }
`;
const ENV = { WHO: 'imported', PW: 'my-$ecret' };

const page = async (at: number): Promise<string> => (await fetch(`http://127.0.0.1:${at}/`)).text();
const nameOf = (service: string): string => `${project}-${service}`;

async function importFile(
  compose: string,
  query: string,
): Promise<{
  readonly left: readonly unknown[];
  readonly applied: { readonly results: readonly { readonly result: string; readonly container: ContainerView }[] };
}> {
  const answer = await t.http.post(`/v1/import/compose${query}`).send({ compose, env: ENV });
  const states = answer.body.applied?.results.map(({ container }: { container: ContainerView }) => container.status);
  expect(answer.status, JSON.stringify(states ?? answer.body)).toBe(200);
  return answer.body;
}

const exported = async (): Promise<string> =>
  (await t.http.get(`/v1/export/compose?set=${project}`).set('accept', 'application/yaml').expect(200)).text;

async function removeSet(): Promise<void> {
  await t.http.post('/v1/apply?wait=60').send({ set: project, prune: true, containers: [] }).expect(200);
}

/** What is seen from outside and inside, whoever has started it. */
async function expectItServes(): Promise<void> {
  await eventually(async () => expect(await page(port)).toContain('Hello'));
  const names = ['web', 'api', 'db', 'cache', 'queue', 'echo', 'proxy', 'front.example', nameOf('db')];
  for (const name of names)
    expect(await inside(nameOf('worker'), 'ping', '-c', '1', name), name).toContain('1 packets received');
  expect(await inside(nameOf('web'), 'wget', '-qO-', 'http://backend:5000/')).toContain('api');
  expect(await inside(nameOf('web'), 'ping', '-c', '1', 'sql')).toContain('1 packets received');
  const env = (await inside(nameOf('web'), 'env')).split('\n');
  expect(env).toEqual(expect.arrayContaining(['PROVIDER=imported', 'ODD=a $b "c" #d', 'NUMBER=511']));
  expect(env.filter((line) => /^(?:BACKEND|SQL)_/.test(line))).toEqual([]);
  const { HostConfig: host, Mounts: mounts, Config: config } = await docker.getContainer(nameOf('db')).inspect();
  expect([host.Memory, host.NanoCpus, host.PidsLimit]).toEqual([64 * 2 ** 20, 5e8, 200]);
  expect(config.Env).toContain('MYSQL_ROOT_PASSWORD=my-$ecret');
  expect(mounts.map((mount) => `${mount.Name}:${mount.Destination}`).sort()).toEqual([
    `${project}-logs:/var/log/mysql`,
    `${project}_data:/var/lib/mysql`,
  ]);
  const spare = await docker.listContainers({ filters: { name: [nameOf('spare')] } });
  expect(spare).toEqual([]);
}

it('a container has the variables of the files that were sent with two Compose files', {
  timeout: 120_000,
}, async () => {
  const name = unique('files');
  const compose = [
    `name: ${name}\nservices: { web: { image: training/webapp, stop_grace_period: 1s, environment: { A: own } } }`,
    'services: { web: { extends: { file: base.yaml, service: app }, environment: [B] } }',
  ];
  const files = {
    '.env': 'B="from .env"',
    'base.yaml': 'services: { app: { restart: always, env_file: [{ path: app.env }] } }',
    'app.env': 'A=file\nC=${B}!\n',
  };
  try {
    const answer = await t.http.post('/v1/import/compose?apply=true&wait=60').send({ compose, files });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const env = (await inside(`${name}-web`, 'env')).split('\n');
    expect(env).toEqual(expect.arrayContaining(['A=own', 'B=from .env', 'C=from .env!']));
  } finally {
    await t.http.post('/v1/apply?wait=60').send({ set: name, prune: true, containers: [] }).expect(200);
  }
});

describe('a file of ten services', () => {
  afterEach(async () => {
    for (const volume of [`${project}_data`, `${project}-logs`]) {
      await docker.getVolume(volume).remove({ force: true });
    }
  });

  it.skipIf(missing !== undefined)(
    `is imported, runs, is exported, and is brought up from there by Docker Compose${missing === undefined ? '' : ` (${missing})`}`,
    { timeout: 900_000 },
    async () => {
      const { left, applied } = await importFile(FILE, '?apply=true&wait=300');
      expect(left).toEqual([]);
      expect(applied.results.map(({ result }) => result)).toEqual(Array(10).fill('created'));
      await expectItServes();
      const proxy = applied.results.find(({ container }) => container.name === nameOf('proxy'))?.container;
      const picked = proxy?.status.ports.find(({ hostIp }) => hostIp === '127.0.0.1')?.hostPort ?? 0;
      expect(await page(picked)).toContain('Hello');

      const file = await exported();
      const seen = JSON.parse(dockerCompose(file, ['config', '--format', 'json']));
      expect(Object.keys(seen.services).map(nameOf).sort()).toEqual(
        applied.results.map(({ container }) => container.name).sort(),
      );
      expect(dockerCompose(file, ['config', '--no-interpolate', '--quiet'])).toBe('');

      await removeSet();
      try {
        dockerCompose(file, ['up', '--detach', '--quiet-pull']);
        await expectItServes();
        expect(await page(picked)).toContain('Hello');
      } finally {
        dockerCompose(file, ['down', '--timeout', '1']);
      }

      const again = await importFile(file, '?apply=true&wait=300');
      expect(again.left).toEqual([]);
      await expectItServes();
      expect(await page(picked)).toContain('Hello');
      expect(await exported()).toBe(file);
      await removeSet();
    },
  );
});

it.skipIf(missing !== undefined)(
  'links of the default bridge are exported as such, with their names and order',
  { timeout: 600_000 },
  async () => {
    const [db, web] = [unique('db'), unique('web')];
    const containers = [
      { name: db, image: 'training/postgres', stopTimeoutSeconds: 1 },
      {
        name: web,
        image: 'training/webapp',
        links: [{ container: db, alias: 'sql', env: 'address' }],
        publishAll: true,
        stopTimeoutSeconds: 1,
      },
    ];
    const applied = await t.http.post('/v1/apply?wait=120').send({ set: db, containers });
    expect(applied.status, JSON.stringify(applied.body)).toBe(200);
    const [hostPort] = applied.body.results[1].container.status.ports.map((one: { hostPort: number }) => one.hostPort);
    const file = (await t.http.get(`/v1/export/compose?set=${db}`).expect(200)).text;
    await t.http.post('/v1/apply?wait=60').send({ set: db, prune: true, containers: [] }).expect(200);
    try {
      dockerCompose(file, ['up', '--detach', '--quiet-pull']);
      expect(await inside(web, 'cat', '/etc/hosts')).toMatch(/\tsql /);
      await eventually(async () => expect(await page(hostPort)).toContain('Hello'));
    } finally {
      dockerCompose(file, ['down', '--timeout', '1']);
    }
    const read = await t.http.post('/v1/import/compose').send({ compose: file }).expect(200);
    expect(read.body.containers[1]).toMatchObject({
      ...{ links: [{ container: db, alias: 'sql', env: 'address' }], publishAll: true, network: 'bridge' },
      ports: [{ hostPort, containerPort: 5000 }],
    });
  },
);
