import { ensureImages } from '../../scripts/images.mjs';
import { ENGINE_HOST } from './support.js';

/** Before all tests on the engine: the images of the chapter. */
export async function setup(): Promise<void> {
  await ensureImages(ENGINE_HOST);
}
