import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealOf } from '../../src/http/pipeline/idempotency-cipher.js';
import type { AuditEntry } from '../../src/service/access/audit.js';
import type { LinkCheckView } from '../../src/service/check-link.js';
import { type TestBerth, testBerth } from './berth.js';
import { type DoubleApp, doubleApp } from './transport/double.js';

const at = (name: string, alias: string) => `/v1/containers/${name}/links/${alias}/check`;

describe('POST {name}/links/{alias}/check', () => {
  let berth: TestBerth;
  beforeAll(async () => {
    berth = await testBerth();
    await berth.declare({ name: 'db', image: 'x' });
    await berth.declare({ name: 'web', image: 'x', links: ['db:database'] });
  });
  afterAll(() => berth.stop());

  it.each<[name: string, alias: string, detail: RegExp]>([
    ['nobody', 'db', /Container "nobody" not found/],
    ['web', 'db', /web has no link with the alias "db".*\/v1\/containers\/web\/links/],
    ['db', 'database', /db has no link with the alias "database"/],
  ])('of %s and %s is a 404 that says what is not there', async (name, alias, detail) => {
    const problem = await berth.refuse('not-found', 'POST', at(name, alias));
    expect(problem.detail).toMatch(detail);
  });

  it('is a 503 while there is no engine to be asked', async () => {
    await berth.refuse('engine-unavailable', 'POST', at('web', 'database'));
  });

  it('refuses a body of another media type, and one that is too large, as its document says', async () => {
    const text = { body: 'x', headers: { 'content-type': 'text/plain' } };
    await berth.refuse('unsupported-media-type', 'POST', at('web', 'database'), text);
    await berth.refuse('payload-too-large', 'POST', at('web', 'database'), { body: ' '.repeat(300_000) });
  });

  it('takes no parameters', async () => {
    await berth.refuse('invalid-parameter', 'POST', `${at('web', 'database')}?port=80`);
  });
});

describe('its answer', () => {
  let t: DoubleApp;
  beforeAll(async () => {
    t = await doubleApp();
  });
  afterAll(() => t.close());

  it('is what was found, kept for its key so that only that opens it, and told in the record', async () => {
    const answer: LinkCheckView = {
      ...{ container: 'web', alias: 'db', source: 'db', state: 'resolved', address: '172.17.0.2' },
      ...{ resolved: { addresses: ['172.17.0.2'], milliseconds: 0.4 }, reachable: null, message: 'm' },
      ports: [
        {
          ...{ containerPort: 53, protocol: 'udp', reachable: null, outcome: 'no-answer', milliseconds: null },
          message: 'n',
        },
      ],
    };
    const kept: { id: string; request: string; status: number; headers: object; body: string }[] = [];
    const told: AuditEntry[] = [];
    t.given({
      checkLink: async () => answer,
      keepAnswer: async (id, request, rest) => void kept.push({ id, request, ...rest }),
      audit: (entry) => void told.push(entry),
    });
    const { body } = await t.http.post(at('web', 'db')).set('idempotency-key', 'k').expect(200);
    expect(body).toEqual(answer);
    expect(t.calls.find(({ method }) => method === 'checkLink')?.args.slice(0, 2)).toEqual(['web', 'db']);
    const seal = sealOf('anybody', 'k');
    expect(kept).toMatchObject([{ id: seal.id, status: 200 }]);
    expect(kept.map((one) => seal.open(one.body))).toEqual([JSON.stringify(answer)]);
    await expect.poll(() => told).toMatchObject([{ operation: 'checkLink', container: 'web', status: 200 }]);
  });
});
