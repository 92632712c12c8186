import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/domain/problems/problem.js';
import { type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  await berth.declare({ name: 'db', image: 'x', ports: ['3306'] });
  await berth.declare({ name: 'web', image: 'x', ports: ['80'], links: ['db'] });
});
afterAll(() => berth.stop());

describe('while the engine cannot be reached', () => {
  it.each([
    'env',
    'hosts',
    'inspect',
    'logs',
    'logs?follow=true',
    'logs?tail=1&since=10m',
    'stats',
    'stats?follow=true',
  ])('%s has to ask it: 503 that says so, and when to try again', async (part) => {
    const { detail } = await berth.refuse('engine-unavailable', 'GET', `/v1/containers/web/${part}`);
    expect(detail).toContain('is not reachable');
    const answer = await berth.send('GET', `/v1/containers/web/${part}`);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each([
    ['GET', '/v1/images', undefined],
    ['POST', '/v1/images/pull', { image: 'mysql' }],
    ['POST', '/v1/containers/web/exec', { command: ['true'] }],
  ])('%s %s has to ask it', async (method, target, body) => {
    const { detail } = await berth.refuse('engine-unavailable', method, target, body === undefined ? {} : { body });
    expect(detail).toContain('is not reachable');
  });

  it.each(['env', 'hosts', 'inspect', 'logs', 'stats'])(
    '%s of what is not declared is a 404 all the same',
    async (part) => {
      await berth.refuse('not-found', 'GET', `/v1/containers/absent/${part}`);
    },
  );

  it.each([
    '/v1/containers',
    '/v1/containers/web',
    '/v1/containers/web/ports',
    '/v1/containers/web/links',
    '/v1/ports',
    '/v1/engine',
    '/livez',
    '/readyz',
    '/problems',
    '/openapi.json',
  ])('%s is answered from what is known', async (path) => {
    expect((await berth.send('GET', path)).status).toBe(200);
  });

  it('every condition that depends on it is Unknown, with the reason', async () => {
    const { status } = await berth.get('/v1/containers/web');
    // What is exposed is a matter of what is declared.
    const dependent = (status.conditions as readonly Json[]).filter(({ type }) => type !== 'Exposed');
    for (const { type, status: value, reason, message } of dependent) {
      expect(value, type).toBe(type === 'EngineReachable' ? 'False' : 'Unknown');
      expect(reason, type).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(message, type).toContain('none.sock');
    }
  });

  it('GET /v1/engine says that it is not, since when and why', async () => {
    const engine = await berth.get('/v1/engine');
    expect(engine).toMatchObject({ kind: null, version: null, apiVersion: null, reachable: false });
    expect(engine.address).toMatch(/^unix:\/\/.*none\.sock$/);
    expect(engine.message).toContain('no engine answers');
    expect(Date.parse(engine.since)).toBeLessThanOrEqual(Date.now());
  });

  it('Berth is ready, as definitions are taken, and says what the engine lacks', async () => {
    const { ready, storage, engine } = await berth.get('/readyz');
    expect({ ready, storage }).toEqual({ ready: true, storage: 'ok' });
    expect(engine).toContain('no engine answers');
  });

  it('the catalogue of problems has every code, each explained where its type leads', async () => {
    const { items } = await berth.get('/problems');
    expect(items.map(({ code }: Json) => code)).toEqual(Object.keys(PROBLEMS));
    for (const item of items) expect(await berth.get(`/problems/${item.code}`)).toEqual(item);
  });
});
