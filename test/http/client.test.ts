/** The TypeScript client, against the real server. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BerthProblem, type Client, createClient, type EventSignal } from '../../openapi/client.js';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
let client: Client;
beforeAll(async () => {
  berth = await testBerth();
  client = createClient({ baseUrl: berth.url });
});
afterAll(() => berth.stop());

/** What a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<BerthProblem> {
  const error = await call.then(
    () => expect.unreachable('it was not refused'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(BerthProblem);
  return error as BerthProblem;
}

describe('a call', () => {
  it('declares, reads, lists, changes and deletes', async () => {
    const { data, response } = await client.POST('/v1/containers', {
      body: { name: 'web', image: 'training/webapp', ports: ['5000', { containerPort: 80 }] },
    });
    expect(response.status).toBe(201);
    expect(data.ports.map((port) => port.containerPort)).toEqual([5000, 80]);
    const path = { name: 'web' };
    const read = await client.GET('/v1/containers/{name}', { params: { path } });
    expect(read.data).toMatchObject({ uid: data.uid, status: { ready: false } });
    const list = await client.GET('/v1/containers', { params: { query: { image: 'training/webapp', label: [] } } });
    expect(list.data.items.map(({ name }) => name)).toEqual(['web']);
    const changed = await client.PATCH('/v1/containers/{name}', { params: { path }, body: { publishAll: true } });
    expect(changed.data).toMatchObject({ generation: 2, publishAll: true });
    const stopped = await client.POST('/v1/containers/{name}/stop', { params: { path } });
    expect(stopped.data.state).toBe('stopped');
    const gone = await client.DELETE('/v1/containers/{name}', { params: { path, query: { dryRun: true } } });
    expect(gone.response.status).toBe(200);
  });

  it('sends a name as it is, whatever is in it', async () => {
    const call = client.GET('/v1/containers/{name}', { params: { path: { name: 'a/../b?c#d' } } });
    expect(await refusal(call)).toMatchObject({ code: 'not-found' });
  });

  it('throws a refusal with everything that it says', async () => {
    const problem = await refusal(
      client.POST('/v1/containers', { body: { image: 'a', ports: ['x'], links: ['nobody'] } }),
    );
    expect(problem).toMatchObject({ status: 422, code: 'invalid-definition', message: expect.stringMatching(/\.$/) });
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual(['/ports/0', '/links/0']);
    expect(problem.requestId).toMatch(/^[\w-]+$/);
    const call = client.GET('/v1/containers/{name}/env', { params: { path: { name: 'web' } } });
    expect(await refusal(call)).toMatchObject({ code: 'engine-unavailable', retryAfterSeconds: 5 });
  });

  it('reads an answer in another media type as text', async () => {
    const init = { params: { path: { name: 'web' } } };
    expect(await client.text('/v1/containers/{name}/ports', 'text/plain', init)).toBe('');
    const call = client.text('/v1/containers/{name}/ports', 'image/png', init);
    expect(await refusal(call)).toMatchObject({ code: 'not-acceptable' });
  });
});

describe('the stream of events', () => {
  it('comes back to where it was when the server was away, and ends with its signal', async () => {
    const mine = await testBerth();
    // A server that is started again has another address: the client asks by one that stays.
    let { url } = mine;
    const end = new AbortController();
    const connections: string[] = [];
    const events = createClient({
      baseUrl: 'http://berth.test',
      fetch: async (request) =>
        fetch(request.url.replace('http://berth.test', url), { headers: request.headers, signal: request.signal }),
    }).events({
      signal: end.signal,
      type: 'Created',
      connection: ({ kind }) => connections.push(kind),
    });
    const first = events.next();
    await expect.poll(() => connections).toEqual(['open']);
    await mine.declare({ name: 'one', image: 'training/webapp' });
    expect(nameIn((await first).value)).toBe('one');
    const second = events.next();
    const again = await mine.restart();
    await again.declare({ name: 'two', image: 'training/webapp' });
    ({ url } = again);
    expect(nameIn((await second).value)).toBe('two');
    expect(connections.filter((kind) => kind === 'open')).toHaveLength(2);
    const last = events.next();
    end.abort();
    expect(await last).toMatchObject({ done: true });
    await again.stop();
  });

  it('says reset for a place that is not kept', async () => {
    const events = client.events({ after: 999_999 });
    expect((await events.next()).value).toMatchObject({ kind: 'reset', oldest: expect.any(Number) });
    await events.return(undefined);
  });

  const nameIn = (signal: EventSignal | undefined) => (signal?.kind === 'event' ? signal.event.container : signal);
});

describe('a token', () => {
  /** A server that takes one token alone, and says which it was sent. */
  async function guarded(secret: string) {
    const sent: (string | undefined)[] = [];
    const server = createServer((request, answer) => {
      sent.push(request.headers.authorization);
      const isKnown = request.headers.authorization === `Bearer ${secret}`;
      answer.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      request.pipe(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { sent, baseUrl, close: () => new Promise((resolve) => server.close(resolve)) };
  }

  it('is asked for again when it is refused, and the request then sent whole', async () => {
    const server = await guarded('new');
    const { baseUrl } = server;
    const token = (refused?: { readonly token: string | undefined }) => (refused === undefined ? 'old' : 'new');
    const body = { name: 'web', image: 'training/webapp' };
    const { data } = await createClient({ baseUrl, token }).POST('/v1/containers', { body });
    expect(data).toEqual(body);
    expect(server.sent).toEqual(['Bearer old', 'Bearer new']);
    await server.close();
  });

  it('is not sent twice when there is no other', async () => {
    const server = await guarded('new');
    const client = createClient({ baseUrl: server.baseUrl, token: () => 'old' });
    expect(await refusal(client.GET('/v1/containers'))).toMatchObject({ status: 401, code: 'unknown' });
    expect(server.sent).toEqual(['Bearer old']);
    await server.close();
  });
});

it('does not compile with what the API does not have', () => {
  // Never run: what is looked at is that the compiler refuses each line (an unused expectation is an error to it).
  const wrong = (client: Client, problem: BerthProblem) => [
    // @ts-expect-error the field is called image
    client.POST('/v1/containers', { body: { img: 'mysql' } }),
    // @ts-expect-error a field too many
    client.POST('/v1/containers', { body: { image: 'mysql', flavour: 'x' } }),
    // @ts-expect-error a number is no image
    client.POST('/v1/containers', { body: { image: 5 } }),
    // @ts-expect-error no such path
    client.GET('/v1/container'),
    // @ts-expect-error no such method there
    client.DELETE('/v1/containers'),
    // @ts-expect-error the name is missing
    client.GET('/v1/containers/{name}'),
    // @ts-expect-error no such parameter
    client.GET('/v1/containers', { params: { query: { offset: 5 } } }),
    // @ts-expect-error no such field in an answer
    client.GET('/v1/containers').then(({ data }) => data.items[0]?.pid),
    // @ts-expect-error no such code
    problem.code === 'port-claimd',
  ];
  expect(wrong).toBeTypeOf('function');
});
