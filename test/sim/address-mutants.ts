/** Planted faults of addresses. */

import type { Address } from '../../src/domain/networks/addresses.js';
import type { ContainerDetail } from '../../src/engine/engine.js';
import type { Storage, Write } from '../../src/store/storage.js';
import { isAskedBy } from './asked-by.js';
import type { Mutant } from './mutants.js';
import type { Incident } from './script.js';

const onLan = (name: string, version: string) => ({ name, image: 'good', network: 'lan', env: { VERSION: version } });

/** Definitions on one network, of which one is changed again and again. */
const provoked: readonly Incident[] = [
  { at: 10, kind: 'apply', inputs: [onLan('aa', '1'), onLan('bb', '1')] },
  ...[2, 3, 4].map(
    (round): Incident => ({ at: round * 10_000, kind: 'put', name: 'aa', input: onLan('aa', `${round}`) }),
  ),
];

/** A backup that is restored when a definition on the network has come since. */
const restored: readonly Incident[] = [
  { at: 10_000, kind: 'put', name: 'aa', input: onLan('aa', '1') },
  { at: 20_000, kind: 'put', name: 'cc', input: onLan('cc', '1') },
  { at: 25_000, kind: 'restore', takenAt: 15_000, by: 'api', releasedAfterMs: 1_000, strays: 'keep' },
  { at: 45_000, kind: 'put', name: 'dd', input: onLan('dd', '1') },
];

const onBridge = (name: string) => ({ ...onLan(name, '1'), network: 'bridge' });

/** A backup that is restored when two definitions have exchanged their addresses since. */
const exchanged: readonly Incident[] = [
  { at: 10_000, kind: 'apply', inputs: [onLan('aa', '1'), onLan('bb', '1')] },
  { at: 20_000, kind: 'apply', inputs: [onBridge('aa'), onBridge('bb')] },
  { at: 25_000, kind: 'put', name: 'bb', input: onLan('bb', '1') },
  { at: 28_000, kind: 'put', name: 'aa', input: onLan('aa', '1') },
  { at: 40_000, kind: 'restore', takenAt: 15_000, by: 'api', releasedAfterMs: 1_000, strays: 'keep' },
];

const onBoth = (name: string, ...networks: readonly string[]) => ({
  ...{ name, image: 'good' },
  networks: networks.map((network) => ({ name: network, aliases: [] })),
});

/** Definitions whose networks change while their containers run, one of which is disconnected by somebody. */
const reconnected: readonly Incident[] = [
  { at: 10, kind: 'apply', inputs: [onBoth('aa', 'lan', 'back'), onBoth('bb', 'lan')] },
  { at: 10_000, kind: 'put', name: 'bb', input: onBoth('bb', 'lan', 'back') },
  { at: 20_000, kind: 'put', name: 'aa', input: onBoth('aa', 'lan') },
  { at: 30_000, kind: 'detach', name: 'bb', network: 'back' },
  { at: 40_000, kind: 'put', name: 'aa', input: onBoth('aa', 'lan', 'third', 'back') },
];

/** The storage, with other addresses in what it is given. */
const storing =
  (change: (addresses: readonly Address[], write: Write) => readonly Address[]) =>
  (storage: Storage): Storage => ({
    ...storage,
    commit: (write) =>
      storage.commit({
        ...write,
        addresses: new Map([...write.addresses].map(([uid, held]) => [uid, change(held, write)])),
      }),
  });

export const ADDRESS_MUTANTS: readonly Mutant[] = [
  {
    name: 'picks-addresses-in-use',
    what: 'An address that another container has or takes is picked for a new definition.',
    shows: ['a picked address is free'],
    mutation: { isAddressInUse: () => false },
    provoked: restored,
  },
  {
    name: 'waits-for-no-address',
    what: "A definition doesn't wait for the release of its address: neither container of an exchange makes way.",
    shows: ['a container has its address'],
    mutation: {
      store: (store) => ({
        ...store,
        addressesOf: (uid) => (isAskedBy('heldClaims') ? [] : store.addressesOf(uid)),
      }),
    },
    provoked: exchanged,
  },
  {
    name: 'gives-one-address-to-all',
    what: 'Every definition on a network gets the same address.',
    shows: ['an address has one owner'],
    mutation: { storage: storing((held) => held.map((one) => ({ ...one, address: '10.208.0.2' }))) },
    provoked,
  },
  {
    name: 'assigns-addresses-again',
    what: 'A definition that is changed gets another address.',
    shows: ['an assigned address stays'],
    mutation: {
      storage: (storage) => {
        let serial = 20;
        return {
          ...storage,
          commit: (write) => {
            const changed = [...write.definitions].filter(([, one]) => one !== null && one.generation > 1);
            const moved = changed.map(([uid]): readonly [string, readonly Address[]] => [
              uid,
              [{ uid, host: 'local', network: 'lan', address: `10.208.0.${++serial}`, origin: 'assigned' }],
            ]);
            return storage.commit({ ...write, addresses: new Map([...write.addresses, ...moved]) });
          },
        };
      },
    },
    provoked,
  },
  {
    name: 'connects-nothing',
    what: 'Containers are not connected to further networks, and reported as if they were.',
    shows: ['ready means on every network'],
    mutation: {
      engine: (engine) => {
        const reported = new Map<string, ContainerDetail['networks']>();
        return {
          ...engine,
          async connectTo(id, { network, addresses, aliases, isOurs }) {
            const ipAddress = addresses[0] ?? '10.0.0.1';
            const endpoint = { networkId: '', ipAddress, fixedAddresses: addresses, links: [], aliases, isOurs };
            reported.set(id, { ...reported.get(id), [network]: endpoint });
          },
          async inspect(id) {
            const detail = await engine.inspect(id);
            return detail && { ...detail, networks: { ...reported.get(id), ...detail.networks } };
          },
        };
      },
    },
    provoked: reconnected,
  },
  {
    name: 'creates-without-addresses',
    what: 'The engine chooses the addresses of containers, and reports those that were reserved as theirs.',
    shows: ['a container has its address'],
    mutation: {
      engine: (engine) => {
        const reported = new Map<string, readonly string[]>();
        return {
          ...engine,
          async create(request) {
            const id = await engine.create({ ...request, addresses: [] });
            reported.set(id, request.addresses);
            return id;
          },
          async inspect(id) {
            const detail = await engine.inspect(id);
            const fixedAddresses = reported.get(id) ?? [];
            if (detail === null) return null;
            const networks = Object.entries(detail.networks).map(([name, one]) => [name, { ...one, fixedAddresses }]);
            return { ...detail, networks: Object.fromEntries(networks) };
          },
        };
      },
    },
    provoked,
  },
];
