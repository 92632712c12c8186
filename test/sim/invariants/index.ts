/** All invariants, in the order in which they are checked. */

import {
  addressStays,
  containerHasAddress,
  oneAddressOwner,
  pickedAddressIsFree,
  readyIsConnected,
} from './addresses.js';
import { onlyOurs, orphansAreKept, releasedFirst, startsApart } from './changes.js';
import { oneIsLeft, oneRuns, serviceGoesOn } from './containers.js';
import { deletedIsGone, readyIsTrue, runnableIsReady, stoppedIsDown, waitsHaveCauses } from './convergence.js';
import { dependenciesFirst } from './dependencies.js';
import { fullDiskStopsNothing } from './engine-disk.js';
import { boundPortStays, lostPortIsNoFailure, oneOwner } from './host-ports.js';
import type { Invariant, Moment } from './invariant.js';
import { aliasesAreCurrent, linksAreCurrent, readyHasAliases } from './links.js';
import { callsAreBounded, noCreationLoop, noStartLoop, nothingAtRest, oneStartPerChange } from './repetition.js';
import { acknowledgedIsRead, acknowledgedIsStored, forgottenLast, rowsAreConsistent } from './writes.js';

const ALL = [
  ...[rowsAreConsistent, oneOwner, boundPortStays, forgottenLast, acknowledgedIsStored, acknowledgedIsRead],
  ...[onlyOurs, releasedFirst, orphansAreKept, startsApart, dependenciesFirst, fullDiskStopsNothing],
  ...[callsAreBounded, readyHasAliases, lostPortIsNoFailure, oneStartPerChange, noCreationLoop, noStartLoop, oneRuns],
  ...[deletedIsGone, oneIsLeft, readyIsTrue, stoppedIsDown, serviceGoesOn, runnableIsReady],
  ...[oneAddressOwner, pickedAddressIsFree, addressStays, containerHasAddress, readyIsConnected],
  ...[linksAreCurrent, aliasesAreCurrent, waitsHaveCauses, nothingAtRest],
];

export const INVARIANTS: readonly Invariant[] = ALL;

/** The name of an invariant, as mutants use it. */
export type InvariantName = (typeof ALL)[number]['name'];

const MOMENTS: Readonly<Record<Moment, string>> = {
  commit: 'at every commit',
  restore: 'at every restore',
  start: 'after every start of the server',
  request: 'at every requested change',
  change: 'at every change of a container',
  overlap: 'at every start of a recipient',
  step: 'after every step',
  end: 'at the end',
  rest: 'for 40 s after the end',
};

/** Returns the invariants as a table for docs/simulation.md. */
export const invariantTable = (): string =>
  [
    '| invariant | | checked | meaning |',
    '| --- | --- | --- | --- |',
    ...INVARIANTS.map(({ name, letter = '', when, meaning }) => {
      const moments = when.map((moment) => MOMENTS[moment]).join('; ');
      return `| ${name} | ${letter} | ${moments} | ${meaning} |`;
    }),
  ].join('\n');
