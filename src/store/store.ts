import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DEFAULT_POOL, type NetworkPool, parseNetworkPool } from '../domain/networks/pool.js';
import { createBackups } from './backup/backups.js';
import { withCopyDetection } from './backup/copy-detection.js';
import { makeDataFolder } from './sqlite/data-folder.js';
import { openDatabase } from './sqlite/database.js';
import { prismaStorage } from './sqlite/prisma-storage.js';
import { lockDataDir } from './sqlite/server-lock.js';
import { createEventLog } from './state/event-log.js';
import { createGroupCommit, type GroupCommitOptions } from './state/group-commit.js';
import { createMemory, fill, type Memory } from './state/memory.js';
import { holdReplaced, settleInstance } from './state/settings.js';
import { fresh } from './state/transaction.js';
import { NO_WRITE, type Storage, type Stored } from './storage.js';
import type { FiledStore, Store, StoreOptions } from './types.js';

/**
 * Opens the database of a data folder, applies its migrations, and reads it.
 *
 * @throws Error with a sentence for a person: another server has it, others may write to it, it is newer than this
 * program, it is damaged
 */
export async function openStore(options: StoreOptions): Promise<FiledStore> {
  const { dataDir } = options;
  makeDataFolder(dataDir);
  const unlock = lockDataDir(dataDir);
  try {
    const file = path.join(dataDir, 'berth.db');
    const backups = createBackups({ file, dataDir, now: options.now });
    const storage = withCopyDetection(prismaStorage(await openDatabase(file)), dataDir, randomUUID);
    const store = await createStore(storage, options);
    return { ...store, backups, close: () => store.close().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A store over an open storage, which it closes when it is closed, or can't be read. @throws Error for a person */
export async function createStore(storage: Storage, options: Omit<StoreOptions, 'dataDir'>): Promise<Store> {
  const memory = createMemory();
  try {
    let stored = await load(storage, memory);
    const instance = await settleInstance(storage, options.instance, memory.size === 0, randomUUID);
    const put = await storage.putHere();
    if (put !== null) {
      await holdReplaced(storage, stored, { ...put, since: options.now() });
      stored = await load(storage, memory);
    }
    const log = createEventLog(storage, stored);
    return storeOver({
      newUid: randomUUID,
      ...options,
      networks: {
        pool: options.networkPool ?? usualPool(),
        subnetsInUse: options.subnetsInUse ?? (() => []),
        isAddressInUse: options.isAddressInUse ?? (() => false),
      },
      storage,
      memory,
      log,
      lastSeq: stored.last.seq,
      instance,
      askedInstance: options.instance,
    });
  } catch (error) {
    await storage.close();
    throw error;
  }
}

function usualPool(): NetworkPool {
  const pool = parseNetworkPool(DEFAULT_POOL);
  if (!pool.ok) throw new Error(pool.message);
  return pool.value;
}

/** Fills an empty memory with what is stored. @throws Error with a sentence for a person when it is damaged */
export async function load(storage: Storage, memory: Memory): Promise<Stored> {
  const stored = await storage.read();
  fill(memory, stored);
  return stored;
}

/** The key of what is written to see whether writing works again. */
const PROBE = 'probe';

/** More than a write of one definition takes. */
const PROBE_BYTES = 256 * 1024;

/** Writes and removes something, as a client's write would: nothing else says that a disk has room again. */
async function tryWriting(storage: Storage): Promise<void> {
  await storage.commit({ ...NO_WRITE, settings: new Map([[PROBE, 'x'.repeat(PROBE_BYTES)]]) });
  await storage.commit({ ...NO_WRITE, settings: new Map([[PROBE, null]]) });
}

function storeOver(
  options: Omit<GroupCommitOptions, 'instanceChanged'> & Pick<Store, 'askedInstance'> & { readonly instance: string },
): Store {
  const { storage, memory, log, now } = options;
  const { apply: _apply, clear: _clear, size: _size, ...reads } = memory;
  let { instance } = options;
  const writer = createGroupCommit({
    ...options,
    instanceChanged(other) {
      instance = other;
    },
  });
  return {
    ...reads,
    instance: () => instance,
    askedInstance: options.askedInstance,
    events: log,
    async responseTo(key) {
      try {
        return fresh(await storage.response(key), now());
      } catch (error) {
        throw storage.toProblem(error);
      }
    },
    async deliveries(webhook, after, limit) {
      try {
        return await storage.deliveries(webhook, after, limit);
      } catch (error) {
        throw storage.toProblem(error);
      }
    },
    transact: writer.transact,
    restore: writer.restore,
    async check() {
      try {
        await storage.check();
        if (writer.isFailing()) await tryWriting(storage);
      } catch (error) {
        throw storage.toProblem(error);
      }
    },
    close: writer.close,
  };
}
