import { describe, expect, it } from 'vitest';
import type { Definition, DefinitionInput, Reservation } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import type { SealedValue } from '../../../src/domain/secrets/sealed-value.js';
import { rowFaults } from '../../../src/store/backup/check-rows.js';
import { definition as built, legacyNetwork, specOf } from '../../support/definition.js';

const ID = 'c0ffee';
const adopted = { id: ID, generation: 1, hash: '1:h' };

let seq = 0;
function definition(name: string, input: Partial<DefinitionInput> = {}, over: Partial<Definition> = {}): Definition {
  seq += 1;
  return built({ seq, uid: `uid-${name}`, name, ...over, spec: { ...specOf(input), ...over.spec } });
}

const claim = (name: string, hostPort: number, over: Partial<Reservation> = {}): Reservation => ({
  ...{
    uid: `uid-${name}`,
    host: LOCAL_HOST,
    hostPort,
    containerPort: 80,
    protocol: 'tcp',
    origin: 'fixed',
    confirmed: true,
  },
  ...over,
});

/** Definitions with the networks that they name, as an earlier version left them. */
const rowsOf = (definitions: readonly Definition[]) => ({
  definitions,
  networks: [...new Set(definitions.map(({ spec }) => spec.network))]
    .filter((name) => name !== 'bridge')
    .map((name) => legacyNetwork(name)),
  addresses: [],
  sealed: [],
  runs: [],
});

const faultsOf = async (definitions: readonly Definition[], reservations: readonly Reservation[] = []) =>
  (await rowFaults({ ...rowsOf(definitions), reservations, instance: 'ours' }, async () => undefined)).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );

const SEALED: SealedValue = {
  ...{ kind: 'registry', name: 'r.example:5000', uid: 'one', version: 1, username: 'ci' },
  sealed: '0123456789abcdef:QUJD',
  ...{ createdAt: new Date(1), updatedAt: new Date(1) },
};

