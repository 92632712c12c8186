/** What the rest of Berth may know of Docker. */
export type { Deadlines } from './calls.js';
export { ENGINE_ADDRESSES, type EngineAddress } from './client.js';
export { dockerEngine } from './docker-engine.js';
export { sshAddress } from './ssh.js';
