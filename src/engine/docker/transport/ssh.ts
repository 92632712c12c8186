/**
 * An engine on another host, by way of the OpenSSH client: its settings, its keys, its known hosts. At the other end
 * `docker system dial-stdio` joins the connection to the engine's socket, as for the docker CLI
 * (docker/cli, cli/connhelper).
 */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Agent, type AgentOptions } from 'node:http';
import { Duplex } from 'node:stream';

/** Address of an engine: `ssh://[user@]host[:port][/path/of/the.sock]`. */
interface SshAddress {
  readonly host: string;
  readonly user?: string;
  readonly port?: string;
  /** Path of the engine's socket there; by default the one that docker uses there. */
  readonly socket?: string;
}

/** Paths without a meaning to the remote shell, where the path is a word of a command. */
const SOCKET = /^\/[\w./-]+$/;
/** Maximum characters of ssh's output in the message of a failed connection. */
const SAID = 300;
/** Time that a host may take to answer, in seconds. */
const CONNECT_SECONDS = 15;

/** Parses an address; null if it can't be used. */
export function sshAddress(text: string): SshAddress | null {
  if (!text.startsWith('ssh://') || !URL.canParse(text)) return null;
  const { hostname, username, password, port, pathname, search, hash } = new URL(text);
  const user = decoded(username);
  const socket = pathname === '/' ? '' : pathname;
  // What begins so is an option to ssh.
  if (user === null || /^-/.test(hostname) || /^-/.test(user)) return null;
  if (hostname === '' || password !== '' || search !== '' || hash !== '') return null;
  if (socket !== '' && !SOCKET.test(socket)) return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    ...(user !== '' && { user }),
    ...(port !== '' && { port }),
    ...(socket !== '' && { socket }),
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Arguments of the OpenSSH client. It can't ask anyone, so it refuses an unknown host. */
export function sshArguments({ host, user, port, socket }: SshAddress): readonly string[] {
  return [
    '-T',
    '-o',
    'BatchMode=yes',
    '-o',
    `ConnectTimeout=${CONNECT_SECONDS}`,
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', port]),
    '--',
    host,
    'docker',
    ...(socket === undefined ? [] : ['--host', `unix://${socket}`]),
    'system',
    'dial-stdio',
  ];
}

/** Each of its connections is an ssh of its own. */
export class SshAgent extends Agent {
  readonly #address: SshAddress;

  constructor(address: SshAddress, options: AgentOptions) {
    super(options);
    this.#address = address;
  }

  override createConnection(): Duplex {
    return new SshConnection(spawn('ssh', sshArguments(this.#address), { stdio: ['pipe', 'pipe', 'pipe'] }));
  }
}

/**
 * Socket over an ssh process's input and output. It ends with the process, and says why; and the process ends with it.
 */
class SshConnection extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(child: ChildProcessWithoutNullStreams) {
    super();
    this.#child = child;
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-SAID);
    });
    child.stdout.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) child.stdout.pause();
    });
    child.once('error', (error) => this.destroy(failure(`ssh can't be started (${error.message}): install it`)));
    // After all that it has said is read.
    child.once('close', (code) => {
      if (code === 0) this.push(null);
      else this.destroy(failure(said.trim() || `ssh ended with ${code}`));
    });
    // A program that has ended takes nothing any more: what is told of it is its end.
    child.stdin.on('error', () => undefined);
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(bytes: Buffer, _: BufferEncoding, done: () => void): void {
    this.#child.stdin.write(bytes, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  // What else Node does with the socket of an agent.
  setTimeout = (): this => this;
  setNoDelay = (): this => this;
  setKeepAlive = (): this => this;
  ref = (): this => {
    this.#child.ref();
    return this;
  };
  unref = (): this => {
    this.#child.unref();
    return this;
  };
}

/** Error of a connection that failed, as a socket's. */
const failure = (message: string): Error => Object.assign(new Error(message), { code: 'ESSH' });
