import { expect, it } from 'vitest';
import { parseNetworkPool } from '../../../src/domain/networks/pool.js';
import { knownSubnet } from '../../../src/domain/networks/subnet.js';
import type { Store } from '../../../src/store/types.js';
import { put, storeOn, tempDir } from './support.js';

function poolOf(text: string) {
  const pool = parseNetworkPool(text);
  if (!pool.ok) throw new Error(pool.message);
  return pool.value;
}

const subnetOf = (store: Store, name: string): string | undefined => store.network(name)?.subnets[0]?.subnet;

it('a picked subnet overlaps with none that the engine or its host uses, nor with one of another network', async () => {
  const inUse = ['10.9.0.0/24', '10.9.1.128/25', '172.17.0.0/16'].map(knownSubnet);
  const store = await storeOn(tempDir(), { networkPool: poolOf('10.9.0.0/22:24'), subnetsInUse: () => inUse });
  await put(store, 'a', { network: 'first' });
  await put(store, 'b', { network: 'second' });
  expect([subnetOf(store, 'first'), subnetOf(store, 'second')]).toEqual(['10.9.2.0/24', '10.9.3.0/24']);
  await expect(put(store, 'c', { network: 'third' })).rejects.toMatchObject({ code: 'address-unavailable' });
  expect([store.network('third'), store.byName('c')]).toEqual([undefined, undefined]);
  inUse.length = 0;
  await put(store, 'c', { network: 'third' });
  expect(subnetOf(store, 'third')).toBe('10.9.0.0/24');
});

it('a subnet that the engine refused is exchanged, with the addresses on it, until the engine has had the network', async () => {
  const store = await storeOn(tempDir(), { networkPool: poolOf('10.9.0.0/22:24') });
  const { uid } = await put(store, 'a', { network: 'lan' });
  const addresses = () => store.addressesOf(uid).map(({ address }) => address);
  expect([subnetOf(store, 'lan'), addresses()]).toEqual(['10.9.0.0/24', ['10.9.0.2']]);
  const move = () => store.transact((tx) => tx.moveNetwork('lan', [knownSubnet('10.9.0.0/23')]));
  await move();
  expect([subnetOf(store, 'lan'), addresses()]).toEqual(['10.9.2.0/24', ['10.9.2.2']]);
  await store.transact((tx) => tx.confirmNetwork('lan'));
  expect(await move()).toBeNull();
  expect([subnetOf(store, 'lan'), addresses()]).toEqual(['10.9.2.0/24', ['10.9.2.2']]);
});
