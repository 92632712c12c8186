import { describe, expect, it } from 'vitest';
import { toEngineError } from '../../../src/engine/docker/docker-errors.js';
import { bridgeLinksOf, linkEnvRulesOf, negotiate } from '../../../src/engine/docker/versions.js';
import { EngineError } from '../../../src/engine/errors.js';

/** What engines answer to GET /version, as far as it settles how they are spoken to. */
const RECORDED = {
  '20.10': { Version: '20.10.24+dfsg1', ApiVersion: '1.41', MinAPIVersion: '1.12' },
  '26.1': { Version: '26.1.5+dfsg1', ApiVersion: '1.45', MinAPIVersion: '1.24' },
  '28.5': { Version: '28.5.2+dfsg4', ApiVersion: '1.51', MinAPIVersion: '1.24' },
  '29.0': { Version: '29.0.0', ApiVersion: '1.52', MinAPIVersion: '1.44' },
  'podman 4.3': { Version: '4.3.1', ApiVersion: '1.41', MinAPIVersion: '1.24' },
};

const refusal = (facts: Parameters<typeof negotiate>[0]): EngineError => {
  try {
    negotiate(facts);
  } catch (error) {
    if (error instanceof EngineError) return error;
  }
  throw new Error('it was not refused');
};

describe('the API version', () => {
  it.each([
    ['20.10', '1.41'],
    ['26.1', '1.45'],
    ['28.5', '1.51'],
    ['29.0', '1.51'],
    ['podman 4.3', '1.41'],
  ] as const)('that is spoken with %s is %s', (engine, spoken) => {
    expect(negotiate(RECORDED[engine])).toBe(spoken);
  });

  it('of an engine that names no oldest one is settled all the same', () => {
    expect(negotiate({ Version: '20.10.0', ApiVersion: '1.41' })).toBe('1.41');
  });

  it('is compared by its numbers, not as text or a fraction', () => {
    expect(refusal({ Version: '1.12.6', ApiVersion: '1.5' }).kind).toBe('unsupported');
    expect(negotiate({ Version: '90.0', ApiVersion: '1.100', MinAPIVersion: '1.44' })).toBe('1.51');
    expect(negotiate({ Version: '90.0', ApiVersion: '2.0', MinAPIVersion: '1.44' })).toBe('1.51');
  });

  it('is refused where there is none that both speak, and the message says who has to move', () => {
    const old = refusal({ Version: '19.03.15', ApiVersion: '1.40', MinAPIVersion: '1.12' });
    expect([old.kind, old.message]).toEqual(['unsupported', expect.stringContaining('upgrade the engine')]);
    const young = refusal({ Version: '40.0.0', ApiVersion: '1.90', MinAPIVersion: '1.52' });
    expect([young.kind, young.message]).toEqual(['unsupported', expect.stringContaining('upgrade Berth')]);
    expect(young.message).toContain('DOCKER_MIN_API_VERSION=1.51');
  });
});

it.each([
  'client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version',
  'client version 1.51 is too new. Maximum supported API version is 1.41',
])('an engine that refuses our version says nothing about a container: %s', (message) => {
  const error = toEngineError('create container', 'unix:///x', { statusCode: 400, json: { message }, message });
  expect([error.kind, error.leavesUnknown]).toEqual(['unsupported', true]);
});

it.each([
  ['20.10.24+dfsg1', 'classic'],
  ['27.5.1', 'classic'],
  ['28.0.0', 'tcp-first'],
  ['29.0.0', 'tcp-first'],
])('an engine %s computes link variables by the %s rules', (version, rules) => {
  expect(linkEnvRulesOf(version)).toBe(rules);
});

it.each([
  [404, 'network lan not found', 'network-absent'],
  [404, 'failed to set up container networking: network 0e4f3e5252c7 not found', 'network-absent'],
  [
    404,
    'failed to set up container networking: could not find a network matching network mode 0e4f: network 0e4f not found',
    'network-absent',
  ],
  [500, 'Cannot restart container web: network 04044863a600 not found', 'network-absent'],
  [404, 'No such image: training/webapp:latest', 'image-absent'],
  [404, 'No such container: web', 'not-found'],
  [501, 'configured logging driver does not support reading', 'no-logs'],
  [500, "this container is using the 'none' log driver, cannot read logs: not supported", 'no-logs'],
])('knows what is gone by the texts of 20.10 and 28.5: %s %s', (statusCode, message, kind) => {
  expect(toEngineError('start container', 'unix:///x', { statusCode, json: { message }, message }).kind).toBe(kind);
});

it.each([
  ['20.10.24+dfsg1', 'kept'],
  ['28.5.2+dfsg4', 'kept'],
  ['29.0.0', 'kept'],
  ['29.5.9', 'kept'],
  ['29.6.0', 'deprecated'],
  ['29.10.1', 'deprecated'],
  ['30.0.0-rc.1', 'removed'],
  ['31.2.0', 'removed'],
  ['dev', 'kept'],
])('links on the default bridge of an engine %s are %s', (version, links) => {
  expect(bridgeLinksOf(version)).toBe(links);
});

it.each([
  ['links are not supported on the default bridge network: use a custom network instead', 'links-removed'],
  ['the default bridge network no longer supports links', 'links-removed'],
  ['conflicting options: host type networking can not be used with links', 'invalid'],
  ['Cannot link to /db, as it does not belong to the default network', 'invalid'],
])('recognises an engine without links on the default bridge by what it refuses: %s', (message, kind) => {
  expect(toEngineError('create container', 'unix:///x', { statusCode: 400, json: { message }, message }).kind).toBe(
    kind,
  );
});
