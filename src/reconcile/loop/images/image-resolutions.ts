import { digestsIn, isTagged, resolutionOf } from '../../../domain/images/resolution.js';
import { isChecked } from '../../../domain/images/update-check.js';
import type { Engine } from '../../../engine/engine.js';
import { EngineError } from '../../../engine/errors.js';
import type { Log } from '../../../observability/logger.js';
import { assess } from '../../plan/assess.js';
import type { PlanInput } from '../../plan/types.js';
import type { ReconcilerStore } from '../../store.js';
import type { ImagePulls } from './image-pulls.js';

/** Stores the digest that a definition's tag resolved to, once a container of it exists. */
export interface Resolutions {
  note(input: PlanInput): Promise<void>;
}

export function createResolutions(options: {
  readonly engine: Pick<Engine, 'inspectImage'>;
  readonly store: Pick<ReconcilerStore, 'resolveImage'>;
  readonly pulls: Pick<ImagePulls, 'digestOf'>;
  readonly log: Log;
}): Resolutions {
  const { engine, store, pulls, log } = options;
  /** Images without a digest of their definition's repository, by uid: they aren't inspected again. */
  const without = new Map<string, string>();

  /** Returns the digest of the image that a container was made from; undefined if it came from no registry. */
  async function digestOf({ definition }: PlanInput, imageId: string): Promise<string | undefined> {
    const { uid, spec } = definition;
    const known = pulls.digestOf(definition);
    // Containers from before this process are looked up only where the digest is compared with the registry's.
    if (known !== undefined || !isChecked(definition) || without.get(uid) === imageId) return known;
    const [digest] = digestsIn(spec.image, (await engine.inspectImage(imageId))?.digests ?? []);
    if (digest === undefined) without.set(uid, imageId);
    return digest;
  }

  return {
    async note(input) {
      const { definition } = input;
      const known = resolutionOf(definition);
      const pulled = pulls.digestOf(definition);
      const isFresh = definition.spec.pullPolicy === 'always' && pulled !== undefined && pulled !== known?.digest;
      if (!isTagged(definition.spec.image) || (known !== undefined && (known.update !== undefined || !isFresh))) return;
      const { current } = assess(input);
      if (current === undefined) return;
      try {
        const digest = await digestOf(input, current.imageId);
        if (digest !== undefined) await store.resolveImage(definition, digest);
      } catch (err) {
        if (!(err instanceof EngineError)) throw err;
        log.debug({ container: definition.name, err }, 'the digest of its image could not be read');
      }
    },
  };
}
