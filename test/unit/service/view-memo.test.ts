import { expect, it } from 'vitest';
import type { Definition } from '../../../src/domain/definition/definition.js';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import type { Status } from '../../../src/reconcile/status/status-board.js';
import { createViewCache } from '../../../src/service/containers/view-cache.js';
import { spec } from '../store/support.js';

const AT = new Date('2026-01-01T00:00:00Z');
const definition = (name: string, links: readonly string[] = []): Definition => ({
  ...{ seq: 1, uid: `uid-of-${name}`, name, generation: 1, restartOf: null, createdAt: AT, updatedAt: AT },
  ...{
    deletionRequestedAt: null,
    set: null,
    adopted: null,
    failedReplacement: null,
    spec: spec({ links: [...links] }),
  },
});
const status = (ready: boolean): Status => ({
  ...{ conditions: [], ready, container: undefined, isCurrent: false, links: [], reserved: [], hosts: NOTHING_TO_READ },
});

it('gives the view that it made before as long as all that it is made of is the same', () => {
  const [view, db, waiting] = [createViewCache(), definition('db'), status(false)];
  const web = definition('web', ['db']);
  const first = view(db, waiting, [web]);
  expect(view(db, waiting, [web])).toBe(first);
  expect(view({ ...db, generation: 2 }, waiting, [web]).generation).toBe(2);
  expect(view(db, status(true), [web]).status.ready).toBe(true);
  expect(view(db, waiting, []).status.linkedBy).toEqual([]);
  expect(view(db, waiting, [definition('api', ['db'])]).status.linkedBy).toEqual([{ container: 'api', alias: 'db' }]);
  expect(view(db, waiting, [web]).status.linkedBy).toEqual([{ container: 'web', alias: 'db' }]);
});

it('forgets those that were not read for longest', () => {
  const [view, db, ready] = [createViewCache(), definition('db'), status(true)];
  const first = view(db, ready, []);
  for (let n = 0; n < 499; n++) view(definition(`other-${n}`), ready, []);
  expect(view(db, ready, [])).toBe(first);
  for (let n = 0; n < 500; n++) view(definition(`another-${n}`), ready, []);
  const again = view(db, ready, []);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
