/** What the rest of Berth may know of Docker. */
export type { Deadlines } from './calls.js';
export type { EngineAddress } from './client.js';
export { dockerEngine } from './docker-engine.js';
