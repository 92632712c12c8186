/** The record of what changed: as pages, and as a stream that loses nothing, or says so. */

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

const events = async (query = ''): Promise<readonly Json[]> => (await berth.get(`/v1/events${query}`)).items;

async function newest(): Promise<number> {
  let next = 0;
  for (;;) {
    const page = await berth.get(`/v1/events?limit=500&after=${next}`);
    if (page.items.length === 0) return page.next;
    next = page.next;
  }
}

interface Heard {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Json;
}

/** Watches until so many events have been heard. */
async function watch(count: number, headers: Record<string, string> = {}, query = ''): Promise<readonly Heard[]> {
  const gone = new AbortController();
  const answer = await fetch(`${berth.url}/v1/events${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: gone.signal,
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const heard: Heard[] = [];
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk);
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event !== undefined) heard.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
    }
    if (heard.length >= count) break;
  }
  gone.abort();
  return heard;
}

describe('GET /v1/events', () => {
  it('tells what was asked for, by which request, before and after, and no secrets', async () => {
    const created = await berth.send('POST', '/v1/containers', {
      body: { name: 'told', image: 'training/webapp', env: { PASSWORD: 'hunter2' } },
      headers: { 'x-request-id': 'request-1' },
    });
    expect(created.status).toBe(201);
    const change = { image: 'training/other', env: { PASSWORD: 'hunter3', MORE: 'x' }, ports: ['80'] };
    await berth.send('PATCH', '/v1/containers/told', { body: change });
    await berth.send('POST', '/v1/containers/told/stop');
    await berth.send('DELETE', '/v1/containers/told');
    const told = (await events('?container=told')).filter((event) => event.by === 'client');
    expect(told.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'Created Declared',
      'Updated Changed',
      'Updated Changed',
      'DeletionRequested Deleted',
    ]);
    expect(told[0]).toMatchObject({ requestId: 'request-1', before: null, after: { env: ['PASSWORD'] } });
    expect(told[1]).toMatchObject({
      before: { image: 'training/webapp', env: ['PASSWORD'], ports: [] },
      after: { image: 'training/other', env: ['MORE', 'PASSWORD'], ports: [{ containerPort: 80, protocol: 'tcp' }] },
      message: 'changed: image, env, ports',
    });
    expect(told[2]).toMatchObject({ before: { state: 'running' }, after: { state: 'stopped' } });
    expect(JSON.stringify(told)).not.toContain('hunter');
    expect(await events('?container=told&type=Created')).toEqual([told[0]]);
  });

  it('comes in pages that neither skip nor repeat', async () => {
    for (let n = 0; n < 7; n++) await berth.declare({ name: `page-${n}`, image: 'training/webapp' });
    const all = await events('?limit=500');
    const paged: Json[] = [];
    let next = (all[0]?.id ?? 1) - 1;
    for (;;) {
      const page = await berth.get(`/v1/events?limit=3&after=${next}`);
      if (page.items.length === 0) break;
      paged.push(...page.items);
      next = page.next;
    }
    expect(paged.slice(0, all.length)).toEqual(all);
  });

  it('says 410 for a place that it never gave out', async () => {
    const problem = await berth.refuse('cursor-expired', 'GET', '/v1/events?after=999999');
    expect(problem.errors?.[0]).toMatchObject({ in: 'query', pointer: '/after' });
  });

  it('survives a restart of the server', async () => {
    const before = await events('?limit=500&container=page-3');
    berth = await berth.restart();
    expect((await events('?limit=500&container=page-3')).slice(0, before.length)).toEqual(before);
  });
});

describe('as a stream', () => {
  it('of one container moves on past the events of others: who comes back has missed nothing', async () => {
    const after = await newest();
    await berth.declare({ name: 'unasked', image: 'training/webapp' });
    await berth.declare({ name: 'asked', image: 'training/webapp' });
    const gone = new AbortController();
    const answer = await fetch(`${berth.url}/v1/events?after=${after}&container=asked`, {
      headers: { accept: 'text/event-stream' },
      signal: gone.signal,
    });
    let text = '';
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('"container":"asked"')) break;
    }
    gone.abort();
    expect(text).toContain(`\n\nid: ${after + 1}\n\n`);
    expect(text).not.toContain('unasked');
  });

  it('says first where it begins: who loses it before an event comes can go on from there', async () => {
    const gone = new AbortController();
    const answer = await fetch(`${berth.url}/v1/events`, {
      headers: { accept: 'text/event-stream' },
      signal: gone.signal,
    });
    let text = '';
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (/id: \d+\n\n/.test(text)) break;
    }
    gone.abort();
    expect(text).toContain(`id: ${await newest()}\n\n`);
  });

  it('goes on with what comes', async () => {
    const watching = watch(1, {}, '?type=Created');
    // What a watcher hears first is what happens after it has begun: one of these is.
    let n = 0;
    let heard: readonly Heard[] | undefined;
    void watching.then((all) => (heard = all));
    while (heard === undefined) await berth.declare({ name: `live-${n++}`, image: 'training/webapp' });
    expect(heard[0]).toMatchObject({ event: 'Created', data: { type: 'Created', by: 'client' } });
    expect(heard[0]?.id).toBe(String(heard[0]?.data.id));
  });

  it('resumes after Last-Event-ID without a gap', async () => {
    const from = await newest();
    const names = ['resume-1', 'resume-2', 'resume-3'];
    for (const name of names) await berth.declare({ name, image: 'training/webapp' });
    const heard = await watch(3, { 'last-event-id': String(from) }, '?type=Created');
    expect(heard.map(({ data }) => data.container)).toEqual(names);
    const later = await watch(2, { 'last-event-id': heard[0]?.id ?? '' }, '?type=Created');
    expect(later.map(({ data }) => data.container)).toEqual(names.slice(1));
  });

  it('says reset for a place that is not kept, and goes on from the oldest', async () => {
    await berth.declare({ name: 'before', image: 'training/webapp' });
    const [first, second] = await watch(2, { 'last-event-id': '999999' });
    expect(first).toMatchObject({ event: 'reset', data: { oldest: expect.any(Number) } });
    expect(second?.data.id).toBe(first?.data.oldest);
  });

  it('row 29: two hundred watchers that read nothing hold nobody up', async () => {
    const { port } = new URL(berth.url);
    const stuck: Socket[] = [];
    for (let n = 0; n < 200; n++) {
      const socket = createConnection(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.pause();
      socket.write('GET /v1/events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n');
      stuck.push(socket);
    }
    const from = await newest();
    const names = Array.from({ length: 50 }, (_, n) => `crowd-${n}`);
    const watching = watch(names.length, { 'last-event-id': String(from) }, '?type=Created');
    for (const name of names) await berth.declare({ name, image: 'training/webapp' });
    expect((await watching).map(({ data }) => data.container)).toEqual(names);
    for (const socket of stuck) socket.destroy();
  });
});
