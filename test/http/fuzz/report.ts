/** Requests for a person to read, and to send again. */

import type { FuzzRequest } from './requests.js';
import { bytesOf, type Peer } from './wire.js';

const LONGEST = 1500;

/** A shell's word: `'plain'`, or `$'with \x0d\x0a'` where there is something that can't be seen. */
function quoted(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const shown = text.slice(0, LONGEST);
  const more = text.length > LONGEST ? ` # and ${text.length - LONGEST} bytes more` : '';
  if (/^[ -~]*$/.test(shown)) return `'${shown.replaceAll("'", String.raw`'\''`)}'${more}`;
  const escaped = shown.replace(/[^ -~]|['\\]/g, (one) =>
    one === "'" || one === '\\' ? `\\${one}` : `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `$'${escaped}'${more}`;
}

/** A request as a call of curl, or of netcat where curl would not send it. */
export function asCommand(peer: Peer, request: FuzzRequest): string {
  if (request.kind === 'raw') return `printf %s ${quoted(bytesOf(request, peer))} | nc 127.0.0.1 ${peer.port}`;
  const { method, target, headers, body } = request.request;
  const words = [
    'curl -sS -i --path-as-is -g',
    `-X ${quoted(Buffer.from(method))}`,
    ...[...Object.entries(peer.headers), ...headers].map(
      ([name, value]) => `-H ${quoted(Buffer.from(`${name}: ${value}`))}`,
    ),
    quoted(Buffer.from(`http://127.0.0.1:${peer.port}${target}`)),
    ...(body === undefined ? [] : [`--data-binary ${quoted(body)}`]),
  ];
  return words.join(' ');
}
