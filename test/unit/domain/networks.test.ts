import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressRequest, assignAddresses } from '../../../src/domain/networks/addresses.js';
import { withOneForm } from '../../../src/domain/networks/attachments.js';
import { settingsOf } from '../../../src/domain/networks/network.js';
import type { NetworkSpec } from '../../../src/domain/networks/network-spec.js';
import { DEFAULT_POOL, parseNetworkPool, pickSubnet, subnetsFor } from '../../../src/domain/networks/pool.js';
import {
  addressText,
  isWithin,
  knownSubnet,
  numberOf,
  overlap,
  parseSubnet,
  upperHalf,
} from '../../../src/domain/networks/subnet.js';
import { declareNetwork } from '../../../src/domain/networks/validate-network.js';
import { legacyNetwork } from '../../support/definition.js';

const poolOf = (text: string) => {
  const pool = parseNetworkPool(text);
  if (!pool.ok) throw new Error(pool.message);
  return pool.value;
};
const faultsOf = (spec: NetworkSpec, name = 'net') => {
  const declared = declareNetwork(name, spec);
  return declared.ok ? [] : declared.faults.map(({ pointer, message }) => `${pointer} ${message}`);
};

describe('a subnet', () => {
  it.each([
    ['10.20.0.0/24', '10.20.0.0/24'],
    ['fd00:0::/64', 'fd00::/64'],
    ['10.20.0.1/24', 'does not begin at the first address'],
    ['10.20.0.0', 'is not a subnet'],
    ['10.20.0.0/33', 'more than 32 bits'],
    ['10.20.0.0/24/1', 'is not a subnet'],
    ['::/129', 'more than 128 bits'],
  ])('%s is read as %s', (text, expected) => {
    const parsed = parseSubnet(text);
    expect(parsed.ok ? parsed.value.text : parsed.message).toContain(expected);
  });

  it('has an upper half that is within it and begins in its middle', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 8, max: 29 }), (address, prefix) => {
        const size = 1n << BigInt(32 - prefix);
        const subnet = knownSubnet(`${addressText(4, (numberOf(address) / size) * size)}/${prefix}`);
        const half = upperHalf(subnet);
        expect([half.first, half.last]).toEqual([subnet.first + size / 2n, subnet.last]);
        expect(isWithin(subnet, address) && overlap(subnet, half)).toBe(true);
      }),
    );
  });
});

describe('the pool', () => {
  it.each([
    ['10.0.0.0/8', 'is not a pool'],
    ['10.0.0.0/8:30', 'is not a pool'],
    ['10.0.0.0/24:16', 'is not a pool'],
    ['10.0.0.0/16:24,10.0.0.0/20:24', 'overlaps'],
    ['nonsense:24', 'is not a subnet'],
  ])('%s is refused', (text, message) => {
    const pool = parseNetworkPool(text);
    expect(pool.ok ? '' : pool.message).toContain(message);
  });

  it('gives the first subnet that overlaps with none that is taken, from the next range if one is used up', () => {
    const pool = poolOf('10.0.0.0/23:24,10.9.0.0/24:24');
    const taken = ['10.0.0.0/24', '10.0.1.128/25', '10.8.0.0/16'].map(knownSubnet);
    expect(pickSubnet(pool, [])?.text).toBe('10.0.0.0/24');
    expect(pickSubnet(pool, taken)?.text).toBe('10.9.0.0/24');
    expect(pickSubnet(pool, [...taken, knownSubnet('10.0.0.0/8')])).toBeUndefined();
  });

  it('gives hundreds of subnets of which no two overlap', () => {
    const pool = poolOf(DEFAULT_POOL);
    const taken: ReturnType<typeof knownSubnet>[] = [];
    for (let round = 0; round < 512; round++) {
      const found = subnetsFor({ ipv6: true }, pool, taken, () => 0);
      if (!found.ok) throw new Error(found.message);
      const subnets = found.value.map(({ subnet }) => knownSubnet(subnet));
      expect(subnets.some((one) => taken.some((other) => overlap(one, other)))).toBe(false);
      taken.push(...subnets);
    }
    expect(subnetsFor({}, pool, taken, () => 0).ok).toBe(false);
  });
});

