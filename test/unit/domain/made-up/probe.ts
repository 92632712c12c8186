/** Runs in a copy of the sources that has the field `madeUp`, and writes what comes of it as JSON. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openBerth } from '../../../../src/berth.js';
import { specChanges } from '../../../../src/domain/definition/diff.js';
import { specHash } from '../../../../src/domain/definition/hash.js';
import { createBody } from '../../../../src/engine/docker/to-docker.js';
import { identify } from '../../../../src/engine/docker/versions.js';
import { createRequest } from '../../../../src/reconcile/loop/executor.js';
import { plan } from '../../../../src/reconcile/plan/plan.js';
import { definition, specOf } from '../../../support/definition.js';
import { input, lines } from '../../reconcile/builders.js';

const madeUpSpec = (madeUp: unknown) => specOf({ madeUp } as never);
const hashOf = (madeUp: unknown): string => specHash(madeUpSpec(madeUp), { bindings: [] });
const costs = (before: unknown, after: unknown) => specChanges(madeUpSpec(before), madeUpSpec(after));

const desired = input({ definition: definition({ spec: madeUpSpec(['b', 'a']) }) });
const lacks = (ApiVersion: string) => identify({ Version: '20.10', ApiVersion }).engine.lacks;

async function overHttp() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-made-up-'));
  const { app, stop, ...berth } = await openBerth({
    ...{ dataDir, engine: { host: `unix://${dataDir}/none.sock` }, portRange: { from: 49_000, to: 49_900 } },
    ...{ auth: 'off' as const, pageDir: undefined, log: pino({ level: 'silent' }) },
  });
  await app.ready();
  berth.start();
  const send = async (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const headers = { accept: 'application/json', ...(body && { 'content-type': type }) };
    const payload = body && { payload: JSON.stringify(body) };
    const { statusCode, payload: text } = await app.inject({ method, url, headers, ...payload });
    const json = JSON.parse(text);
    return { status: statusCode, madeUp: json.madeUp, errors: json.errors, items: json.items, json };
  };
  const declared = await send('POST', '/v1/containers', { name: 'with', image: 'x', madeUp: ['b', 'a'] });
  const bare = await send('POST', '/v1/containers', { name: 'bare', image: 'x', madeUp: [] });
  const faulty = await send('POST', '/v1/containers', { name: 'faulty', image: 'x', madeUp: ['not made up'] });
  const misshapen = await send('POST', '/v1/containers', { name: 'misshapen', image: 'x', madeUp: 'a' });
  const changed = await send('PATCH', '/v1/containers/with', { madeUp: ['c'] });
  const shown = await send('GET', '/v1/containers/with');
  const events = await send('GET', '/v1/events?container=with');
  const imported = await send('POST', '/v1/import/docker-run', { command: 'docker run --made-up a --made-up b x' });
  const compose = 'services: { one: { image: x, made_up: [a, b] } }';
  const composed = await send('POST', '/v1/import/compose', { compose, project: 'p' });
  const exported = await send('GET', '/v1/export/compose?name=with');
  const url = await berth.listen({ host: '127.0.0.1', port: 0 });
  const backup = await (await fetch(`${url}/v1/backup`)).arrayBuffer();
  const headers = { 'content-type': 'application/vnd.sqlite3' };
  const restored = await fetch(`${url}/v1/restore`, { method: 'POST', body: new Uint8Array(backup), headers });
  const after = await send('GET', '/v1/containers/with');
  const { schemas } = (app.swagger() as { components: { schemas: Record<string, { properties?: object }> } })
    .components;
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
  return {
    declared: [declared.status, declared.madeUp],
    bare: [bare.status, bare.madeUp ?? null],
    faulty: [faulty.status, faulty.errors],
    misshapen: [misshapen.status, misshapen.errors],
    changed: [changed.status, changed.madeUp],
    shown: [shown.status, shown.madeUp],
    events: events.items
      .filter(({ type }: { type: string }) => type === 'Updated')
      .map(({ before, after: now }: { before: object; after: object }) => [before, now]),
    imported: imported.json.containers,
    composed: composed.json.containers,
    exported: exported.json.services.with.made_up,
    restored: [restored.status, after.madeUp],
    documented: Object.keys(schemas).filter((name) => 'madeUp' in (schemas[name]?.properties ?? {})),
  };
}

const result = {
  http: await overHttp(),
  stored: madeUpSpec(['b', 'a']),
  hash: {
    isOther: hashOf(['a']) !== hashOf(undefined),
    isSameAtDefault: hashOf([]) === hashOf(undefined),
    isSameInAnotherOrder: hashOf(['a', 'b']) === hashOf(['b', 'a']),
    isSameBeside: specHash({ ...madeUpSpec(undefined), madeUp: [] } as never, { bindings: [] }) === hashOf(undefined),
  },
  costs: [costs(undefined, ['a']), costs(['a', 'b'], ['b', 'a']), costs(['a'], ['a'])],
  body: (createBody(createRequest(desired, [], 'i'), 'c').HostConfig as { MadeUp?: unknown }).MadeUp,
  plans: [lines(plan({ ...desired, lacks: lacks('1.41') })), lines(plan({ ...desired, lacks: lacks('1.51') }))],
};
process.stdout.write(JSON.stringify(result));
