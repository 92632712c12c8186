/** Invariants of addresses on user-defined networks. */

import type { Definition } from '../../../src/domain/definition/definition.js';
import { networkNames } from '../../../src/domain/networks/networked.js';
import { isUp } from '../engine.js';
import { containersOf, currentOf, definitionsOf, isTroubled, readyOf } from './facts.js';
import { invariant, type SimWorld, Violated } from './invariant.js';

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
        if (!isSame || definition === undefined || !networkNames(definition.spec).includes(network)) continue;
        const now = after.addresses.get(uid)?.find((one) => one.network === network)?.address;
        if (now !== address) throw new Violated(`the address of ${definition.name} changed from ${address} to ${now}`);
      }
    }
  },
});

/** Time after which the server knows a new container, in milliseconds. */
const KNOWN_AFTER_MS = 1_000;

export const pickedAddressIsFree = invariant({
  name: 'a picked address is free',
  when: ['commit'],
  meaning: 'no address is picked for a definition that another container which the server knows of takes',
  check({ engine, server, now }, { before, after }) {
    const observed = server?.reconciler.hosts.local.observed;
    for (const [uid, held] of after.addresses) {
      for (const { network, address, origin } of held) {
        const isOld = before.addresses.get(uid)?.some((one) => one.network === network && one.address === address);
        if (isOld === true || origin === 'fixed') continue;
        const taker = [...engine.containers.values()].find(
          (one) => one.owner?.uid !== uid && one.request.network === network && one.request.addresses.includes(address),
        );
        if (taker === undefined || observed?.own(taker.id) === undefined) continue;
        if (now - taker.madeAt > KNOWN_AFTER_MS) throw new Violated(`${address} was picked, which ${taker.name} takes`);
      }
    }
  },
});

export const containerHasAddress = invariant({
  name: 'a container has its address',
  when: ['end'],
  meaning:
    'every container that runs on a network has the address that is reserved for its definition, unless the definition was rolled back for another fault, or another one that has its address was',
  check(world) {
    if (isTroubled(world)) return;
    for (const definition of definitionsOf(world)) {
      const { uid, name, deletionRequestedAt } = definition;
      const [reserved] = world.disk.state.addresses.get(uid) ?? [];
      if (reserved === undefined || deletionRequestedAt !== null || keepsAnother(world, definition)) continue;
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

/** True if a definition says why its container keeps another address. */
function keepsAnother(world: SimWorld, definition: Definition): boolean {
  const { reason, message = '' } = readyOf(world, definition) ?? {};
  if (reason === 'AddressInUse') return message.includes('which was rolled back');
  return reason === 'RolledBack' && !message.includes('Address already in use');
}

export const readyIsConnected = invariant({
  name: 'ready means on every network',
  when: ['end'],
  meaning: 'the container of a ready definition is on each of its networks, with the address that is reserved there',
  check(world) {
    for (const definition of definitionsOf(world)) {
      const container = currentOf(world, definition);
      const isReady = world.server?.reconciler.status.of(definition).ready === true;
      if (!isReady || container === undefined) continue;
      const { onNetwork, request, addresses, further } = container;
      const has = new Map([...further].map(([network, { request: one }]) => [network, one.addresses] as const));
      if (onNetwork) has.set(request.network, addresses);
      const { uid, name, spec } = definition;
      for (const network of networkNames(spec)) {
        const reserved = world.disk.state.addresses.get(uid)?.find((one) => one.network === network)?.address;
        const there = has.get(network);
        if (there === undefined) throw new Violated(`${name} is ready, and not on ${network}`);
        if (reserved !== undefined && !there.includes(reserved))
          throw new Violated(`${name} is ready, and has not ${reserved} on ${network}`);
      }
    }
  },
});
