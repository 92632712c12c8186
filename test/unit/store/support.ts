import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Definition, DefinitionInput, Protocol, Reservation } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { createEventLog } from '../../../src/store/state/event-log.js';
import { createGroupCommit, type GroupCommitOptions } from '../../../src/store/state/group-commit.js';
import type { Memory } from '../../../src/store/state/memory.js';
import type { Storage } from '../../../src/store/storage.js';
import { openStore } from '../../../src/store/store.js';
import type { Store, StoreOptions } from '../../../src/store/types.js';
import { specOf } from '../../support/definition.js';

/** A folder of its own that is gone when the test is over. */
export function tempDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'berth-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export const RANGE = { from: 49_000, to: 49_009 };

/** An hour in which every look at the clock is a second later. */
export function ticking(): () => Date {
  let seconds = 0;
  return () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++));
}

export const optionsFor = (dataDir: string, changes: Partial<StoreOptions> = {}): StoreOptions => ({
  dataDir,
  portRange: RANGE,
  now: ticking(),
  random: () => 0,
  ...changes,
});

/** A store on a folder, closed when the test is over. */
export async function storeOn(dataDir: string, changes: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore(optionsFor(dataDir, changes));
  onTestFinished(() => store.close());
  return store;
}

/** A writer alone, of an empty storage, closed when the test is over. */
export function writerOn(storage: Storage, memory: Memory, options: Pick<GroupCommitOptions, 'lockedWaitMs'> = {}) {
  const writer = createGroupCommit({
    ...{ storage, memory, ...options },
    log: createEventLog(storage, { events: [], oldestEvent: 0, last: { event: 0 } }),
    lastSeq: 0,
    now: ticking(),
    random: () => 0,
    newUid: randomUUID,
    portRange: RANGE,
    networks: { pool: [], subnetsInUse: () => [], isAddressInUse: () => false },
    instanceChanged: () => undefined,
  });
  onTestFinished(() => writer.close());
  return writer;
}

/** Stores a definition and claims its ports, as a client's write does. */
export const put = (store: Store, name: string, input: Partial<DefinitionInput> = {}): Promise<Definition> =>
  store.transact(async (tx) => {
    const definition = await tx.insert({ name, spec: specOf(input) });
    await tx.reserve(definition);
    return definition;
  });

/** Replaces a definition's spec and claims its ports, as a client's write does. */
export const replace = (store: Store, uid: string, input: Partial<DefinitionInput>): Promise<Definition> =>
  store.transact(async (tx) => {
    const definition = await tx.replaceSpec(uid, specOf(input));
    await tx.reserve(definition);
    return definition;
  });

/** `49000->5000/tcp`, in the order of the claims. */
export const held = (store: Pick<Store, 'reservationsOf'>, uid: string): readonly string[] =>
  store.reservationsOf(uid).map(textOf);

export const textOf = (claim: Omit<Reservation, 'uid'>): string =>
  `${claim.hostIp === undefined ? '' : `${claim.hostIp}:`}${claim.hostPort}->${claim.containerPort}/${claim.protocol}`;

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp'];

/** All that a store says, for comparing it with what another one says. */
export function everything(store: Store): unknown {
  const all = store.all();
  const networks = new Set(all.map(({ spec }) => spec.network));
  const uids = (found: readonly Definition[]) => found.map(({ uid }) => uid).sort();
  return {
    instance: store.instance(),
    all,
    found: all.map(({ uid, name }) => [store.byUid(uid)?.name, store.byName(name)?.uid]),
    reservations: all.map(({ uid }) => store.reservationsOf(uid)),
    recipients: all.map(({ name }) => uids(store.recipientsOf(name))),
    networks: [...networks].sort().map((network) => [network, uids(store.onNetwork(network))]),
    claims: PROTOCOLS.map((protocol) =>
      store
        .claims(LOCAL_HOST, protocol)
        .map((claim) => `${claim.uid} ${textOf(claim)}`)
        .sort(),
    ),
  };
}
