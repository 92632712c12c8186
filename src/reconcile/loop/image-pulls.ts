import type { Definition } from '../../domain/definition/definition.js';
import { isOfPlatform } from '../../domain/docker/platforms.js';
import { isImageId } from '../../domain/images/image-ref.js';
import type { ImageDetail } from '../../engine/engine.js';
import type { ImageState } from '../plan/types.js';

/**
 * Remembers which images were pulled for which generation, and which pulls failed. Lost with the process, and then
 * found out again.
 */
export interface ImagePulls {
  /** @param found the image on the engine; null where it is not there */
  stateOf(definition: Definition, found: ImageDetail | null): ImageState;
  pulled(definition: Definition): void;
  failed(definition: Definition): void;
  forget(uid: string): void;
}

export function createImagePulls(): ImagePulls {
  /** The generation for which `pullPolicy: always` has been done. */
  const refreshedFor = new Map<string, number>();
  /** Generation whose last image pull failed. */
  const failedFor = new Map<string, number>();

  const toPull = ({ uid, generation, spec }: Definition, image: ImageState): ImageState =>
    spec.pullPolicy !== 'never' && failedFor.get(uid) === generation ? { kind: 'pull-failed' } : image;

  return {
    stateOf(definition, found) {
      if (found === null) return toPull(definition, { kind: 'absent' });
      const { exposed, platform } = found;
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
    failed: ({ uid, generation }) => void failedFor.set(uid, generation),
    forget(uid) {
      refreshedFor.delete(uid);
      failedFor.delete(uid);
    },
  };
}