it.each<[string, Partial<SealedValue>, RegExp | null]>([
  ['as Berth stores it', {}, null],
  ['sealed by a key that is not here', { sealed: 'ffffffffffffffff:QUJD' }, null],
  ['of an unknown kind', { kind: 'other' as SealedValue['kind'] }, /^\/sealed\/other~1r\.example:5000: \/kind /],
  ['that is no registry', { name: 'https://r.example' }, /is not a registry's host/],
  ['with another name of a registry', { name: 'index.docker.io' }, /: is not in the form in which Berth stores it$/],
  ['that is not sealed', { sealed: 'hunter2' }, /: \/sealed /],
  ['with an impossible version', { version: 0 }, /: \/version /],
  ['with an impossible time', { updatedAt: new Date(Number.NaN) }, /: has invalid times$/],
])('reads a sealed value %s', async (_, over, fault) => {
  const rows = { ...rowsOf([]), sealed: [{ ...SEALED, ...over }], reservations: [], instance: 'ours' };
  const faults = await rowFaults(rows, async () => undefined);
  const [first] = faults.map(({ pointer, message }) => `${pointer}: ${message}`);
  if (fault === null) expect(first).toBeUndefined();
  else expect(first).toMatch(fault);
});

const linked = (name: string, ...links: readonly string[]) => definition(name, { links });
const publishing = (name: string, port: string) => definition(name, { ports: [port] });

describe('rows of a restored database', () => {
  it('that Berth wrote have no fault', async () => {
    const all = [
      definition('db', { network: 'lan' }),
      definition('web', { network: 'lan', links: ['db'], ports: ['5000', '127.0.0.1:8080:80', '[::1]:8080:80'] }),
      definition('all', { publishAll: true }),
      definition('orphan', { links: ['deleted'] }),
      definition('leaving', { ports: ['9000:80'] }, { deletionRequestedAt: new Date(1) }),
      definition('taken', {}, { adopted }),
    ];
    const claims = [
      claim('web', 49_001, { containerPort: 5000, origin: 'assigned' }),
      claim('web', 8080, { hostIp: '127.0.0.1' }),
      claim('web', 8080, { hostIp: '::1' }),
      claim('all', 49_002, { origin: 'publishAll', containerPort: 3306 }),
    ];
    expect(await faultsOf(all, claims)).toEqual([]);
  });

  it.each<[string, readonly Definition[], readonly Reservation[], readonly RegExp[]]>([
    ['a link to itself', [linked('web', 'web')], [], [/^\/definitions\/web\/links\/0: web waits for itself$/]],
    [
      'a circle of links',
      [linked('aa', 'bb'), linked('bb', 'cc'), linked('cc', 'aa')],
      [],
      [/^\/definitions\/\w\w\/links\/0: the links and dependencies form a cycle through/],
    ],
    [
      'a link to another network',
      [definition('db', { network: 'lan' }), linked('web', 'db')],
      [],
      [/^\/definitions\/web\/links\/0: db is on the network "lan", but web is on the default bridge$/],
    ],
    [
      'the same host port for two definitions',
      [publishing('aa', '8080:80'), publishing('bb', '127.0.0.1:8080:80')],
      [claim('aa', 8080), claim('bb', 8080, { hostIp: '127.0.0.1' })],
      [/^\/definitions\/bb\/reservations\/8080: 8080\/tcp is also reserved for aa$/],
    ],
    [
      'a mapping without its reservation',
      [publishing('web', '8080:80')],
      [],
      [/^\/definitions\/web\/ports: the mapping of 80\/tcp has no host port reserved$/],
    ],
    [
      'a reservation without its mapping',
      [definition('web')],
      [claim('web', 8080)],
      [/^\/definitions\/web\/reservations\/8080: reserves all addresses for 80\/tcp, but no mapping asks for it$/],
    ],
    [
      'a reservation on all addresses for a mapping on loopback',
      [publishing('web', '127.0.0.1:8080:80')],
      [claim('web', 8080)],
      [/has no host port reserved$/, /reserves all addresses for 80\/tcp, but no mapping asks for it$/],
    ],
    [
      'a reservation of another container port',
      [publishing('web', '8080:80')],
      [claim('web', 8080, { containerPort: 22 })],
      [/has no host port reserved$/, /reserves all addresses for 22\/tcp/],
    ],
    [
      'a reservation on what is no address',
      [publishing('web', '127.0.0.1:8080:80')],
      [claim('web', 8080, { hostIp: '0.0.0.0/0' })],
      [/"0\.0\.0\.0\/0" is not an address/],
    ],
    [
      'a reservation of publishAll where nothing is published so',
      [definition('web')],
      [claim('web', 8080, { origin: 'publishAll' })],
      [/but no mapping asks for it$/],
    ],
    ['a reservation of nobody', [], [claim('gone', 8080)], [/^\/ports\/80~1tcp: belongs to no definition$/]],
    [
      'a host path that is not in its stored form',
      [definition('web', {}, { spec: { volumes: [{ volume: 'v', target: '/a//b', readOnly: false }] } as never })],
      [],
      [/^\/definitions\/web\/volumes/],
    ],
    [
      'an address of a mapping that is not in its stored form',
      [
        definition(
          'web',
          {},
          {
            spec: { ports: [{ hostIp: '::0001', hostPort: 80, containerPort: 80, protocol: 'tcp' }] } as never,
          },
        ),
      ],
      [],
      [/^\/definitions\/web\/ports: is not in the form in which Berth stores it$/],
    ],
    [
      'one container that two definitions have adopted',
      [definition('aa', {}, { adopted }), definition('bb', {}, { adopted })],
      [],
      [/^\/definitions\/bb\/adopted: has the container c0ffee, which aa has adopted$/],
    ],
    [
      'an adopted container whose id is none',
      [definition('web', {}, { adopted: { ...adopted, id: '../../x' } })],
      [],
      [/^\/definitions\/web\/adopted/],
    ],
    [
      'a generation near the greatest number',
      [definition('web', {}, { generation: 2_000_000_000 })],
      [],
      [/^\/definitions\/web\/generation/],
    ],
    ['a time before there were any', [definition('web', {}, { createdAt: new Date(-1) })], [], [/invalid times/]],
    [
      'a uid that is a text of another kind',
      [definition('web', {}, { uid: 'a\nb' })],
      [],
      [/^\/definitions\/web\/uid/],
    ],
  ])('with %s are refused, with the place', async (_, definitions, reservations, expected) => {
    const faults = await faultsOf(definitions, reservations);
    expect(faults).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(faults[index]).toMatch(pattern);
  });

  it('are refused with every fault at once', async () => {
    const faults = await faultsOf(
      [linked('web', 'web'), publishing('aa', '8080:80'), definition('bb', {}, { generation: 0 })],
      [claim('web', 99)],
    );
    expect(faults.map((fault) => fault.split(': ')[0])).toEqual([
      '/definitions/bb/generation',
      '/definitions/web/links/0',
      '/definitions/web/reservations/99',
      '/definitions/aa/ports',
    ]);
  });
});
