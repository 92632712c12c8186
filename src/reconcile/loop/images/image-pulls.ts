import type { Definition } from '../../../domain/definition/definition.js';
import { isOfPlatform } from '../../../domain/docker/platforms.js';
import { isImageId } from '../../../domain/images/image-ref.js';
import { digestsIn } from '../../../domain/images/resolution.js';
import type { ImageDetail } from '../../../engine/engine.js';
import type { ImageState } from '../../plan/types.js';

/**
 * Remembers which images were pulled for which generation, and which pulls failed. Lost with the process, and then
 * found out again.
 */
export interface ImagePulls {
  /** @param image the image on the engine; null where it is not there */
  stateOf(definition: Definition, image: ImageDetail | null): ImageState;
  pulled(definition: Definition): void;
  /** Notes the digest that a pull has reported. */
  resolved(definition: Definition, digest: string | null): void;
  /** Returns the digest that the tag stood for when the generation's container was made; undefined if not known. */
  digestOf(definition: Definition): string | undefined;
  hasFailed(definition: Definition): boolean;
  failed(definition: Definition): void;
  forget(uid: string): void;
}

export function createImagePulls(): ImagePulls {
  /** The generation for which `pullPolicy: always` has been done. */
  const refreshedFor = new Map<string, number>();
  /** Generation whose last image pull failed. */
  const failedFor = new Map<string, number>();
  /** Digest of the image that was last found or pulled for a generation. */
  const digests = new Map<string, { readonly generation: number; readonly digest: string }>();

  /** Notes the digest of an image that was found; one that a pull reported is the better one. */
  function found({ uid, generation, spec }: Definition, { digests: names = [] }: ImageDetail): void {
    const candidates = digestsIn(spec.image, names);
    const known = digests.get(uid);
    const isKnown = known?.generation === generation && candidates.includes(known.digest);
    const [digest] = candidates;
    if (!isKnown && digest !== undefined) digests.set(uid, { generation, digest });
  }

  const toPull = ({ uid, generation, spec }: Definition, image: ImageState): ImageState =>
    spec.pullPolicy !== 'never' && failedFor.get(uid) === generation ? { kind: 'pull-failed' } : image;

  return {
    stateOf(definition, image) {
      if (image === null) return toPull(definition, { kind: 'absent' });
      found(definition, image);
      const { exposed, platform } = image;
      const { spec, uid, generation } = definition;
      const isRefreshed = refreshedFor.get(uid) === generation;
      // After a pull the engine judges: it may have several platforms under one name, and reports one of them.
      if (
        !isRefreshed &&
        spec.platform !== undefined &&
        platform !== undefined &&
        !isOfPlatform(platform, spec.platform)
      )
        return toPull(definition, { kind: 'other-platform', platform });
      const isFresh = spec.pullPolicy !== 'always' || isImageId(spec.image) || isRefreshed;
      return isFresh ? { kind: 'present', exposed } : toPull(definition, { kind: 'to-be-refreshed', exposed });
    },
    pulled({ uid, generation }) {
      refreshedFor.set(uid, generation);
      failedFor.delete(uid);
    },
    resolved({ uid, generation }, digest) {
      if (digest !== null) digests.set(uid, { generation, digest });
    },
    digestOf({ uid, generation }) {
      const known = digests.get(uid);
      return known?.generation === generation ? known.digest : undefined;
    },
    hasFailed: ({ uid, generation }) => failedFor.get(uid) === generation,
    failed: ({ uid, generation }) => void failedFor.set(uid, generation),
    forget(uid) {
      refreshedFor.delete(uid);
      failedFor.delete(uid);
      digests.delete(uid);
    },
  };
}
