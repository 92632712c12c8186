/** What the rest of Berth may know of Docker. */
export type { EngineAddress } from './client.js';
export { type Deadlines, dockerEngine } from './docker-engine.js';
