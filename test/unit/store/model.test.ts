import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { collide } from '../../../src/domain/ports/conflicts.js';
import { Problem } from '../../../src/domain/problems/problem.js';
import { openStore } from '../../../src/store/store.js';
import type { Store, StoreTransaction } from '../../../src/store/types.js';
import { specOf } from '../../support/definition.js';
import { everything, optionsFor } from './support.js';

/** What the store is asked to do, with the definition of this name if there is one. */
interface Step {
  readonly name: string;
  readonly verb: 'put' | 'abandon' | 'publish' | 'confirm' | 'restart' | 'retire' | 'delete' | 'reopen';
  readonly input: Partial<DefinitionInput>;
  /** Container ports for `publish`. */
  readonly exposed: readonly number[];
}

/** They get into each other's way: host ports of several, and one range with three numbers. */
const PORTS = ['5000', '5001/udp', '127.0.0.1::5000', '8000-8002:5002', '8001:80', '127.0.0.1:8002:81', '49001:82'];

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom('db', 'web', 'job', 'cache'),
  verb: fc.constantFrom('put', 'put', 'put', 'abandon', 'publish', 'confirm', 'restart', 'retire', 'delete', 'reopen'),
  input: fc.record({
    ports: fc.uniqueArray(fc.constantFrom(...PORTS), { maxLength: 4 }),
    links: fc.uniqueArray(fc.constantFrom('cache', 'cache:c', 'store'), { maxLength: 2 }),
    network: fc.constantFrom('bridge', 'back'),
    publishAll: fc.boolean(),
    env: fc.dictionary(fc.constantFrom('A', 'B'), fc.stringMatching(/^[ -~é€😀]{0,4}$/u)),
  }),
  exposed: fc.uniqueArray(fc.constantFrom(5000, 80, 443), { maxLength: 3 }),
});

class Abandoned extends Error {}

async function take(tx: StoreTransaction, { name, verb, input, exposed }: Step): Promise<void> {
  const current = tx.byName(name);
  if (verb === 'put' || verb === 'abandon') {
    const next = specOf(input);
    const written = current === undefined ? tx.insert({ name, spec: next }) : tx.replaceSpec(current.uid, next);
    await tx.reserve(await written);
  }
  if (verb === 'abandon') throw new Abandoned();
  if (current === undefined) return;
  const { uid } = current;
  const publishAll = exposed.map((containerPort) => ({ containerPort, protocol: 'tcp' as const }));
  const confirmed = tx.reservationsOf(uid).map((claim) => ({ ...claim, confirmed: true }));
  if (verb === 'publish') await tx.reserve(current, { publishAll });
  if (verb === 'confirm') await tx.setReservations(uid, confirmed);
  if (verb === 'restart') await tx.setRestartOf(uid, '2026-01-01T00:00:00Z');
  if (verb === 'retire') await tx.requestDeletion(uid);
  if (verb === 'delete') await tx.delete(uid);
}

/** @returns whether it was committed; refusals that are part of the game are no failures */
async function tryStep(store: Store, step: Step): Promise<boolean> {
  try {
    await store.transact((tx) => take(tx, step));
    return true;
  } catch (thrown) {
    if (thrown instanceof Abandoned || (thrown instanceof Problem && thrown.code === 'port-claimed')) return false;
    throw thrown;
  }
}

/** The picked port of every mapping of a definition, by the mapping. */
const picked = (store: Store, uid: string): ReadonlyMap<string, number> =>
  new Map(
    store
      .reservationsOf(uid)
      .filter(({ origin }) => origin === 'assigned')
      .map((claim) => [`${claim.hostIp} ${claim.containerPort} ${claim.protocol}`, claim.hostPort]),
  );

/** Where a mapping was before and is now, its number is the same. */
function expectNoneMoved(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  const moved = [...before].filter(([mapping, hostPort]) => (after.get(mapping) ?? hostPort) !== hostPort);
  expect(moved).toEqual([]);
}

function expectOneOwnerEach(store: Store): void {
  const claims = [...store.claims(LOCAL_HOST, 'tcp'), ...store.claims(LOCAL_HOST, 'udp')];
  expect(claims.filter((a, i) => claims.slice(i + 1).some((b) => collide(a, b)))).toEqual([]);
}

async function play(dir: string, steps: readonly Step[]): Promise<void> {
  let store = await openStore(optionsFor(dir));
  try {
    for (const step of steps) {
      const uid = store.byName(step.name)?.uid ?? '';
      const before = { all: everything(store), picked: picked(store, uid) };
      if (step.verb === 'reopen') {
        await store.close();
        store = await openStore(optionsFor(dir));
      }
      const isChanged = step.verb !== 'reopen' && (await tryStep(store, step));
      if (!isChanged) expect(everything(store)).toEqual(before.all);
      expectNoneMoved(before.picked, picked(store, uid));
      expectOneOwnerEach(store);
    }
  } finally {
    await store.close();
  }
}

it('whatever is written, memory is what the database has, no port has two owners, and picked ports stay', async () => {
  const reopen: Step = { name: 'db', verb: 'reopen', input: {}, exposed: [] };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const dir = mkdtempSync(path.join(tmpdir(), 'berth-model-'));
      try {
        await play(dir, [...steps, reopen]);
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
});

it('what is asked for at once comes to the same as one after the other', async () => {
  const steps = fc.array(step, { minLength: 5, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 2, max: 10 }), async (all, together) => {
      const asked = all.filter(({ verb }) => verb !== 'reopen');
      const [alone, grouped] = [await outcome(asked, 1), await outcome(asked, together)];
      expect(grouped).toEqual(alone);
    }),
    { numRuns: 40 },
  );
});

/** What is there after some steps, before and after a restart, and which of them were done. */
async function outcome(steps: readonly Step[], together: number) {
  const dir = mkdtempSync(path.join(tmpdir(), 'berth-model-'));
  let serial = 0;
  const options = optionsFor(dir, { now: () => new Date(0), newUid: () => `u-${serial++}`, instance: 'i' });
  try {
    const store = await openStore(options);
    const done: boolean[] = [];
    for (let from = 0; from < steps.length; from += together) {
      done.push(...(await Promise.all(steps.slice(from, from + together).map((one) => tryStep(store, one)))));
    }
    const before = everything(store);
    await store.close();
    const again = await openStore(options);
    const after = everything(again);
    await again.close();
    return { done, before, after };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
