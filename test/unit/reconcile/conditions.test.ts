import { describe, expect, test } from 'vitest';
import type { Healthcheck, PortMapping } from '../../../src/domain/definition/definition.js';
import type { BridgeLinks, EngineLacks } from '../../../src/engine/engine.js';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import { type ConditionInput, findConditions } from '../../../src/reconcile/status/conditions.js';
import { definition, specOf } from '../../support/definition.js';
import { container, linkTo, running, source } from './builders.js';

const port = (hostPort: number, hostIp?: string): PortMapping => ({
  ...{ hostPort, containerPort: 80, protocol: 'tcp' },
  ...(hostIp !== undefined && { hostIp }),
});

const INPUT: ConditionInput = {
  definition: definition(),
  engine: { reachable: true, reason: 'Connected', message: '', since: new Date(0), version: null },
  ...{ complete: true, container: container(), differences: [], update: null, bindings: [], links: [], stale: [] },
  attempt: { kind: 'none' },
  hosts: NOTHING_TO_READ,
  runsOn: 'bridge',
  held: null,
  unreachable: null,
};

const exposed = (over: Partial<ConditionInput>) => {
  const conditions = findConditions({ ...INPUT, ...over });
  const { status, reason, message } = conditions.find(({ type }) => type === 'Exposed') ?? {};
  return { status, reason, message, ready: conditions.find(({ type }) => type === 'Ready')?.status };
};

describe('PortsBound', () => {
  const bound = (over: Partial<ConditionInput>) => {
    const bindings = [{ hostIp: '0.0.0.0', hostPort: 1, containerPort: 80, protocol: 'tcp' }] as const;
    const given = { ...INPUT, bindings: [port(1)], container: container({ bindings }), ...over };
    return findConditions(given).find(({ type }) => type === 'PortsBound');
  };

  test('is false while a port check has found that a bound port leads nowhere', () => {
    expect(bound({})).toMatchObject({ status: 'True', reason: 'Bound' });
    const unreachable = bound({ unreachable: '1/tcp leads nowhere' });
    expect(unreachable).toMatchObject({ status: 'False', reason: 'PortUnreachable', message: '1/tcp leads nowhere' });
  });

  test('says first that a port is not bound at all', () => {
    expect(bound({ container: container(), unreachable: 'x' })).toMatchObject({ status: 'False', reason: 'NotBound' });
  });
});

describe('FieldsApplied', () => {
  const applied = (lacks: EngineLacks, healthcheck: Healthcheck | undefined) => {
    const version = { kind: 'docker', version: '20.10', apiVersion: '1.41', linkEnvRules: 'classic' } as const;
    const engine = { ...INPUT.engine, version: { ...version, bridgeLinks: 'kept' as const, lacks } };
    const spec = specOf(healthcheck === undefined ? {} : { healthcheck });
    return findConditions({ ...INPUT, engine, definition: definition({ spec }) }).find(
      ({ type }) => type === 'FieldsApplied',
    );
  };
  const check = { command: ['true'], startIntervalSeconds: 1 };

  test('is false where the engine has no interval for health checks during the start', () => {
    expect(applied({ startInterval: 'upgrade it' }, check)).toMatchObject({
      ...{ status: 'False', reason: 'NotSupportedByEngine' },
      message: 'healthcheck.startIntervalSeconds has no effect: upgrade it',
    });
  });

  test('is absent where the engine has it, or the definition does not', () => {
    expect(applied({}, check)).toBeUndefined();
    expect(applied({ startInterval: 'x' }, { command: ['true'] })).toBeUndefined();
    expect(applied({ startInterval: 'x' }, undefined)).toBeUndefined();
  });
});

