import { Lru } from '../../../lib/lru.js';
import { identifyingLabels, type Labels } from '../from-docker.js';

/** Far more than the images that one host's containers are made from. */
const MOST_KEPT = 1000;

/**
 * Asks once for the labels of each image: what an image id stands for never changes. One that is gone is asked for again.
 *
 * @param ask null where there is no such image
 * @returns those that {@link identifyingLabels} keeps; null where the image is gone
 */
export function createImageLabels(
  ask: (imageId: string) => Promise<Labels | null>,
  mostKept = MOST_KEPT,
): (imageId: string) => Promise<Labels> {
  const kept = new Lru<string, Labels>(mostKept);
  return async (imageId) => {
    const known = kept.get(imageId);
    if (known !== undefined) return known;
    const labels = await ask(imageId);
    if (labels === null) return null;
    const identifying = identifyingLabels(labels);
    kept.set(imageId, identifying);
    return identifying;
  };
}
