/** Invariants of addresses on user-defined networks. */

import { isUp } from '../engine.js';
import { containersOf, definitionsOf, isTroubled } from './facts.js';
import { invariant, Violated } from './invariant.js';

export const oneAddressOwner = invariant({
  name: 'an address has one owner',
  when: ['commit', 'restore'],
  meaning: 'no address of a network is reserved for two definitions, and none for a definition that is gone',
  check(_world, { after }) {
    const owners = new Map<string, string>();
    for (const { uid, network, address } of [...after.addresses.values()].flat()) {
      const other = owners.get(`${network} ${address}`);
      if (other !== undefined) throw new Violated(`${address} on ${network} has two owners: ${other}, ${uid}`);
      if (!after.definitions.has(uid)) throw new Violated(`${address} on ${network} belongs to ${uid}, which is gone`);
      owners.set(`${network} ${address}`, uid);
    }
  },
});

export const addressStays = invariant({
  name: 'an assigned address stays',
  when: ['commit'],
  meaning: 'no address changes while its definition stays on the network and the engine has had the network',
  check(_world, { before, after }) {
    for (const [uid, held] of before.addresses) {
      const definition = after.definitions.get(uid);
      for (const { network, address } of held) {
        const stored = after.networks.get(network);
        const isSame = stored?.confirmed === true && before.networks.get(network)?.uid === stored.uid;
        if (!isSame || definition?.spec.network !== network) continue;
        const now = after.addresses.get(uid)?.find((one) => one.network === network)?.address;
        if (now !== address) throw new Violated(`the address of ${definition.name} changed from ${address} to ${now}`);
      }
    }
  },
});

export const containerHasAddress = invariant({
  name: 'a container has its address',
  when: ['end'],
  meaning: 'every container that runs on a network has the address that is reserved for its definition',
  check(world) {
    if (isTroubled(world)) return;
    for (const { uid, name, deletionRequestedAt } of definitionsOf(world)) {
      const [reserved] = world.disk.state.addresses.get(uid) ?? [];
      if (reserved === undefined || deletionRequestedAt !== null) continue;
      for (const container of containersOf(world, uid)) {
        // Between two runs that the engine makes of it, a container has no address.
        const isRunning = isUp(container) && container.state !== 'restarting';
        if (!isRunning || container.request.network !== reserved.network) continue;
        if (container.address !== reserved.address) {
          throw new Violated(`${name} has the address ${container.address} instead of ${reserved.address}`);
        }
      }
    }
  },
});
