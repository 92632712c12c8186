import { describe, expect, test } from 'vitest';
import type { ContainerPort } from '../../../src/domain/definition/definition.js';
import {
  type LinkEnvRules,
  linkEnvironment,
  linkEnvPrefix,
  mergeVariables,
  selectLinkEnv,
  type Variable,
} from '../../../src/domain/links/link-env.js';
import { parseExpose } from '../../../src/domain/ports/parse.js';

function portsOf(...texts: readonly string[]): readonly ContainerPort[] {
  return texts.flatMap((text) => {
    const parsed = parseExpose(text);
    return parsed.ok ? parsed.value : [];
  });
}

function env(rules: LinkEnvRules, ports: readonly string[], sourceEnv: readonly Variable[] = []): readonly string[] {
  const facts = {
    alias: 'db',
    recipientName: 'web',
    address: '172.17.0.2',
    ports: portsOf(...ports),
    sourceEnv,
    rules,
  };
  return linkEnvironment(facts).map(([name, value]) => `${name}=${value}`);
}

/** The four variables that every port has. */
function four(port: number, protocol = 'tcp'): readonly string[] {
  const own = `DB_PORT_${port}_${protocol.toUpperCase()}`;
  return [
    `${own}=${protocol}://172.17.0.2:${port}`,
    `${own}_ADDR=172.17.0.2`,
    `${own}_PORT=${port}`,
    `${own}_PROTO=${protocol}`,
  ];
}

const BOTH = ['classic', 'tcp-first'] as const;

