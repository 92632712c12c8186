/** Planted faults of addresses. */

import type { Address } from '../../src/domain/networks/addresses.js';
import type { Storage, Write } from '../../src/store/storage.js';
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
