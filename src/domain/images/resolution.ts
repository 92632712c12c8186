/** Digests that the tags of definitions resolved to. Each is the index's where an image has several platforms. */

import type { Definition, Spec } from '../definition/definition.js';
import { isSameImage, parseImageRef } from './image-ref.js';
import type { ImageResolution, RolledBackUpdate } from './image-resolution.js';

/** Maximum number of updates that were rolled back which a definition remembers. */
export const MAX_ROLLED_BACK = 16;

type Resolved = Pick<Definition, 'spec' | 'resolution'>;

/** True for a reference by tag, which may move. */
export function isTagged(image: string): boolean {
  const parsed = parseImageRef(image);
  return parsed.ok && parsed.value.id === undefined && parsed.value.digest === undefined;
}

/** Returns a definition's resolution, unless it names another image by now. */
export const resolutionOf = ({ spec, resolution }: Resolved): ImageResolution | undefined =>
  resolution !== undefined && isTagged(spec.image) && isSameImage(resolution.image, spec.image)
    ? resolution
    : undefined;

/** Returns the reference of an image by its digest: `shop@sha256:…`. @param image with or without a tag */
export function atDigest(image: string, digest: string): string {
  const parsed = parseImageRef(image);
  if (!parsed.ok) throw new Error(`${image} is not an image reference`);
  const { name, tag } = parsed.value;
  return `${tag === undefined ? name : name.slice(0, -tag.length - 1)}@${digest}`;
}

/**
 * Returns the digest that a new container is made from; undefined where the tag decides. With `pullPolicy: always` each
 * generation resolves the tag again, until updates choose the digest.
 */
export function digestToUse(definition: Resolved): string | undefined {
  const resolution = resolutionOf(definition);
  return resolution !== undefined && (isChosen(definition) || definition.spec.pullPolicy !== 'always')
    ? resolution.digest
    : undefined;
}

/** True if an update, or its roll-back, chose the digest. */
export function isChosen(definition: Resolved): boolean {
  const { update, rolledBack = [] } = resolutionOf(definition) ?? {};
  return update !== undefined || rolledBack.length > 0;
}

/** Returns those digests of an image's names (`shop@sha256:…`) that are in the repository of a reference. */
export function digestsIn(image: string, names: readonly string[]): readonly string[] {
  const wanted = parseImageRef(image);
  if (!wanted.ok) return [];
  return names.flatMap((name) => {
    const found = parseImageRef(name);
    if (!found.ok || found.value.digest === undefined) return [];
    const { registry, repository, digest } = found.value;
    return registry === wanted.value.registry && repository === wanted.value.repository ? [digest] : [];
  });
}

/**
 * Returns the resolution that a definition keeps with a changed spec: one that an update has chosen, or refused. Otherwise the tag
 * is resolved again, as at any replacement; undefined then, and if the spec names another image.
 */
export function carriedResolution(before: Resolved, spec: Spec): ImageResolution | undefined {
  const kept = resolutionOf({ spec, resolution: before.resolution });
  return kept?.update === undefined && kept?.rolledBack === undefined ? undefined : kept;
}

/** Returns the resolution after an update to another digest, which begins the next generation. */
export function updatedResolution(
  definition: Resolved & Pick<Definition, 'generation'>,
  digest: string,
): ImageResolution {
  const { spec, generation } = definition;
  const before = resolutionOf(definition);
  if (before === undefined) throw new Error(`${spec.image} has no digest to update`);
  const { rolledBack, previous } = before;
  // What ran before an update that has yet to prove itself stays the one to go back to.
  const proven =
    previous?.generation === generation
      ? previous
      : { digest: before.digest, ...(before.update && { update: before.update }) };
  return {
    ...{ image: spec.image, digest, update: digest },
    previous: { ...proven, generation: generation + 1 },
    ...(rolledBack && { rolledBack }),
  };
}

/** Returns the resolution after a failed update; undefined if the generation isn't that of an update. */
export function resolutionBefore(
  definition: Resolved & Pick<Definition, 'generation'>,
  message: string,
): ImageResolution | undefined {
  const { generation } = definition;
  const failed = resolutionOf(definition);
  if (failed?.previous?.generation !== generation) return undefined;
  const { digest, update } = failed.previous;
  const rolledBack = [...(failed.rolledBack ?? []), { digest: failed.digest, message, generation }];
  return {
    ...{ image: failed.image, digest, ...(update && { update }) },
    rolledBack: rolledBack.slice(-MAX_ROLLED_BACK),
  };
}

/** Returns the resolution without what an update replaced, once it has proved itself; undefined if nothing changes. */
export function provenResolution({ resolution }: Pick<Definition, 'resolution'>): ImageResolution | undefined {
  if (resolution?.previous === undefined) return undefined;
  const { previous: _, ...proven } = resolution;
  return proven;
}

/** Returns the update whose roll-back brought the present generation back; undefined if none did. */
export const undoneUpdate = (definition: Resolved & Pick<Definition, 'generation'>): RolledBackUpdate | undefined => {
  const last = resolutionOf(definition)?.rolledBack?.at(-1);
  return last?.generation === definition.generation ? last : undefined;
};