describe('linkEnvironment', () => {
  test.each(BOTH)('gives a recipient of mysql what the book shows (%s)', (rules) => {
    const sourceEnv: readonly Variable[] = [
      ['MYSQL_ROOT_PASSWORD', 'my-secret-pw'],
      ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ['GOSU_VERSION', '1.12'],
      ['MYSQL_MAJOR', '8.0'],
      ['HOME', '/root'],
      ['MYSQL_VERSION', '8.0.27-1debian10'],
    ];
    expect(env(rules, ['33060', '3306'], sourceEnv)).toEqual([
      'DB_PORT=tcp://172.17.0.2:3306',
      'DB_PORT_3306_TCP=tcp://172.17.0.2:3306',
      'DB_PORT_3306_TCP_ADDR=172.17.0.2',
      'DB_PORT_3306_TCP_PORT=3306',
      'DB_PORT_3306_TCP_PROTO=tcp',
      'DB_PORT_33060_TCP=tcp://172.17.0.2:33060',
      'DB_PORT_33060_TCP_ADDR=172.17.0.2',
      'DB_PORT_33060_TCP_PORT=33060',
      'DB_PORT_33060_TCP_PROTO=tcp',
      'DB_NAME=/web/db',
      'DB_ENV_MYSQL_ROOT_PASSWORD=my-secret-pw',
      'DB_ENV_GOSU_VERSION=1.12',
      'DB_ENV_MYSQL_MAJOR=8.0',
      'DB_ENV_MYSQL_VERSION=8.0.27-1debian10',
    ]);
  });

  test.each(BOTH)('has only the name for a source without ports (%s)', (rules) => {
    expect(env(rules, [])).toEqual(['DB_NAME=/web/db']);
  });

  test.each<[LinkEnvRules, string]>([
    ['classic', 'udp://172.17.0.2:53'],
    ['tcp-first', 'tcp://172.17.0.2:80'],
  ])('%s: the default port of 53/udp and 80/tcp is %s', (rules, expected) => {
    expect(env(rules, ['80/tcp', '53/udp'])[0]).toBe(`DB_PORT=${expected}`);
  });

  test.each(BOTH)('prefers tcp where one number has both protocols (%s)', (rules) => {
    expect(env(rules, ['53/udp', '53/tcp'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:53',
      ...four(53),
      ...four(53, 'udp'),
      'DB_NAME=/web/db',
    ]);
  });

  test('classic: two ports in a row are no range', () => {
    expect(env('classic', ['8000-8001'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:8000',
      ...four(8000),
      ...four(8001),
      'DB_NAME=/web/db',
    ]);
  });

  test('classic: three in a row are a range, its variables before those of the single ports', () => {
    expect(env('classic', ['8000-8002', '9000'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:8000',
      'DB_PORT_8000_TCP_START=tcp://172.17.0.2:8000',
      'DB_PORT_8000_TCP_ADDR=172.17.0.2',
      'DB_PORT_8000_TCP_PROTO=tcp',
      'DB_PORT_8000_TCP_PORT_START=8000',
      'DB_PORT_8000_TCP_END=tcp://172.17.0.2:8002',
      'DB_PORT_8000_TCP_PORT_END=8002',
      'DB_PORT_8000_TCP=tcp://172.17.0.2:8000',
      'DB_PORT_8000_TCP_PORT=8000',
      ...four(8001),
      ...four(8002),
      ...four(9000),
      'DB_NAME=/web/db',
    ]);
  });

  test('classic: a range runs over protocols, and its end is named for the last one', () => {
    expect(env('classic', ['53/tcp', '53/udp', '54/udp'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:53',
      'DB_PORT_53_TCP_START=tcp://172.17.0.2:53',
      'DB_PORT_53_TCP_ADDR=172.17.0.2',
      'DB_PORT_53_TCP_PROTO=tcp',
      'DB_PORT_53_TCP_PORT_START=53',
      'DB_PORT_53_UDP_END=udp://172.17.0.2:54',
      'DB_PORT_53_UDP_PORT_END=54',
      'DB_PORT_53_TCP=tcp://172.17.0.2:53',
      'DB_PORT_53_TCP_PORT=53',
      ...four(53, 'udp'),
      ...four(54, 'udp'),
      'DB_NAME=/web/db',
    ]);
  });

  test('tcp-first: two in a row are a range, its variables after those of its last port', () => {
    expect(env('tcp-first', ['8000-8001'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:8000',
      ...four(8000),
      ...four(8001),
      'DB_PORT_8000_TCP_START=tcp://172.17.0.2:8000',
      'DB_PORT_8000_TCP_PORT_START=8000',
      'DB_PORT_8000_TCP_END=tcp://172.17.0.2:8001',
      'DB_PORT_8000_TCP_PORT_END=8001',
      'DB_NAME=/web/db',
    ]);
  });

  test('tcp-first: a range that another port ends comes after the variables of that port', () => {
    expect(env('tcp-first', ['8000-8002', '9000'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:8000',
      ...four(8000),
      ...four(8001),
      ...four(8002),
      ...four(9000),
      'DB_PORT_8000_TCP_START=tcp://172.17.0.2:8000',
      'DB_PORT_8000_TCP_PORT_START=8000',
      'DB_PORT_8000_TCP_END=tcp://172.17.0.2:8002',
      'DB_PORT_8000_TCP_PORT_END=8002',
      'DB_NAME=/web/db',
    ]);
  });

  test('tcp-first: each protocol has its ranges', () => {
    expect(env('tcp-first', ['53/tcp', '53/udp', '54/udp', '54/tcp', '55/sctp'])).toEqual([
      'DB_PORT=tcp://172.17.0.2:53',
      ...four(53),
      ...four(54),
      ...four(55, 'sctp'),
      'DB_PORT_53_TCP_START=tcp://172.17.0.2:53',
      'DB_PORT_53_TCP_PORT_START=53',
      'DB_PORT_53_TCP_END=tcp://172.17.0.2:54',
      'DB_PORT_53_TCP_PORT_END=54',
      ...four(53, 'udp'),
      ...four(54, 'udp'),
      'DB_PORT_53_UDP_START=udp://172.17.0.2:53',
      'DB_PORT_53_UDP_PORT_START=53',
      'DB_PORT_53_UDP_END=udp://172.17.0.2:54',
      'DB_PORT_53_UDP_PORT_END=54',
      'DB_NAME=/web/db',
    ]);
  });

  test('names the recipient and the alias as they are, and the variables by the alias in capitals', () => {
    const facts = {
      alias: 'my-db.v2',
      recipientName: 'Web-1',
      address: '172.17.0.9',
      ports: portsOf('1/udp'),
      sourceEnv: [],
      rules: 'classic' as const,
    };
    expect(linkEnvironment(facts)).toEqual([
      ['MY_DB.V2_PORT', 'udp://172.17.0.9:1'],
      ['MY_DB.V2_PORT_1_UDP', 'udp://172.17.0.9:1'],
      ['MY_DB.V2_PORT_1_UDP_ADDR', '172.17.0.9'],
      ['MY_DB.V2_PORT_1_UDP_PORT', '1'],
      ['MY_DB.V2_PORT_1_UDP_PROTO', 'udp'],
      ['MY_DB.V2_NAME', '/Web-1/my-db.v2'],
    ]);
  });

  test('hands on values with equals signs and empty ones', () => {
    expect(
      env(
        'classic',
        [],
        [
          ['URL', 'a=b=c'],
          ['EMPTY', ''],
        ],
      ),
    ).toEqual(['DB_NAME=/web/db', 'DB_ENV_URL=a=b=c', 'DB_ENV_EMPTY=']);
  });
});

describe('linkEnvPrefix', () => {
  test.each([
    ['db', 'DB'],
    ['my-db', 'MY_DB'],
    ['my.db_2', 'MY.DB_2'],
  ])('makes %s to %s', (alias, prefix) => {
    expect(linkEnvPrefix(alias)).toBe(prefix);
  });
});

describe('selectLinkEnv', () => {
  const variables: readonly Variable[] = [
    ['DB_PORT', 'tcp://172.17.0.2:1'],
    ['DB_NAME', '/web/db'],
    ['DB_ENV_SECRET', 'x'],
  ];

  test.each([
    ['all', ['DB_PORT', 'DB_NAME', 'DB_ENV_SECRET']],
    ['address', ['DB_PORT', 'DB_NAME']],
    ['none', []],
  ] as const)('%s lets through %j', (chosen, names) => {
    expect(selectLinkEnv({ alias: 'db', env: chosen }, variables).map(([name]) => name)).toEqual(names);
  });

  test('keeps the address of an alias that looks like a source variable', () => {
    const own: readonly Variable[] = [['X_ENV_Y_PORT', 'tcp://172.17.0.2:1']];
    expect(selectLinkEnv({ alias: 'x-env-y', env: 'address' }, own)).toEqual(own);
  });
});

describe('mergeVariables', () => {
  test('lets the later of two links with one prefix win', () => {
    expect(
      mergeVariables(
        [
          ['MY_DB_PORT', 'first'],
          ['A', '1'],
        ],
        [['MY_DB_PORT', 'second']],
      ),
    ).toEqual([
      ['MY_DB_PORT', 'second'],
      ['A', '1'],
    ]);
  });
});
