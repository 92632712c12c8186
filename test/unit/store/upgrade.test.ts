import { describe, expect, it } from 'vitest';
import { specHash } from '../../../src/domain/definition/hash.js';
import { declare, toInput } from '../../../src/domain/definition/normalize.js';
import { aliasesOf } from '../../../src/domain/links/network-names.js';
import { createBody } from '../../../src/engine/docker/to-docker.js';
import { LABELS } from '../../../src/engine/labels.js';
import { createRequest } from '../../../src/reconcile/loop/executor.js';
import { rowFaults } from '../../../src/store/backup/check-rows.js';
import { openStore } from '../../../src/store/store.js';
import { UPGRADE, writeUpgradeRows } from '../../support/upgrade.js';
import { input, linkTo, running, source } from '../reconcile/builders.js';
import { optionsFor, storeOn, tempDir } from './support.js';

async function upgraded() {
  const dataDir = tempDir();
  const first = await openStore(optionsFor(dataDir));
  await first.close();
  writeUpgradeRows(dataDir);
  return storeOn(dataDir);
}

describe('a database of the version before', () => {
  it('is read as it was written, and every spec is in its normal form', async () => {
    const store = await upgraded();
    expect(store.instance()).toBe('test-upgrade');
    expect(
      store
        .all()
        .toReversed()
        .map(({ name, spec }) => [name, JSON.stringify(spec)]),
    ).toEqual(UPGRADE.definitions.map(({ name, spec }) => [name, spec]));
    for (const { name, spec } of store.all()) {
      expect(declare({ ...toInput(spec), name })).toEqual({ ok: true, spec });
    }
  });

  it('passes the checks of a restore', async () => {
    const store = await upgraded();
    const reservations = store.all().flatMap(({ uid }) => store.reservationsOf(uid));
    const rows = {
      ...{ definitions: store.all(), reservations, networks: store.networks(), addresses: [], sealed: [], runs: [] },
      instance: store.instance(),
    };
    expect(await rowFaults(rows, async () => undefined)).toEqual([]);
  });

  it('comes to the hashes on its containers, and to the same requests to the engine', async () => {
    const store = await upgraded();
    for (const [index, definition] of store.all().toReversed().entries()) {
      const { name, spec, uid } = definition;
      const made = UPGRADE.containers[index];
      const reservations = store.reservationsOf(uid);
      const hash = specHash(spec, { bindings: reservations, aliases: aliasesOf(name, spec) });
      expect(hash, name).toBe(made?.Labels[LABELS.hash]);
      const links = spec.links.map((link) => ({ ...linkTo(running(source())), link }));
      const request = createRequest(input({ definition, hash, links }), reservations, store.instance());
      expect(createBody(request, `creation-of-${name}`), name).toEqual(made);
    }
  });
});
