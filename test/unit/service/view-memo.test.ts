import { expect, it } from 'vitest';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import type { Status } from '../../../src/reconcile/status/status-board.js';
import { createViewCache } from '../../../src/service/containers/view-cache.js';
import { definition, specOf } from '../../support/definition.js';

const linked = (name: string, links: readonly string[] = []) =>
  definition({ uid: `uid-of-${name}`, name, spec: specOf({ links: [...links] }) });
const status = (ready: boolean): Status => ({
  ...{ conditions: [], ready, container: undefined, isCurrent: false, links: [], reserved: [], hosts: NOTHING_TO_READ },
  ...{ runsOn: 'bridge', addresses: [] },
});

it('gives the view that it made before as long as all that it is made of is the same', () => {
  const [view, db, waiting] = [createViewCache(), linked('db'), status(false)];
  const web = linked('web', ['db']);
  const first = view(db, waiting, [web]);
  expect(view(db, waiting, [web])).toBe(first);
  expect(view({ ...db, generation: 2 }, waiting, [web]).generation).toBe(2);
  expect(view(db, status(true), [web]).status.ready).toBe(true);
  expect(view(db, waiting, []).status.linkedBy).toEqual([]);
  expect(view(db, waiting, [linked('api', ['db'])]).status.linkedBy).toEqual([{ container: 'api', alias: 'db' }]);
  expect(view(db, waiting, [web]).status.linkedBy).toEqual([{ container: 'web', alias: 'db' }]);
});

it('forgets those that were not read for longest', () => {
  const [view, db, ready] = [createViewCache(), linked('db'), status(true)];
  const first = view(db, ready, []);
  for (let n = 0; n < 499; n++) view(linked(`other-${n}`), ready, []);
  expect(view(db, ready, [])).toBe(first);
  for (let n = 0; n < 500; n++) view(linked(`another-${n}`), ready, []);
  const again = view(db, ready, []);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
