import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import path from 'node:path';
import { inspect } from 'node:util';
import type { DockerOptions } from 'dockerode';

/** How to reach an engine, as the docker CLI takes it from its environment. */
export interface EngineAddress {
  /** `unix:///path` or `tcp://host:port`. */
  readonly host: string;
  /** The folder with ca.pem, cert.pem and key.pem. Required for TCP with TLS. */
  readonly certPath?: string;
  readonly tls?: boolean;
}

const AGENT = { keepAlive: true, maxSockets: 64, maxFreeSockets: 8 } as const;

/**
 * docker-modem calls util.inspect on its whole options, agent and sockets included, for every request: milliseconds of
 * CPU each. An agent that inspects as a word costs nothing.
 */
function quiet<T extends object>(agent: T): T {
  Object.defineProperty(agent, inspect.custom, { value: () => '[Agent]' });
  return agent;
}

/**
 * The client options for an address.
 *
 * @throws Error with a sentence for a person when the address can't be used
 */
export function clientOptions(address: EngineAddress): DockerOptions {
  const url = new URL(address.host);
  if (url.protocol === 'unix:') {
    const socketPath = decodeURIComponent(url.pathname);
    return { socketPath, agent: quiet(new HttpAgent(AGENT)) } as DockerOptions;
  }
  if (url.protocol !== 'tcp:') {
    throw new Error(`DOCKER_HOST=${address.host} can't be used: write unix:///path/to/docker.sock or tcp://host:port`);
  }
  const port = Number(url.port) || (address.tls ? 2376 : 2375);
  if (!address.tls) {
    return { host: url.hostname, port, protocol: 'http', agent: quiet(new HttpAgent(AGENT)) } as DockerOptions;
  }
  if (address.certPath === undefined) {
    throw new Error('DOCKER_TLS_VERIFY is set: set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem');
  }
  const read = (file: string) => readFileSync(path.join(address.certPath as string, file));
  const tls = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  return {
    host: url.hostname,
    port,
    protocol: 'https',
    ...tls,
    agent: quiet(new HttpsAgent({ ...AGENT, ...tls })),
  } as DockerOptions;
}
