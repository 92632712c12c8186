/** What containers use, held against what they do. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Usage } from '../../../src/service/containers/runtime.js';
import { declaring, unique } from '../declaring.js';
import { eventually, type TestBerth, testBerth } from '../support.js';
import { descriptors, follow, noMoreThan } from './following.js';

let t: TestBerth;
let url: string;
beforeAll(async () => {
  t = await testBerth();
  url = await t.berth.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => t.stop());
const { declare } = declaring(() => t);

const stats = async (name: string): Promise<Usage> =>
  (await t.http.get(`/v1/containers/${name}/stats`).expect(200)).body;

describe('one reading', () => {
  it('shows who works and who sleeps, in processor time, memory, processes and network', async () => {
    const [busy, idle] = [unique('busy'), unique('idle')];
    const resources = { pids: 64, memoryBytes: 64 * 1024 * 1024 };
    // 20 MB in memory, in a file of tmpfs; then a loop.
    const work = 'dd if=/dev/zero of=/dev/shm/full bs=1M count=20 2>/dev/null; while true; do :; done';
    await declare({ name: busy, image: 'training/webapp', command: ['sh', '-c', work], resources });
    await declare({ name: idle, image: 'training/webapp', command: ['sleep', '1000'], resources });
    await t.http
      .post(`/v1/containers/${idle}/exec`)
      .send({ command: ['ping', '-c', '3', '-i', '0.2', '172.17.0.1'] })
      .expect(200);
    const [worked, slept] = await Promise.all([stats(busy), stats(idle)]);
    expect(worked.cpu.percent).toBeGreaterThan(5);
    expect(worked.cpu.percent).toBeLessThan(worked.cpu.onlineCpus * 100 + 10);
    expect(slept.cpu.percent).toBeLessThan(worked.cpu.percent ?? 0);
    expect(worked.cpu.usedNanoseconds).toBeGreaterThan(slept.cpu.usedNanoseconds);
    expect(worked.memory?.usedBytes).toBeGreaterThan(20_000_000);
    expect(slept.memory?.usedBytes).toBeLessThan(20_000_000);
    expect(slept.memory?.limitBytes).toBe(resources.memoryBytes);
    expect(slept.pids).toMatchObject({ current: 1 });
    expect(slept.network?.sentPackets).toBeGreaterThan(0);
    expect(Date.now() - Date.parse(slept.readAt)).toBeLessThan(60_000);
  });

  it('of a stopped container is a 409, followed or not', async () => {
    const name = unique('stats');
    await declare({ name, image: 'training/webapp' });
    await t.http.post(`/v1/containers/${name}/stop?wait=60`).expect(200);
    for (const query of ['', '?follow=true']) {
      const answer = await t.http.get(`/v1/containers/${name}/stats${query}`);
      expect([answer.status, answer.body.code]).toEqual([409, 'not-running']);
    }
  });
});

describe('readings that are followed', () => {
  it('come one after the other, and end when the container stops', async () => {
    const name = unique('stats');
    await declare({ name, image: 'training/webapp', stopTimeoutSeconds: 1 });
    const heard = await follow(`${url}/v1/containers/${name}/stats?follow=true`);
    await eventually(() => expect(heard.of('stats').length).toBeGreaterThan(2));
    const readings = heard.of('stats').map((data) => JSON.parse(data) as Usage);
    expect(readings[0]?.cpu.percent).toBeNull();
    expect(readings.slice(1).every(({ cpu }) => cpu.percent !== null)).toBe(true);
    const times = readings.map(({ readAt }) => readAt);
    expect(times).toEqual([...new Set(times)].sort());
    await t.http.post(`/v1/containers/${name}/stop?wait=60`).expect(200);
    await heard.end;
    expect(heard.heard.at(-1)).toEqual({ event: 'end', data: '' });
  });

  it('end when the container is removed', async () => {
    const name = unique('stats');
    await declare({ name, image: 'training/webapp', stopTimeoutSeconds: 1 });
    const heard = await follow(`${url}/v1/containers/${name}/stats?follow=true`);
    await eventually(() => expect(heard.of('stats').length).toBeGreaterThan(0));
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
    await heard.end;
    expect(heard.heard.at(-1)).toEqual({ event: 'end', data: '' });
  });

  it('leave nothing open when their clients go', async () => {
    const name = unique('stats');
    await declare({ name, image: 'training/webapp' });
    const before = descriptors();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => follow(`${url}/v1/containers/${name}/stats?follow=true`)),
    );
    await eventually(() => expect(all.every((one) => one.of('stats').length > 0)).toBe(true));
    expect(descriptors()).toBeGreaterThan(before + 40);
    for (const one of all) one.leave();
    await noMoreThan(before);
  });
});
