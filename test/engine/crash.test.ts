/** The server dies at every step of what it does, and whoever starts it again finds nothing lost and nothing doubled. */

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/views.js';
import { unique } from './declaring.js';
import { type Server, Servers, send, view } from './servers.js';
import { eventually } from './support.js';

const around = (...steps: readonly string[]) => steps.flatMap((step) => [`before-${step}`, `after-${step}`]);
const WRITE = ['before-commit', 'after-commit', 'before-answer'];

/** Runs a test on servers of its own. */
async function withServers(run: (servers: Servers) => Promise<void>): Promise<void> {
  const servers = new Servers();
  try {
    await run(servers);
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

/** A server with one container, that dies at the fail point of the next change. */
async function serving(servers: Servers, failPoint: string, name: string) {
  const passed = PASSED_BEFORE[failPoint.replace(/^(before|after)-/, '')] ?? 0;
  const isCommit = failPoint.endsWith('-commit');
  const setUp = await servers.start(isCommit ? {} : { failPoint: `${failPoint}:${passed + 1}` });
  expect((await send('POST', `${setUp.url}/v1/containers?wait=60`, one(name))).status).toBe(201);
  if (!isCommit) return { server: setUp, exit: once(setUp.child, 'exit') };
  // How many commits a creation takes depends on what happens at once.
  setUp.child.kill('SIGTERM');
  await once(setUp.child, 'exit');
  const server = await servers.start({ failPoint });
  return { server, exit: once(server.child, 'exit') };
}

/** Waits until it is ready; then the engine has its one container, which is of this generation. */
async function converged(servers: Servers, server: Server, name: string): Promise<ContainerView> {
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
      'io.berth.generation': `${current.generation}`,
    });
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

  it.each([...WRITE, ...around('rename', 'create', 'start', 'remove')])('while it replaces: %s', (failPoint) =>
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
