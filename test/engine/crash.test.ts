/** The server dies at every step of what it does, and whoever starts it again finds nothing lost and nothing doubled. */

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import type { EventView } from '../../src/service/events.js';
import { condition, unique } from './declaring.js';
import { killed, type Server, Servers, send, view } from './servers.js';
import { docker, eventually, IS_PODMAN, RUN, sweep, TEST_LABEL } from './support.js';

const around = (...steps: readonly string[]) => steps.flatMap((step) => [`before-${step}`, `after-${step}`]);
const WRITE = ['before-commit', 'after-commit', 'before-answer'];

/** Two containers that are not ours, one of which has the owner labels of another instance, as they were in the beginning. */
let strangers: readonly unknown[];
const STRANGERS = [unique('stranger'), unique('stranger')];
const seen = () =>
  Promise.all(
    STRANGERS.map(async (name) => {
      const { Id, State, RestartCount, NetworkSettings } = await docker.getContainer(name).inspect();
      return { Id, State, RestartCount, networks: Object.keys(NetworkSettings.Networks) };
    }),
  );
beforeAll(async () => {
  const owner = { 'io.berth.instance': 'another', 'io.berth.uid': 'another', 'io.berth.name': 'another' };
  for (const [i, name] of STRANGERS.entries()) {
    const Labels = { [TEST_LABEL]: RUN, ...(i === 1 && owner) };
    await (await docker.createContainer({ name, Image: 'training/webapp', Labels })).start();
  }
  strangers = await seen();
});
afterAll(() => sweep(`${TEST_LABEL}=${RUN}`));

/** Runs a test on servers of its own, which leave alone what is not theirs. */
async function withServers(run: (servers: Servers) => Promise<void>): Promise<void> {
  const servers = new Servers();
  try {
    await run(servers);
    expect(await seen()).toEqual(strangers);
  } finally {
    await servers.end();
  }
}

/** What came of a write: its status, or nothing where the server died before the answer. */
async function statusOf(answer: Promise<Response>): Promise<number | undefined> {
  return (await answer.catch(() => undefined))?.status;
}

/** Starts a server that dies at the fail point, sends a write, and waits for that death. */
async function dies(
  servers: Servers,
  failPoint: string,
  write: (url: string) => Promise<Response>,
): Promise<number | undefined> {
  const { child, url } = await servers.start({ failPoint });
  const exit = once(child, 'exit');
  const status = await statusOf(write(url));
  expect(await exit).toEqual([null, 'SIGKILL']);
  return status;
}

/** How often each is passed while a container is made: it is to be the next time. */
const PASSED_BEFORE: Readonly<Record<string, number>> = { answer: 1, create: 1, start: 1 };

/** A server with one container, that dies at the fail point of the next change, or at the nth time that this passes it. */
async function serving(servers: Servers, failPoint: string, name: string, body: object = one(name), nth = 1) {
  const passed = (PASSED_BEFORE[failPoint.replace(/^(before|after)-/, '')] ?? 0) + nth - 1;
  const isCommit = failPoint.endsWith('-commit');
  const setUp = await servers.start(isCommit ? {} : { failPoint: `${failPoint}:${passed + 1}` });
  expect((await send('POST', `${setUp.url}/v1/containers?wait=60`, body)).status).toBe(201);
  if (!isCommit) return { server: setUp, exit: once(setUp.child, 'exit') };
  // How many commits a creation takes depends on what happens at once.
  setUp.child.kill('SIGTERM');
  await once(setUp.child, 'exit');
  const server = await servers.start({ failPoint });
  return { server, exit: once(server.child, 'exit') };
}

/**
 * Waits until it is ready; then the engine has its one container, made from this generation unless another is given, and the
 * record of what changed ends with that it is ready.
 */
