import { ensureImages } from '../../scripts/images.mjs';
import { ENGINE_29, PlayedEngine } from './played-engine.js';
import { ENGINE_HOST } from './support.js';

/** Before all tests on the engine: the images of the chapter; and, where that is asked for, the engine in another's part. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  await ensureImages(ENGINE_HOST);
  const plays = process.env['BERTH_TEST_PLAYS'];
  if (plays === undefined) return undefined;
  if (plays !== '29') throw new Error(`BERTH_TEST_PLAYS=${plays}: 29 is what can be played`);
  const played = await new PlayedEngine(ENGINE_HOST, ENGINE_29).listen();
  process.env['DOCKER_HOST'] = played.host;
  return () => played.close();
}
