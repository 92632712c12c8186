/** What a restore takes over and what a release lets be done, on a real database and an engine that is a list. */

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/access/policy.js';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { declare } from '../../../src/domain/definition/normalize.js';
import { createObservedState, type OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import type { Reconciler } from '../../../src/reconcile/reconciler.js';
import { openPolicies } from '../../../src/service/access/policy.js';
import { createBackup } from '../../../src/service/backup/backup.js';
import { createAdopt } from '../../../src/service/containers/adopt.js';
import { createCommit } from '../../../src/service/core/commit.js';
import { openStore } from '../../../src/store/store.js';
import { specOf } from '../../support/definition.js';
import { aHost, oneHost } from '../../support/hosts.js';
import { testVault } from '../../support/vault.js';
import { container } from '../reconcile/builders.js';
import { optionsFor, put, tempDir } from '../store/support.js';

const FOREIGN = 'f00d00000000';
const LOOPBACK: Policy = { ...DEFAULT_POLICY, publish: 'loopback' };

async function server(policy: Policy = DEFAULT_POLICY) {
  const store = await openStore(optionsFor(tempDir(), { instance: 'ours' }));
  onTestFinished(() => store.close());
  const observed = createObservedState(new Date(0));
  observed.complete = true;
  let text = JSON.stringify(policy);
  const policies = openPolicies({ file: 'policy.json', readFile: () => text, now: () => new Date(0) });
  const reconciler = {
    hosts: oneHost({ observed }),
    replaceAll: (replace: () => Promise<unknown>) => replace(),
    released: () => undefined,
    changed: () => undefined,
  } as Partial<Reconciler> as Reconciler;
  const commit = createCommit({ store, reconciler, policies });
  const restores = createBackup({
    ...{ store, backups: store.backups, reconciler, now: () => new Date(0), refusal: policies.refusal },
    vault: testVault(store),
    planning: async () => undefined,
  });
  /** Adopts a container that is as this input says. */
  const adopt = (input: DefinitionInput, over: object = {}) => {
    const derived = { container: container({ id: FOREIGN, owner: null, networks: {} }), input };
    const engine = { derive: async () => ({ ...derived, picked: [], links: [], lost: [], changed: [], ...over }) };
    const adopts = createAdopt({
      ...{ commit, policies, instance: store.instance },
      host: aHost({ observed, engine: engine as never }),
      preview: (definition) => definition as never,
    });
    return adopts.adopt({ container: input.name ?? '' }, {});
  };
  return {
    ...{ store, observed, adopt, restores },
    backup: async () => buffer((await restores.takeBackup()).read()),
    async restore(bytes: Buffer) {
      const upload = await restores.receiveBackup(Readable.from([bytes]), bytes.length);
      await restores.restore(upload, { dryRun: false });
      restores.discardBackup(upload);
    },
    release: () => restores.release({ strays: 'keep' }, {}),
    change: (name: string, input: Partial<DefinitionInput>) =>
      commit(
        {},
        async (tx) => {
          const before = tx.byName(name);
          if (before === undefined) throw new Error(name);
          const definition = await tx.replaceSpec(before.uid, specOf(input));
          await tx.reserve(definition);
          return [{ kind: 'updated', before, definition }];
        },
        () => undefined,
      ),
    setPolicy(other: Policy) {
      text = JSON.stringify(other);
      policies.reload();
    },
  };
}

/** Fields that reach the host, each with the policy that allows it. */
const REACHING: readonly [Partial<DefinitionInput>, Partial<Policy>][] = [
  [{ capAdd: ['NET_ADMIN'] }, { capabilities: ['NET_ADMIN'] }],
  [{ devices: ['/dev/snd'] }, { devices: ['/dev/snd'] }],
  [{ deviceCgroupRules: ['c 10:200 rwm'] }, { devices: ['c 10:200 rwm'] }],
  [{ pidMode: 'host' }, { hostNamespaces: ['pid'] }],
  [{ ipcMode: 'host' }, { hostNamespaces: ['ipc'] }],
  [{ utsMode: 'host' }, { hostNamespaces: ['uts'] }],
  [{ network: 'host' }, { hostNamespaces: ['network'] }],
  [{ usernsMode: 'host' }, { hostNamespaces: ['userns'] }],
  [{ oomScoreAdj: -5 }, { oomScoreAdj: -5 }],
  [{ privileged: true }, { privileged: true }],
  [{ securityOpt: ['no-new-privileges=false'] }, { securityOptions: ['no-new-privileges=false'] }],
  [{ sysctls: { 'vm.max_map_count': '1' } }, { sysctls: ['vm.max_map_count'] }],
  [{ resources: { pids: -1 } }, { unlimitedPids: true }],
  [{ deviceRequests: [{ count: -1 }] }, { deviceRequests: ['gpu'] }],
  [{ runtime: 'nvidia' }, { runtimes: ['nvidia'] }],
];

const own = (uid: string, generation: number): OwnContainer =>
  container({ owner: { instance: 'ours', uid, name: 'web', generation, hash: '1:h' } });

describe('a release', () => {
  it('lifts a definition above the generation of its container, and leaves the others as they are', async () => {
    const t = await server();
    const web = await put(t.store, 'web');
    const db = await put(t.store, 'db');
    const bytes = await t.backup();
    t.observed.putOwn(own(web.uid, 5));
    await t.restore(bytes);
    await t.release();
    expect([t.store.byUid(web.uid)?.generation, t.store.byUid(db.uid)?.generation]).toEqual([6, 1]);
  });

  it('confirms what the policy allows, and keeps pausing what it refuses', async () => {
    const [old, t] = [await server(), await server(LOOPBACK)];
    const web = await put(old.store, 'web', { ports: ['8080:80'] });
    await put(old.store, 'db', { ports: ['127.0.0.1:9090:80'] });
    await t.restore(await old.backup());
    expect(t.store.restored().undeclared.size).toBe(2);
    await t.release();
    expect([...t.store.restored().undeclared]).toEqual([web.uid]);
    await t.change('web', { ports: ['127.0.0.1:8080:80'] });
    expect(t.store.restored().undeclared.size).toBe(0);
  });

  it.each(REACHING)('keeps pausing %j until the policy allows it', async (input, allowing) => {
    const [old, t] = [await server(), await server()];
    const web = await put(old.store, 'web', input);
    await t.restore(await old.backup());
    await t.release();
    expect([...t.store.restored().undeclared]).toEqual([web.uid]);
    t.setPolicy({ ...DEFAULT_POLICY, ...allowing });
    await t.restore(await old.backup());
    await t.release();
    expect(t.store.restored().undeclared.size).toBe(0);
  });

  it('holds against the policy of that moment, and what it has let go stays free', async () => {
    const [old, t] = [await server(), await server(LOOPBACK)];
    await put(old.store, 'web', { ports: ['8080:80'] });
    await t.restore(await old.backup());
    t.setPolicy(DEFAULT_POLICY);
    await t.release();
    t.setPolicy(LOOPBACK);
    expect(t.store.restored().undeclared.size).toBe(0);
  });
});

describe('a restore', () => {
  it('does not ask again for what was declared here and is the same in the backup', async () => {
    const t = await server();
    await put(t.store, 'web');
    const db = await put(t.store, 'db');
    const bytes = await t.backup();
    await t.change('db', { env: { A: 'b' } });
    await t.restore(bytes);
    expect([...t.store.restored().undeclared]).toEqual([db.uid]);
  });

  it('does not take over a container that this server never adopted, until someone adopts it again', async () => {
    const [old, t] = [await server(), await server()];
    await old.adopt({ name: 'web', image: 'training/webapp' });
    const bytes = await old.backup();
    t.observed.putForeign({ ...container({ id: FOREIGN, owner: null }), addresses: {} });
    await t.restore(bytes);
    // Restored twice: what the first one brought confirms nothing.
    await t.restore(bytes);
    await t.release();
    expect(t.store.adopterOf(FOREIGN)).toBeUndefined();
    expect((await t.restores.hold()).unverified).toEqual([
      { definition: 'web', id: FOREIGN, name: 'web', state: 'running' },
    ]);
    const { uid } = t.store.byName('web') ?? {};
    await t.adopt({ name: 'web', image: 'training/webapp' });
    expect(t.store.adopterOf(FOREIGN)?.uid).toBe(uid);
    expect((await t.restores.hold()).unverified).toEqual([]);
  });

  it('keeps the containers that this server has adopted itself', async () => {
    const t = await server();
    await t.adopt({ name: 'web', image: 'training/webapp' });
    await t.restore(await t.backup());
    expect(t.store.adopterOf(FOREIGN)?.name).toBe('web');
    expect(t.store.restored().unverified.size).toBe(0);
  });

  it('forgets what it could not confirm when its definition goes', async () => {
    const [old, t] = [await server(), await server()];
    await old.adopt({ name: 'web', image: 'training/webapp' });
    await t.restore(await old.backup());
    await t.store.transact((tx) => tx.delete(tx.byName('web')?.uid ?? ''));
    expect(t.store.restored()).toEqual({ undeclared: new Set(), unverified: new Set() });
  });
});

describe('an adoption', () => {
  it.each<[string, Partial<DefinitionInput>, Policy, RegExp]>([
    ['publishes on every interface', { ports: ['8080:80'] }, LOOPBACK, /^\/ports\/0: publishes on all interfaces/],
    [
      'comes from another registry',
      { image: 'evil.example/x' },
      { ...DEFAULT_POLICY, images: { registries: ['docker.io'] } },
      /^\/image: the image comes from evil\.example/,
    ],
    [
      'mounts a path of the host',
      { volumes: [{ volume: '/etc', target: '/x' }] },
      DEFAULT_POLICY,
      /^\/volumes\/0\/volume: the host path "\/etc" is not in the policy's list/,
    ],
    ...REACHING.map(([input]): [string, DefinitionInput, Policy, RegExp] => [
      ...([`has ${JSON.stringify(input)}`, { ...input, name: 'web', image: 'x' }] as const),
      ...([DEFAULT_POLICY, /the policy/] as const),
    ]),
  ])('of a container that %s is refused by the policy', async (_, input, policy, message) => {
    const t = await server(policy);
    expect(declare({ image: 'x', ...input }).ok).toBe(true);
    await expect(t.adopt({ name: 'web', image: 'training/webapp', ...input })).rejects.toMatchObject({
      code: 'policy-denied',
      faults: [{ in: 'body', pointer: '/container', message: expect.stringMatching(message) }],
    });
    expect(t.store.all()).toEqual([]);
  });

  it('of a container that reaches its host is refused, though it would only be lost', async () => {
    const t = await server();
    const lost = [{ field: 'HostConfig.Binds', value: '/:/host', reason: 'none', reach: { path: '/' } }];
    await expect(t.adopt({ name: 'web', image: 'training/webapp' }, { lost })).rejects.toMatchObject({
      code: 'policy-denied',
    });
  });
});
