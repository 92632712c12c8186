import { isIP } from 'node:net';
import { EngineError, type EngineErrorKind, type NamedPort } from '../errors.js';

/**
 * True if an engine's error text says that its disk is full; the kernel says the same of cgroups and inotify watches.
 */
export const saysDiskFull = (text: string): boolean =>
  /no space left on device|disk quota exceeded/i.test(text) && !/\/sys\/fs|inotify/i.test(text);

/** The error texts of Docker 20.10 to 28.5 and of Podman 4.3, and what they mean. The first that matches counts. */
const TEXTS: readonly (readonly [RegExp, EngineErrorKind])[] = [
  // The engine's own address management, whose words the kernel has for a host port as well.
  [/^Address already in use$/i, 'address-in-use'],
  [/Pool overlaps with other one|overlaps with (an )?existing/i, 'subnet-overlaps'],
  [/port is already allocated|address already in use|all ports are allocated|Ports are not available/i, 'port-in-use'],
  [/cannot assign requested address/i, 'host-ip-unavailable'],
  [/Cannot link to a non running container/i, 'link-source-not-running'],
  [/could not get container for/i, 'link-source-absent'],
  // No released engine refuses them yet. Docker has announced that 30 does, without the text (docker/docs#25994).
  [/\blinks\b.*\bdefault bridge\b|\bdefault bridge\b.*\blinks\b/i, 'links-removed'],
  [/name \S+ is already in use by/i, 'name-in-use'],
  [/logging driver does not support reading|log driver, cannot read logs/i, 'no-logs'],
  [/No such image/i, 'image-absent'],
  [/network \S+ not found/i, 'network-absent'],
  // What Podman answers to a start and notes nowhere on the container.
  [/invoke a command that was not found|no command or entrypoint provided|unable to find user/i, 'invalid'],
  // Another engine than the one that the version was settled with answers by now.
  [/client version \S+ is too (old|new)/i, 'unsupported'],
];

/**
 * The host port that an error text names: `Bind for 0.0.0.0:5000 failed`, `listen tcp4 127.0.0.1:5000: bind: …`,
 * `failed to bind host port for 127.0.0.1:7002:172.17.0.2:80/tcp`, `Bind for :::5000 failed`.
 */
function portNamedIn(text: string): NamedPort | undefined {
  const token = /(?:Bind for|listen (?:tcp|udp|sctp)[46]?|failed to bind host port(?: for)?)\s+(\S+)/i.exec(text)?.[1];
  if (token === undefined) return undefined;
  const match =
    /^\[(?<ip>[^\]]+)\]:(?<port>\d+)/.exec(token) ??
    /^(?<ip>\d+\.\d+\.\d+\.\d+):(?<port>\d+)/.exec(token) ??
    /^(?<ip>[0-9a-f:]*):(?<port>\d+)(?!.*:\d)/i.exec(token);
  const hostPort = Number(match?.groups?.['port']);
  if (!Number.isInteger(hostPort) || hostPort < 1) return undefined;
  const hostIp = match?.groups?.['ip'] ?? '';
  return isIP(hostIp) === 0 ? { hostPort } : { hostIp, hostPort };
}

/** Error that docker-modem throws, with the status and the engine's own message, or a socket's code. */
interface ModemError {
  readonly statusCode?: number;
  readonly json?: unknown;
  readonly code?: string;
  readonly message: string;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

/** Codes of a process, or a host, that may open no more files: the call was not made. */
const NO_DESCRIPTOR = new Set(['EMFILE', 'ENFILE']);

function engineMessage(error: ModemError): string {
  const { json } = error;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string') {
    return json.message.trim();
  }
  return error.message.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}

function kindOf(status: number, message: string): EngineErrorKind {
  if (saysDiskFull(message)) return 'disk-full';
  const byText = TEXTS.find(([pattern]) => pattern.test(message))?.[1];
  if (byText !== undefined) return byText;
  if (status === 400) return 'invalid';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  return 'failed';
}

/** Turns whatever a call threw into an {@link EngineError}. */
export function toEngineError(what: string, address: string, thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const error = thrown as ModemError;
  if (typeof error?.statusCode === 'number') {
    const message = engineMessage(error);
    const kind = kindOf(error.statusCode, message);
    const port = kind === 'port-in-use' || kind === 'host-ip-unavailable' ? portNamedIn(message) : undefined;
    return new EngineError(kind, message, { status: error.statusCode, port, cause: thrown });
  }
  if (error?.code === 'EACCES') {
    const message = `this user has no permission to open ${address}: add the user to the group of the socket`;
    return new EngineError('unreachable', message, { cause: thrown });
  }
  if (error?.code === 'ESSH') {
    return new EngineError('unreachable', `no engine answers at ${address}: ${error.message}`, { cause: thrown });
  }
  if (error?.code !== undefined && NO_DESCRIPTOR.has(error.code)) {
    const message = `no file descriptor is left for a call to ${address} (${error.code}): raise the limit of open files of the server`;
    return new EngineError('unreachable', message, { cause: thrown });
  }
  if (error?.code !== undefined && UNREACHABLE.has(error.code)) {
    return new EngineError('unreachable', `no engine answers at ${address} (${error.code}, "${what}")`, {
      cause: thrown,
    });
  }
  return new EngineError('malformed', `"${what}" failed: ${error?.message ?? String(thrown)}`, { cause: thrown });
}