describe('Exposed', () => {
  test.each<[string, readonly PortMapping[], string, string, string]>([
    ['nothing', [], 'False', 'NothingPublished', ''],
    ['loopback', [port(1, '127.0.0.1'), port(2, '::1'), port(3, '127.1.2.3')], 'False', 'LoopbackOnly', ''],
    ['no address', [port(1, '127.0.0.1'), port(2), port(3)], 'True', 'AllInterfaces', ': 2/tcp and 3/tcp. Bind'],
    ['all of IPv4', [port(1, '0.0.0.0')], 'True', 'AllInterfaces', ': 1/tcp. Bind'],
    ['all of IPv6', [port(1, '::'), port(2, '10.0.0.5')], 'True', 'AllInterfaces', ': 1/tcp. Bind'],
    [
      'an address',
      [port(1, '10.0.0.5'), port(2, 'fd00::1')],
      'True',
      'NamedAddresses',
      '10.0.0.5:1/tcp and [fd00::1]:2/tcp',
    ],
  ])('with %s published', (_, bindings, status, reason, message) => {
    const found = exposed({ bindings });
    expect(found).toMatchObject({ status, reason, ready: 'True' });
    expect(found.message).toContain(message);
  });

  test('describes the container that runs while the definition says something else', () => {
    const running = { hostIp: '127.0.0.1', hostPort: 6001, containerPort: 80, protocol: 'tcp' } as const;
    const found = exposed({
      ...{ bindings: [port(6001, '192.0.2.10')], differences: ['its ports are others'] },
      container: container({ bindings: [running] }),
    });
    expect(found).toMatchObject({ status: 'False', reason: 'LoopbackOnly' });
  });

  test.each([
    ['there is none', undefined],
    ['it never started', container({ state: 'created', startedAt: null })],
  ])('is not True while the container has not started: %s', (_, none) => {
    expect(exposed({ bindings: [port(1)], container: none })).toMatchObject({ status: 'False', reason: 'NotStarted' });
  });

  test('is the same while the container is down, and while the engine is away', () => {
    const bindings = [port(1)];
    const away = { ...INPUT.engine, reachable: false };
    const down = { container: container({ state: 'exited' }) };
    const found = [exposed({ bindings }), exposed({ bindings, ...down }), exposed({ bindings, engine: away })];
    expect(new Set(found.map(({ status, reason, message }) => `${status} ${reason} ${message}`)).size).toBe(1);
  });

  test('is not known for publishAll until the image is', () => {
    const all = definition({ spec: { publishAll: true } });
    expect(exposed({ definition: all, container: undefined })).toMatchObject({ status: 'Unknown' });
    expect(exposed({ definition: all })).toMatchObject({ status: 'False', reason: 'NothingPublished' });
    expect(exposed({ definition: all, bindings: [port(1)] })).toMatchObject({ status: 'True' });
  });
});

describe('LinksDeprecated', () => {
  const version = {
    kind: 'docker',
    version: '29.6.0',
    apiVersion: '1.51',
    linkEnvRules: 'tcp-first',
    lacks: {},
  } as const;
  const deprecated = (bridgeLinks: BridgeLinks, over: Partial<ConditionInput> = {}) => {
    const engine = { ...INPUT.engine, version: { ...version, bridgeLinks } };
    const given = { ...INPUT, engine, links: [linkTo(running(source()))], ...over };
    return findConditions(given).find(({ type }) => type === 'LinksDeprecated');
  };

  test('says on a linked definition what to do before the engine loses its links', () => {
    expect(deprecated('deprecated')).toMatchObject({ status: 'True', reason: 'EngineRemovesLinks' });
    expect(deprecated('deprecated')?.message).toContain('POST /v1/migrate/links');
  });

  test.each<[string, BridgeLinks, Partial<ConditionInput>]>([
    ['the engine keeps them', 'kept', {}],
    ['the engine has lost them', 'removed', {}],
    ['the definition has none', 'deprecated', { links: [] }],
    ['the definition has moved', 'deprecated', { runsOn: 'berth-links' }],
    ['the definition is on a network of its own', 'deprecated', { runsOn: 'lan' }],
  ])('is absent if %s', (_, bridgeLinks, over) => {
    expect(deprecated(bridgeLinks, over)).toBeUndefined();
  });
});
