import { ensureImages } from '../../scripts/images.mjs';
import { engineHere } from './faults/own-engine.js';
import { PLAYED, PlayedEngine } from './played-engine.js';
import { ENGINE_HOST } from './support.js';

/**
 * Before all tests on the engine: the images of the chapter, on an engine of this run's own if BERTH_TEST_OWN_ENGINE is set;
 * and, where that is asked for, the engine in another's part.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const own = process.env['BERTH_TEST_OWN_ENGINE'] === undefined ? undefined : await ownEngine();
  const host = process.env['DOCKER_HOST'] ?? ENGINE_HOST;
  await ensureImages(host);
  const plays = process.env['BERTH_TEST_PLAYS'];
  if (plays === undefined) return own?.remove;
  const part = PLAYED[plays];
  if (part === undefined) throw new Error(`BERTH_TEST_PLAYS=${plays}: ${Object.keys(PLAYED).join(', ')} can be played`);
  const played = await new PlayedEngine(host, part).listen();
  process.env['DOCKER_HOST'] = played.host;
  return async () => {
    await played.close();
    await own?.remove();
  };
}

/** Starts an engine that the tests of this process use, unless another project of the run has done so. */
async function ownEngine() {
  delete process.env['BERTH_TEST_OWN_ENGINE'];
  const engine = await engineHere();
  process.env['DOCKER_HOST'] = engine.host;
  return engine;
}
