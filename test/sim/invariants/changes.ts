/** Invariants of the changes that the server requests from the engine. */

import { HOLD } from '../../../src/store/state/settings.js';
import { isOurs } from './facts.js';
import { invariant, Violated } from './invariant.js';

export const onlyOurs = invariant({
  name: "only this instance's containers change",
  letter: 'C',
  when: ['change'],
  meaning: "no call changes a container that isn't this instance's",
  check(_world, { operation, container }) {
    if (!isOurs(container)) throw new Violated(`${operation} of ${container.name}, which is not ours`);
  },
});

export const releasedFirst = invariant({
  name: 'a restore waits for its release',
  when: ['request'],
  meaning: 'after a restore, no engine call before the release, and none for a definition older than its container',
  check({ disk }, { operation, container }) {
    const what = `${operation} ${container?.name ?? ''}`;
    if (disk.state.settings.has(HOLD)) throw new Violated(`${what}, though a restore has paused everything`);
    if (container === undefined || !isOurs(container)) return;
    const { uid = '', generation: made = 0 } = container.owner ?? {};
    const definition = disk.state.definitions.get(uid);
    if (definition === undefined || made <= definition.generation) return;
    throw new Violated(`${what}, made from generation ${made}, for generation ${definition.generation}`);
  },
});

export const orphansAreKept = invariant({
  name: 'orphans are kept',
  when: ['request'],
  meaning: 'no call changes an orphan that nobody asked to remove',
  check({ disk }, { operation, container }) {
    if (container === undefined || !isOurs(container)) return;
    const uid = container.owner?.uid ?? '';
    if (!disk.state.definitions.has(uid) && !disk.removed.has(uid)) {
      throw new Violated(`${operation} ${container.name}, which no definition knows, and nobody wanted removed`);
    }
  },
});

export const startsApart = invariant({
  name: 'a recipient starts apart from its source',
  when: ['overlap'],
  meaning: 'no start of a recipient overlaps with a start or a stop of its source, if Berth requested both',
  check(_world, { recipient, source }) {
    throw new Violated(`${recipient.name} is being started while ${source.name} is started or stopped`);
  },
});
