/** Logs that are followed: both streams, and every way in which one ends. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring, unique } from '../declaring.js';
import { docker, eventually, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from '../support.js';
import { descriptors, follow, noMoreThan } from './following.js';

let t: TestBerth;
let url: string;
beforeAll(async () => {
  t = await testBerth();
  url = await t.berth.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { declare, change } = declaring(() => t);

const speaker = (text: string) => ({ image: 'training/webapp', command: ['sh', '-c', text], stopTimeoutSeconds: 1 });
const tell = async (container: string, stream: 'stdout' | 'stderr', line: string) => {
  const command = ['sh', '-c', `echo "${line}" > /proc/1/fd/${stream === 'stdout' ? 1 : 2}`];
  const answer = await t.http.post(`/v1/containers/${container}/exec`).send({ command });
  expect(answer.body.exitCode, JSON.stringify(answer.body)).toBe(0);
};
const logsOf = (name: string, query = '') => `${url}/v1/containers/${name}/logs?follow=true${query}`;

describe('a log', () => {
  it('that the engine does not keep is a 409, also where it is followed', async () => {
    const name = unique('logs');
    await declare({ name, ...speaker('echo one; sleep 1000'), logDriver: 'none' });
    for (const query of ['', '?follow=true', '?tail=1']) {
      const { status, body } = await t.http.get(`/v1/containers/${name}/logs${query}`);
      expect([status, body.code, body.detail]).toEqual([409, 'logs-unavailable', expect.stringContaining(name)]);
    }
  });

  it('has the driver and the bound that its definition asks for', async () => {
    const name = unique('logs');
    const logOptions = { 'max-size': '1m', 'max-file': '2' };
    await declare({ name, ...speaker('echo one; sleep 1000'), logDriver: 'local', logOptions });
    const { LogConfig } = (await docker.getContainer(name).inspect()).HostConfig;
    expect(LogConfig).toMatchObject({ Type: 'local', Config: logOptions });
    await eventually(async () => expect((await t.http.get(`/v1/containers/${name}/logs`)).text).toBe('one\n'));
  });
});

describe('a log that is followed', () => {
  it('tells both streams apart, and goes on with what comes', async () => {
    const name = unique('logs');
    await declare({ name, ...speaker('echo one; echo uh >&2; sleep 1000') });
    const heard = await follow(logsOf(name));
    await eventually(() => expect([...heard.of('stdout'), ...heard.of('stderr')]).toEqual(['one', 'uh']));
    await tell(name, 'stderr', 'oh');
    await tell(name, 'stdout', 'two');
    await eventually(() => {
      expect(heard.of('stdout')).toEqual(['one', 'two']);
      expect(heard.of('stderr')).toEqual(['uh', 'oh']);
    });
    heard.leave();
  });

  it('takes one stream, so many lines from the end, or those since a moment', async () => {
    const name = unique('logs');
    await declare({ name, ...speaker('for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done; sleep 1000') });
    const all = await follow(logsOf(name));
    await eventually(() => expect(all.heard.length).toBe(10));
    all.leave();
    const [tail, out] = [await follow(logsOf(name, '&tail=2')), await follow(logsOf(name, '&stderr=false'))];
    await eventually(() => expect(tail.heard).toEqual(all.heard.slice(-2)));
    await eventually(() => expect(out.of('stdout')).toHaveLength(5));
    // The engine tells moments by its own clock.
    const [stamp = ''] = (await t.http.get(`/v1/containers/${name}/logs?tail=1&timestamps=true`)).text.split(' ');
    const since = await follow(logsOf(name, `&since=${new Date(Date.parse(stamp) + 1000).toISOString()}`));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(stamp) + 1000 - Date.now())));
    await tell(name, 'stdout', 'late');
    await eventually(() => expect(since.of('stdout')).toEqual(['late']));
    await eventually(() => expect(out.of('stdout').at(-1)).toBe('late'));
    await eventually(() => expect(tail.heard.at(-1)).toEqual({ event: 'stdout', data: 'late' }));
    expect(since.heard).toEqual([{ event: 'stdout', data: 'late' }]);
    expect(out.of('stderr')).toEqual([]);
    for (const one of [tail, out, since]) one.leave();
  });

  const ways: readonly [string, (name: string) => Promise<unknown>][] = [
    ['stops', (name) => t.http.post(`/v1/containers/${name}/stop?wait=60`).expect(200)],
    ['is restarted', (name) => t.http.post(`/v1/containers/${name}/restart?wait=60`).expect(200)],
    ['is replaced', (name) => change(name, { env: { NEW: 'yes' } })],
    ['is removed', (name) => t.http.delete(`/v1/containers/${name}?wait=60`).expect(200)],
    ['is killed from outside', (name) => docker.getContainer(name).kill()],
  ];
  it.each(ways)('ends when its container %s, with all that was said before', async (_, end) => {
    const name = unique('logs');
    await declare({ name, ...speaker('trap "echo bye; exit" TERM; echo hello; sleep 1000 & wait') });
    const [events, text] = [
      await follow(logsOf(name)),
      await fetch(logsOf(name), { headers: { accept: 'text/plain' } }),
    ];
    await eventually(() => expect(events.of('stdout')).toEqual(['hello']));
    await end(name);
    await events.end;
    expect(events.heard.at(-1)).toEqual({ event: 'end', data: '' });
    expect(events.of('stdout')[0]).toBe('hello');
    expect(await text.text()).toBe(
      events
        .of('stdout')
        .map((line) => `${line}\n`)
        .join(''),
    );
  });

  it('leaves nothing open when its clients go, neither here nor on the engine', async () => {
    const name = unique('logs');
    await declare({ name, ...speaker('echo hello; sleep 1000') });
    const before = descriptors();
    const all = await Promise.all(Array.from({ length: 20 }, () => follow(logsOf(name))));
    await eventually(() => expect(all.every((one) => one.of('stdout').length > 0)).toBe(true));
    expect(descriptors()).toBeGreaterThan(before + 40);
    for (const one of all) one.leave();
    await noMoreThan(before);
  });

  it('of a terminal is one stream, without the frames that it does not have', async () => {
    const name = unique('tty');
    const container = await docker.createContainer({
      ...{ name, Image: 'training/webapp', Tty: true, Cmd: ['sh', '-c', 'echo one; echo two >&2; sleep 1000'] },
      ...{ Labels: { [TEST_LABEL]: RUN }, HostConfig: { RestartPolicy: { Name: 'unless-stopped' } } },
    });
    await container.start();
    await t.http.post('/v1/adopt').send({ container: name, force: true }).expect(201);
    await eventually(async () => {
      const { text } = await t.http.get(`/v1/containers/${name}/logs`).expect(200);
      expect(text).toBe('one\r\ntwo\r\n');
    });
    const heard = await follow(logsOf(name));
    await eventually(() => expect(heard.of('stdout')).toEqual(['one', 'two']));
    heard.leave();
  });
});

/** The bytes in buffers that something still holds. */
function buffered(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

describe('a log that is long', () => {
  it('comes whole, and no faster than it is read', async () => {
    const name = unique('long');
    await declare({ name, ...speaker('yes $(printf %01000d 0) | head -n 8000; echo done; sleep 1000') });
    const read = async () => (await (await fetch(`${url}/v1/containers/${name}/logs?tail=1`)).text()).trim();
    await eventually(async () => expect(await read()).toBe('done'), 60_000);
    const answer = await fetch(`${url}/v1/containers/${name}/logs`);
    const before = buffered();
    // Nobody reads: what could be sent without asking would be here by now.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(buffered() - before).toBeLessThan(4 * 1024 * 1024);
    expect((await answer.arrayBuffer()).byteLength).toBe(8_000 * 1001 + 5);
  });
});