async function converged(servers: Servers, server: Server, name: string, madeFrom?: number): Promise<ContainerView> {
  const current = await eventually(async () => {
    const one = await view(server, name);
    expect(one.status.ready && one.status.observedGeneration === one.generation, JSON.stringify(one)).toBe(true);
    return one;
  }, 40_000);
  await eventually(async () => {
    const own = await servers.containers();
    expect(own.map(({ Names, State }) => [Names, State])).toEqual([[[`/${name}`], 'running']]);
    expect(own[0]?.Labels).toMatchObject({
      'io.berth.uid': current.uid,
      'io.berth.generation': `${madeFrom ?? current.generation}`,
    });
    const url = `${server.url}/v1/events?container=${name}&type=ConditionChanged&limit=500`;
    const { items } = (await (await fetch(url)).json()) as { items: readonly EventView[] };
    expect(items.at(-1)?.after).toMatchObject({ Ready: 'True' });
  }, 40_000);
  return current;
}

const one = (name: string) => ({ name, image: 'training/webapp', publishAll: true, env: { PROVIDER: 'first' } });
const portOf = ({ status }: ContainerView) => status.ports[0]?.hostPort;

describe.concurrent('kill -9', () => {
  it.each([...WRITE, ...around('reserve-ports', 'create', 'start')])('while it creates: %s', (failPoint) =>
    withServers(async (servers) => {
      const name = unique('made');
      const create = (url: string) => send('POST', `${url}/v1/containers`, one(name));
      const acknowledged = (await dies(servers, failPoint, create)) === 201;
      const server = await servers.start();
      const stored = await fetch(`${server.url}/v1/containers/${name}`);
      if (acknowledged) expect(stored.status).toBe(200);
      if (stored.status === 404) expect((await create(server.url)).status).toBe(201);
      expect((await converged(servers, server, name)).env).toEqual({ PROVIDER: 'first' });
    }),
  );

  it.each([...WRITE, ...around('stop', 'rename', 'create', 'start', 'remove')])('while it replaces: %s', (failPoint) =>
    withServers(async (servers) => {
      const name = unique('swap');
      const { server: first, exit } = await serving(servers, failPoint, name);
      const before = await converged(servers, first, name);
      const change = (url: string) =>
        send('PATCH', `${url}/v1/containers/${name}`, { env: { PROVIDER: 'second' }, labels: { of: 'it' } });
      const acknowledged = (await statusOf(change(first.url))) === 200;
      expect(await exit).toEqual([null, 'SIGKILL']);
      const server = await servers.start();
      const stored = await view(server, name);
      const isApplied = stored.generation === 2;
      expect(isApplied || !acknowledged).toBe(true);
      expect([stored.env, stored.labels]).toEqual(
        isApplied ? [{ PROVIDER: 'second' }, { of: 'it' }] : [{ PROVIDER: 'first' }, {}],
      );
      if (!isApplied) expect((await change(server.url)).status).toBe(200);
      const after = await converged(servers, server, name);
      expect([after.generation, portOf(after)]).toEqual([2, portOf(before)]);
    }),
  );

  it.each([...WRITE, ...around('stop', 'remove', 'forget')])('while it deletes: %s', (failPoint) =>
    withServers(async (servers) => {
      const name = unique('gone');
      const { server: first, exit } = await serving(servers, failPoint, name);
      await converged(servers, first, name);
      const remove = (url: string) => send('DELETE', `${url}/v1/containers/${name}`);
      const acknowledged = (await statusOf(remove(first.url))) !== undefined;
      expect(await exit).toEqual([null, 'SIGKILL']);
      const server = await servers.start();
      const again = await remove(server.url);
      expect([200, 202, 404]).toContain(again.status);
      if (!acknowledged && failPoint === 'before-commit') expect(again.status).not.toBe(404);
      await eventually(async () => {
        expect((await fetch(`${server.url}/v1/containers/${name}`)).status).toBe(404);
        expect(await servers.containers()).toEqual([]);
      }, 40_000);
    }),
  );

  // The retired one gets its name back by the second renaming, and is started by the third start.
  it.each(around('remove', 'rename', 'start'))('while it goes back to what served before: %s', (failPoint) =>
    withServers(async (servers) => {
      const name = unique('back');
      const nth = failPoint.endsWith('remove') ? 1 : 2;
      const { server: first, exit } = await serving(servers, failPoint, name, one(name), nth);
      const before = await converged(servers, first, name);
      const change = await send('PATCH', `${first.url}/v1/containers/${name}`, { command: ['/no/such/command'] });
      expect(change.status).toBe(200);
      expect(await exit).toEqual([null, 'SIGKILL']);
      const server = await servers.start();
      await eventually(async () => {
        const after = await view(server, name);
        expect(condition(after, 'Ready'), JSON.stringify(after)).toMatchObject({
          status: 'False',
          reason: 'RolledBack',
        });
        expect(after.status.container).toMatchObject({ id: before.status.container?.id, state: 'running' });
        const own = await servers.containers();
        expect(own.map(({ Names, State }) => [Names, State])).toEqual([[[`/${name}`], 'running']]);
      }, 40_000);
    }),
  );

  const RESTS: Readonly<Record<string, (url: string, name: string) => Promise<unknown>>> = {
    restart: (url, name) => send('POST', `${url}/v1/containers/${name}/restart`),
    update: (url, name) => send('PATCH', `${url}/v1/containers/${name}`, { resources: { memoryBytes: 64 << 20 } }),
    unpause: (_, name) => docker.getContainer(name).pause(),
  };
  it.each(around(...Object.keys(RESTS)))('while it changes what runs: %s', (failPoint) =>
    withServers(async (servers) => {
      const name = unique('runs');
      const { server: first, exit } = await serving(servers, failPoint, name);
      const before = (await converged(servers, first, name)).status.container;
      const what = failPoint.replace(/^(before|after)-/, '');
      await RESTS[what]?.(first.url, name);
      expect(await exit).toEqual([null, 'SIGKILL']);
      const server = await servers.start();
      await eventually(async () => {
        const after = (await converged(servers, server, name, 1)).status.container;
        expect(after?.id).toBe(before?.id);
        expect(after?.startedAt === before?.startedAt).toBe(what !== 'restart');
        const { HostConfig } = await docker.getContainer(name).inspect();
        expect(HostConfig.Memory).toBe(what === 'update' ? 64 << 20 : 0);
      }, 40_000);
    }),
  );

  it.skipIf(IS_PODMAN).each(around('create-network', 'remove-network'))(
    'while it makes and removes a network: %s',
    (failPoint) =>
      withServers(async (servers) => {
        const [name, network] = [unique('on'), unique('net')];
        const networks = async () =>
          (await docker.listNetworks({ filters: { name: [network] } })).map(({ Name }) => Name);
        const { child, url } = await servers.start({ failPoint });
        const exit = once(child, 'exit');
        const create = await statusOf(send('POST', `${url}/v1/containers?wait=60`, { ...one(name), network }));
        if (failPoint.endsWith('remove-network')) {
          expect(create).toBe(201);
          await statusOf(send('DELETE', `${url}/v1/containers/${name}`));
        }
        expect(await exit).toEqual([null, 'SIGKILL']);
        const server = await servers.start();
        if (failPoint.endsWith('create-network')) {
          await converged(servers, server, name);
          expect(await networks()).toEqual([network]);
          expect((await send('DELETE', `${server.url}/v1/containers/${name}`)).status).toBe(202);
        }
        await eventually(async () => {
          expect((await fetch(`${server.url}/v1/containers/${name}`)).status).toBe(404);
          expect([await servers.containers(), await networks()]).toEqual([[], []]);
        }, 40_000);
      }),
  );

  // Docker 25 and later create a container with all of its networks, so it is connected only to one that is added.
  it.skipIf(IS_PODMAN).each(around('connect', 'disconnect'))(
    'while it changes the networks of running containers: %s',
    (failPoint) =>
      withServers(async (servers) => {
        // Before Docker 28 the first by name has the default route.
        const [name, front, back] = [unique('nets'), unique('a-front'), unique('b-back')];
        const isConnect = failPoint.endsWith('-connect');
        const lists = isConnect ? [[front], [front, back]] : [[front, back], [front]];
        const bodies = lists.map((all) => ({ ...one(name), networks: all.map((network) => ({ name: network })) }));
        const first = await servers.start();
        expect((await send('POST', `${first.url}/v1/containers?wait=60`, bodies[0])).status).toBe(201);
        const before = await converged(servers, first, name);
        await killed(first.child);
        const change = (url: string) => send('PUT', `${url}/v1/containers/${name}`, bodies[1]);
        await dies(servers, failPoint, change);
        const server = await servers.start();
        if ((await view(server, name)).generation === 1) expect((await change(server.url)).status).toBe(200);
        await converged(servers, server, name, 1);
        await eventually(async () => {
          const { Id, State, NetworkSettings } = await docker.getContainer(name).inspect();
          expect(Object.keys(NetworkSettings.Networks).sort()).toEqual([...(lists[1] ?? [])].sort());
          expect([Id, Date.parse(State.StartedAt)]).toEqual([
            before.status.container?.id,
            Date.parse(before.status.container?.startedAt ?? ''),
          ]);
          const { addresses } = (await view(server, name)).status;
          for (const { network, address } of addresses) {
            expect(NetworkSettings.Networks[network]?.IPAddress).toBe(address);
          }
          expect(addresses.find(({ network }) => network === front)).toEqual(
            before.status.addresses.find(({ network }) => network === front),
          );
          const left = isConnect ? [back] : [];
          expect((await docker.listNetworks({ filters: { name: [back] } })).map(({ Name }) => Name)).toEqual(left);
        }, 40_000);
        expect((await send('DELETE', `${server.url}/v1/containers/${name}`)).status).toBe(202);
        await eventually(async () => {
          expect(await docker.listNetworks({ filters: { name: [front] } })).toEqual([]);
          expect(await servers.containers()).toEqual([]);
        }, 40_000);
      }),
  );

  it('before the answer to a keyed write: the same answer comes, and one container', () =>
    withServers(async (servers) => {
      const name = unique('keyed');
      const create = (url: string) =>
        send('POST', `${url}/v1/containers`, one(name), { 'idempotency-key': `"${name}"` });
      const { child, url } = await servers.start({ failPoint: 'before-answer:20' });
      const exit = once(child, 'exit');
      const burst = await Promise.all(Array.from({ length: 50 }, () => statusOf(create(url))));
      expect(await exit).toEqual([null, 'SIGKILL']);
      expect(burst).toContain(undefined);
      const server = await servers.start();
      const answered = async (): Promise<Response> => {
        const answer = await create(server.url);
        return answer.headers.get('retry-after') === null ? answer : answered();
      };
      const answers = await Promise.all(Array.from({ length: 50 }, answered));
      const bodies = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
      expect([...new Set(bodies)]).toEqual([expect.stringMatching(/^201 /)]);
      await converged(servers, server, name);
    }));

  it('before the answer to a keyed token: its secret is told all the same, and there is one', () =>
    withServers(async (servers) => {
      const name = unique('token');
      const make = (url: string) =>
        send('POST', `${url}/v1/tokens`, { name, role: 'viewer' }, { 'idempotency-key': name });
      expect(await dies(servers, 'before-answer', make)).toBeUndefined();
      const open = await servers.start();
      const answers = [await make(open.url), await make(open.url)];
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      const [first, second] = (await Promise.all(answers.map((answer) => answer.json()))) as { token: string }[];
      expect(second).toEqual(first);
      const exit = once(open.child, 'exit');
      open.child.kill('SIGTERM');
      await exit;
      const { url } = await servers.start({ auth: 'on' });
      const self = await send('GET', `${url}/v1/tokens/self`, undefined, { authorization: `Bearer ${first?.token}` });
      expect([self.status, await self.json()]).toMatchObject([200, { name, role: 'viewer' }]);
    }));
});
