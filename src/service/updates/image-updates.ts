/** Checks the tags of definitions in their registries, and begins automatic updates. */

import type { Definition } from '../../domain/definition/definition.js';
import { DEFAULT_UPDATE_INTERVAL_SECONDS } from '../../domain/definition/fields/images.js';
import { canonicalImage } from '../../domain/images/image-ref.js';
import { resolutionOf, updatedResolution } from '../../domain/images/resolution.js';
import { findUpdate, isChecked, type TagCheck, type UpdateFinding } from '../../domain/images/update-check.js';
import { registryOf } from '../../domain/registries/registry-key.js';
import type { Clock } from '../../lib/clock.js';
import { groupBy } from '../../lib/multimap.js';
import { type Periodic, periodically } from '../../lib/periodic.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';
import type { Policies } from '../access/policy.js';
import type { CheckTag } from './registry-client.js';

/** Interval at which due checks and waiting updates are looked for, in milliseconds. */
const LOOK_MS = 5_000;
/** Time in which the first checks after a start are spread, in milliseconds. */
const FIRST_MS = 30_000;

interface Checked {
  readonly check: TagCheck | undefined;
  /** Time of the next check by the monotonic clock, in milliseconds. */
  readonly dueMs: number;
  /** Time of the last check by the same clock. */
  readonly checkedMs: number | undefined;
}

/** Remembers the last check of each tag; lost with the process, and then made again. */
export interface TagChecks {
  /** Compares a definition's tag with its last check. */
  find(definition: Definition): UpdateFinding | undefined;
  of(image: string): Checked | undefined;
  set(image: string, checked: Checked): void;
  /** Forgets all but these images. */
  retain(images: ReadonlySet<string>): void;
}

export function createTagChecks(now: () => Date): TagChecks {
  const checks = new Map<string, Checked>();
  return {
    find: (definition) =>
      isChecked(definition)
        ? findUpdate(definition, checks.get(canonicalImage(definition.spec.image))?.check, now())
        : undefined,
    of: (image) => checks.get(image),
    set: (image, checked) => void checks.set(image, checked),
    retain(images) {
      for (const image of checks.keys()) if (!images.has(image)) checks.delete(image);
    },
  };
}

/** Creates the periodic work. Each tag is checked once, however many definitions have it. */
export function createImageUpdates(options: {
  readonly store: Pick<Store, 'all' | 'byUid' | 'byName' | 'transact' | 'hold'>;
  readonly reconciler: Pick<Reconciler, 'changed' | 'status'>;
  readonly policies: Pick<Policies, 'refusal' | 'checkImage'>;
  readonly checks: TagChecks;
  readonly checkTag: CheckTag;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Readonly<Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>>;
}): Periodic {
  const { store, reconciler, policies, checks, checkTag, clock, random, log } = options;

  /** Returns the definitions whose tag is checked, by the image that it names. */
  const byImage = (): ReadonlyMap<string, readonly Definition[]> =>
    groupBy([...store.all()].filter(isChecked), ({ spec }) => canonicalImage(spec.image));

  const intervalMs = (users: readonly Definition[]): number =>
    1000 * Math.min(...users.map(({ spec }) => spec.updateIntervalSeconds ?? DEFAULT_UPDATE_INTERVAL_SECONDS));

  /** Returns the time of an image's next check: earlier than was planned if the interval has become shorter. */
  function dueMs(image: string, users: readonly Definition[]): number {
    const known = checks.of(image);
    const wait = random() * Math.min(FIRST_MS, intervalMs(users));
    const first = { check: undefined, checkedMs: undefined, dueMs: clock.monotonic() + wait };
    if (known === undefined) checks.set(image, first);
    const { dueMs: planned, checkedMs } = known ?? first;
    return checkedMs === undefined ? planned : Math.min(planned, checkedMs + 1.1 * intervalMs(users));
  }

  async function checkImage(image: string, users: readonly Definition[], signal: AbortSignal): Promise<void> {
    const [first] = users;
    if (first === undefined) return;
    const check = policyRefusal(image) ?? (await checkTag(first.spec.image, signal));
    if (signal.aborted) return;
    const checkedMs = clock.monotonic();
    checks.set(image, { check, checkedMs, dueMs: checkedMs + intervalMs(users) * (0.9 + 0.2 * random()) });
    if (check.kind === 'failed') log.warn({ image, reason: check.reason }, `tag not checked: ${check.message}`);
    for (const { uid } of users) reconciler.status.touch(uid);
  }

  /** Returns why the policy, which may have changed, doesn't allow to ask for an image. */
  function policyRefusal(image: string): TagCheck | undefined {
    try {
      policies.checkImage(image);
      return undefined;
    } catch (error) {
      return { kind: 'failed', reason: 'PolicyDenied', message: (error as Error).message };
    }
  }

  /** Begins an update as the next generation, unless the definition has changed meanwhile. */
  async function update(definition: Definition, digest: string): Promise<void> {
    const { uid, name } = definition;
    const from = resolutionOf(definition)?.digest ?? null;
    const isBegun = await store.transact(async (tx) => {
      if (tx.hold() !== null || tx.byUid(uid) !== definition) return false;
      await tx.replaceSpec(uid, definition.spec);
      await tx.setResolution(uid, updatedResolution(definition, digest));
      tx.record({
        ...{ type: 'Updated', container: name, uid, by: 'berth', actor: null, requestId: null },
        ...{
          reason: 'ImageUpdated',
          message: `${definition.spec.image} is updated to ${digest}, which its tag names now`,
        },
        ...{ before: { digest: from }, after: { digest } },
      });
      return true;
    });
    if (!isBegun) return;
    log.info({ container: name, uid, digest }, 'updating the image');
    reconciler.changed(uid);
  }

  async function updateAll(users: readonly Definition[]): Promise<void> {
    for (const { uid } of users) {
      const definition = store.byUid(uid);
      if (definition === undefined) continue;
      const updateTo = checks.find(definition)?.updateTo;
      if (updateTo === undefined || store.hold() !== null) continue;
      const refusal = policies.refusal(definition.spec, (name) => store.byName(name)?.spec);
      if (refusal === null) await update(definition, updateTo);
    }
  }

  /** Checks the images of one registry, one after the other. */
  async function checkAll(
    images: Iterable<readonly [string, readonly Definition[]]>,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [image, users] of images) {
      if (signal.aborted) return;
      try {
        if (dueMs(image, users) <= clock.monotonic()) await checkImage(image, users, signal);
        await updateAll(users);
      } catch (err) {
        log.error({ err, image }, 'the check for an update failed');
      }
    }
  }

  return periodically(clock, LOOK_MS, async (signal) => {
    const images = byImage();
    checks.retain(new Set(images.keys()));
    // A registry that doesn't answer delays no other one.
    const byRegistry = groupBy(images, ([image]) => registryOf(image));
    await Promise.all([...byRegistry.values()].map((those) => checkAll(those, signal)));
  });
}
