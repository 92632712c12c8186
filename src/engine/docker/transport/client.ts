import { readFileSync } from 'node:fs';
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import path from 'node:path';
import { inspect } from 'node:util';
import Docker, { type DockerOptions } from 'dockerode';
import { SshAgent, sshAddress } from './ssh.js';

/** Address of an engine, as the docker CLI takes it from its environment. */
export interface EngineAddress {
  /** `unix:///path`, `tcp://host:port` or `ssh://user@host`. */
  readonly host: string;
  /** The folder with ca.pem, cert.pem and key.pem. Required for TCP with TLS. */
  readonly certPath?: string;
  readonly tls?: boolean;
}

/** Forms that an address may have, for a person. */
export const ENGINE_ADDRESSES = 'unix:///path/to/docker.sock, tcp://host:port or ssh://user@host';

const AGENT = { keepAlive: true, maxSockets: 64, maxFreeSockets: 8 } as const;

/** Options for streams: their sockets limit how many answers may be followed at once. */
const STREAM_AGENT = { ...AGENT, maxSockets: 256 } as const;

/**
 * docker-modem calls util.inspect on its whole options, agent and sockets included, for every request: milliseconds of
 * CPU each. An agent that inspects as a word costs nothing.
 */
function quiet<T extends object>(agent: T): T {
  Object.defineProperty(agent, inspect.custom, { value: () => '[Agent]' });
  return agent;
}

/**
 * Clients of one engine, each with connections of its own: what is followed or pulled for long can't use up those that the
 * reconciler needs.
 */
export interface Clients {
  /** Client for calls that are answered at once. */
  readonly control: Docker;
  /** Client for pulls of the images of definitions. */
  readonly pulls: Docker;
  /** Client for streams that API clients watch, and for commands inside containers. */
  readonly streams: Docker;
  /** Asks whichever version the engine speaks. */
  unversioned(): Docker;
  /** Sets the version of the API for later calls. */
  speak(apiVersion: string): void;
  /** Cuts every connection. */
  close(): void;
}

/** @throws Error with a sentence for a person when the address can't be used */
export function openClients(address: EngineAddress): Clients {
  const pools = {
    control: clientOptions(address, AGENT),
    pulls: clientOptions(address, AGENT),
    streams: clientOptions(address, STREAM_AGENT),
  };
  const clientsOf = (version: { readonly version?: string }) => ({
    control: new Docker({ ...pools.control, ...version }),
    pulls: new Docker({ ...pools.pulls, ...version }),
    streams: new Docker({ ...pools.streams, ...version }),
  });
  let clients = clientsOf({});
  return {
    get control() {
      return clients.control;
    },
    get pulls() {
      return clients.pulls;
    },
    get streams() {
      return clients.streams;
    },
    unversioned: () => new Docker(pools.control),
    speak(apiVersion) {
      clients = clientsOf({ version: `v${apiVersion}` });
    },
    close() {
      for (const options of Object.values(pools)) (options as { agent?: { destroy(): void } }).agent?.destroy();
    },
  };
}

/**
 * The client options for an address.
 *
 * @throws Error with a sentence for a person when the address can't be used
 */
function clientOptions(address: EngineAddress, sockets: AgentOptions): DockerOptions {
  const url = new URL(address.host);
  if (url.protocol === 'unix:') {
    const socketPath = decodeURIComponent(url.pathname);
    return { socketPath, agent: quiet(new HttpAgent(sockets)) } as DockerOptions;
  }
  const ssh = sshAddress(address.host);
  if (ssh !== null) {
    // The host is in the agent alone: what stands here is only what a request says of itself.
    return { host: 'docker', protocol: 'http', agent: quiet(new SshAgent(ssh, sockets)) } as DockerOptions;
  }
  if (url.protocol !== 'tcp:') throw new Error(`DOCKER_HOST=${address.host} can't be used: write ${ENGINE_ADDRESSES}`);
  const port = Number(url.port) || (address.tls ? 2376 : 2375);
  if (!address.tls) {
    return { host: url.hostname, port, protocol: 'http', agent: quiet(new HttpAgent(sockets)) } as DockerOptions;
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
    agent: quiet(new HttpsAgent({ ...sockets, ...tls })),
  } as DockerOptions;
}
