/** Interface of the Docker engine for the rest of Berth. */

export { dockerEngine } from './docker-engine.js';
export type { Deadlines } from './transport/calls.js';
export { ENGINE_ADDRESSES, type EngineAddress } from './transport/client.js';
export { sshAddress } from './transport/ssh.js';
