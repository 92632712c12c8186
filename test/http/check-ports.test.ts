import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/service/access/audit.js';
import type { PortsCheckView } from '../../src/service/ports/check.js';
import { type TestBerth, testBerth } from './berth.js';
import { type DoubleApp, doubleApp } from './transport/double.js';

const at = (name: string) => `/v1/containers/${name}/ports/check`;

describe('POST {name}/ports/check', () => {
  let berth: TestBerth;
  beforeAll(async () => {
    berth = await testBerth();
    await berth.declare({ name: 'web', image: 'x', ports: ['8080:80'] });
  });
  afterAll(() => berth.stop());

  it('of a name that is not defined is a 404', async () => {
    await berth.refuse('not-found', 'POST', at('nobody'));
  });

  it('is a 503 while there is no engine to try from', async () => {
    await berth.refuse('engine-unavailable', 'POST', at('web'));
  });

  it('refuses a body of another media type, one that is too large, and parameters', async () => {
    const text = { body: 'x', headers: { 'content-type': 'text/plain' } };
    await berth.refuse('unsupported-media-type', 'POST', at('web'), text);
    await berth.refuse('payload-too-large', 'POST', at('web'), { body: ' '.repeat(300_000) });
    await berth.refuse('invalid-parameter', 'POST', `${at('web')}?port=80`);
  });
});

describe('the answer of a port check', () => {
  let t: DoubleApp;
  beforeAll(async () => {
    t = await doubleApp();
  });
  afterAll(() => t.close());

  it('is what was found, and is recorded', async () => {
    const answer: PortsCheckView = {
      ...{ container: 'web', reachable: false, message: 'not reachable: 8080/tcp' },
      ports: [
        {
          ...{ hostIp: null, hostPort: 8080, containerPort: 80, protocol: 'tcp', reachable: false },
          ...{ reason: 'PortUnreachable', address: '192.0.2.10', outcome: 'refused', milliseconds: 0.1, message: 'm' },
        },
      ],
    };
    const told: AuditEntry[] = [];
    t.given({ checkPorts: async () => answer, audit: (entry) => void told.push(entry) });
    const { body } = await t.http.post(at('web')).expect(200);
    expect(body).toEqual(answer);
    expect(t.calls.find(({ method }) => method === 'checkPorts')?.args[0]).toBe('web');
    await expect.poll(() => told).toMatchObject([{ operation: 'checkPorts', container: 'web', status: 200 }]);
  });
});
