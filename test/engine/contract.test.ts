/** The engine that Berth runs on keeps the contract that the simulation rests on. */

import { dockerEngine } from '../../src/engine/docker/index.js';
import { describeEngine } from '../support/engine-contract.js';
import { ENGINE_HOST } from './support.js';

describeEngine('the engine', async () => {
  const engine = dockerEngine({ host: ENGINE_HOST });
  return { engine, image: 'training/webapp', settled: (call) => call, close: engine.close };
});
