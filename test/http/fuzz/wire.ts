/** The one way by which the fuzzer sends: bytes on a connection of their own, and the answers as they come. */

import { connect } from 'node:net';
import type { FuzzRequest } from './requests.js';

export interface Answer {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The text as JSON, where it says that it is. */
  readonly body: unknown;
}

/** Beyond this a request is not being answered, in milliseconds. */
const HANG_MS = 15_000;

/** Where to send to. */
export interface Peer {
  readonly port: number;
  /** What every request has beside Host. */
  readonly headers: Readonly<Record<string, string>>;
}

const line = ([name, value]: readonly [string, string]): string => `${name}: ${value}\r\n`;

/** A request as it is on the wire. */
export function bytesOf(request: FuzzRequest, { headers: ours }: Pick<Peer, 'headers'>): Buffer {
  const first = [['Host', '127.0.0.1'] as const, ...Object.entries(ours)].map(line).join('');
  if (request.kind === 'raw') return Buffer.from(request.request.text(first), 'latin1');
  const { method, target, headers, body } = request.request;
  const length = body === undefined ? [] : [['Content-Length', String(body.length)] as const];
  const rest = [['Connection', 'close'] as const, ...length, ...headers].map(line).join('');
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${first}${rest}\r\n`), body ?? Buffer.alloc(0)]);
}

/**
 * Sends a request, and gives its answers: of one that is written as it should be the first, of raw bytes all until the
 * server ends the connection. Streams that don't end are left after their head.
 *
 * @throws Error where nothing ends within {@link HANG_MS}, or what comes is no HTTP
 */
export async function send(peer: Peer, request: FuzzRequest): Promise<readonly Answer[]> {
  const bytes = bytesOf(request, peer);
  const isHead = bytes.subarray(0, 5).toString() === 'HEAD ';
  const isRaw = request.kind === 'raw';
  const received = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port: peer.port, host: '127.0.0.1', noDelay: true });
    const hanging = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(`no end of an answer within ${HANG_MS} ms: ${JSON.stringify(Buffer.concat(chunks).toString())}`),
      );
    }, HANG_MS);
    const done = (): void => {
      clearTimeout(hanging);
      socket.destroy();
      resolve(Buffer.concat(chunks));
    };
    const isOver = (): boolean => !isRaw && answersIn(Buffer.concat(chunks), isHead).isWhole;
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      try {
        if (isOver()) done();
      } catch (error) {
        clearTimeout(hanging);
        socket.destroy();
        reject(error as Error);
      }
    });
    // A server that has refused a request does not read the rest of it: the answer may be there all the same.
    socket.on('error', done).on('close', done);
    socket.write(bytes);
    if (isRaw && request.request.isCut === true) socket.end();
  });
  return answersIn(received, isHead).answers;
}

/** The answers in what has been received so far, and whether the last one is whole. */
function answersIn(
  received: Buffer,
  isHead: boolean,
): { readonly answers: readonly Answer[]; readonly isWhole: boolean } {
  const answers: Answer[] = [];
  let rest = received;
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return { answers, isWhole: false };
    const { status, headers } = headOf(rest.subarray(0, end).toString('latin1'));
    const body = rest.subarray(end + 4);
    if (status === 100) {
      rest = body;
      continue;
    }
    const isEndless = headers['content-type']?.startsWith('text/event-stream') === true;
    const read =
      isHead || isEndless || status === 204 || status === 304
        ? { bytes: Buffer.alloc(0), length: 0 }
        : bodyOf(body, headers);
    if (read === undefined) return { answers, isWhole: false };
    const text = read.bytes.toString();
    const isJson = !isHead && headers['content-type']?.split(';')[0]?.endsWith('json') === true;
    answers.push({ status, headers, bytes: read.bytes, text, body: isJson ? JSON.parse(text) : text });
    if (isEndless) break;
    rest = body.subarray(read.length);
  }
  return { answers, isWhole: answers.length > 0 };
}

/** @throws Error at the first line that no server should send */
function headOf(head: string): Pick<Answer, 'status' | 'headers'> {
  const [first = '', ...lines] = head.split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) [ -~]*$/.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`a status line that is none: ${JSON.stringify(first)}`);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^([\w-]+): ([\t -~]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`a header that is none: ${JSON.stringify(line)}`);
    if (Object.hasOwn(headers, name.toLowerCase())) throw new Error(`a header twice: ${name}`);
    headers[name.toLowerCase()] = value;
  }
  return { status, headers };
}

/** A body and how many bytes it took; undefined as long as it is not all there. */
function bodyOf(
  received: Buffer,
  headers: Answer['headers'],
): { readonly bytes: Buffer; readonly length: number } | undefined {
  if (headers['transfer-encoding'] !== 'chunked') {
    const length = Number(headers['content-length'] ?? 0);
    return received.length < length ? undefined : { bytes: received.subarray(0, length), length };
  }
  const chunks: Buffer[] = [];
  for (let from = 0; ; ) {
    const end = received.indexOf('\r\n', from);
    if (end < 0) return undefined;
    const size = Number.parseInt(received.subarray(from, end).toString('latin1'), 16);
    from = end + 2 + size + 2;
    if (received.length < from) return undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), length: from };
    chunks.push(received.subarray(end + 2, end + 2 + size));
  }
}