describe('a declared network', () => {
  it.each<[string, NetworkSpec, string]>([
    ['a gateway without a subnet', { gateway: '10.0.0.1' }, '/gateway needs subnet'],
    ['a gateway outside the subnet', { subnet: '10.0.0.0/24', gateway: '10.0.1.1' }, '/gateway 10.0.1.1 is not in'],
    [
      'the broadcast address as gateway',
      { subnet: '10.0.0.0/24', gateway: '10.0.0.255' },
      '/gateway 10.0.0.255 is the',
    ],
    ['a subnet of the other family', { subnet: 'fd00::/64' }, '/subnet fd00::/64 is an IPv6 subnet'],
    ['a subnet without room', { subnet: '10.0.0.0/30' }, '/subnet 10.0.0.0/30 has a prefix of 30'],
    ['the loopback range', { subnet: '127.0.0.0/24' }, '/subnet 127.0.0.0/24 is not a unicast subnet'],
    [
      'an option that reaches the host',
      { driverOptions: { 'com.docker.network.bridge.name': 'br0' } },
      'is not allowed',
    ],
    ['a label of Berth', { labels: { 'io.berth.instance': 'x' } }, 'are reserved for Berth'],
    ['an external network with settings', { external: true, mtu: 1400 }, '/mtu an external network is never changed'],
    ['an MTU that no link has', { mtu: 5 }, '/mtu must be a whole number'],
  ])('is refused with %s', (_, spec, message) => {
    expect(faultsOf(spec).join()).toContain(message);
  });

  it.each(['bridge', 'host', 'none', 'a', '', '-x', 'a b', 'ä1'])('is refused with the name %j', (name) => {
    expect(faultsOf({}, name)[0]).toContain('/name');
  });

  it('has a normal form that is declared again as it is', () => {
    const declared = declareNetwork('net', { ipv6: false, internal: false, labels: {}, mtu: 1400 });
    expect(declared).toEqual({ ok: true, spec: { mtu: 1400 } });
  });

  it('leaves the upper half to the engine, and has a digest of its settings', () => {
    const network = legacyNetwork('net', { subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }] });
    expect(settingsOf(network).subnets).toEqual([
      { subnet: '10.0.0.0/24', gateway: '10.0.0.1', range: '10.0.0.128/25' },
    ]);
    expect(settingsOf({ ...network, spec: { internal: true } }).hash).not.toBe(settingsOf(network).hash);
    expect(settingsOf(legacyNetwork('net')).hash).toBeNull();
  });
});

describe('addresses', () => {
  const network = legacyNetwork('net', { subnets: [{ subnet: '10.0.0.0/28', gateway: '10.0.0.1' }] });
  const pointers = { network: '/network', ipv4: '/ipv4', ipv6: '/ipv6' };
  const assign = (over: Partial<AddressRequest> = {}, wish: object = {}) =>
    assignAddresses({
      ...{ uid: 'u', wishes: [{ network, pointers, ...wish }], held: [], onlyFixed: false },
      ...{ ownerOf: () => undefined, isInUse: () => false, countOn: () => 0, nameOf: (uid) => uid },
      ...over,
    });
  const held = (address: string, origin: 'fixed' | 'assigned' = 'assigned') => ({
    ...{ uid: 'u', host: 'local', network: 'net', address, origin },
  });

  it('are the first free ones of the lower half, without that of the gateway, and stay', () => {
    expect(assign()).toEqual({ ok: true, addresses: [held('10.0.0.2')] });
    expect(assign({ held: [held('10.0.0.6')] })).toEqual({ ok: true, addresses: [held('10.0.0.6')] });
    const taken = new Set(['10.0.0.2', '10.0.0.3']);
    const ownerOf = (_: string, address: string) => (taken.has(address) ? 'other' : undefined);
    expect(assign({ ownerOf })).toEqual({ ok: true, addresses: [held('10.0.0.4')] });
    const isInUse = (_: string, address: string) => address === '10.0.0.4';
    expect(assign({ ownerOf, isInUse })).toEqual({ ok: true, addresses: [held('10.0.0.5')] });
    expect(assign({ ownerOf, isInUse }, { ipv4Address: '10.0.0.4' })).toEqual({
      ...{ ok: true, addresses: [held('10.0.0.4', 'fixed')] },
    });
  });

  it.each([
    ['outside the subnet', '10.0.1.2', '10.0.1.2 is not in 10.0.0.0/28'],
    ['of the gateway', '10.0.0.1', 'is the gateway'],
    ["in the engine's half", '10.0.0.9', 'from which the engine allocates'],
    ['of the network itself', '10.0.0.0', 'is the address of the network'],
    ['of another definition', '10.0.0.5', 'belongs to other'],
  ])('%s are refused', (_, ipv4Address, message) => {
    const ownerOf = (__: string, address: string) => (address === '10.0.0.5' ? 'other' : undefined);
    expect(assign({ ownerOf }, { ipv4Address })).toMatchObject({
      ok: false,
      faults: [{ pointer: '/ipv4', message: expect.stringContaining(message) }],
    });
  });

  it('are refused on a network that is full, by its addresses or by the ports of a bridge', () => {
    const full = { ok: false, faults: [{ pointer: '/network', message: expect.stringContaining('is full') }] };
    expect(assign({ ownerOf: () => 'other' })).toMatchObject(full);
    expect(assign({ countOn: () => 1000 })).toMatchObject(full);
    expect(assign({ countOn: () => 1000, held: [held('10.0.0.2')] })).toMatchObject({ ok: true });
  });
});

describe('a change to the form of the networks of a definition', () => {
  const networks = [{ name: 'front', aliases: ['shop'] }];

  it('leaves aliases alone beside several networks, where they are a fault', () => {
    const input = { image: 'x', networks, networkAliases: ['db'] };
    expect(withOneForm({ image: 'x', networks }, input)).toBe(input);
  });

  it('replaces several networks by the one that is named', () => {
    const input = { image: 'x', networks, network: 'back', networkAliases: ['db'] };
    expect(withOneForm({ image: 'x', networks }, input)).toEqual({
      ...{ image: 'x', network: 'back' },
      networkAliases: ['db'],
    });
  });
});
