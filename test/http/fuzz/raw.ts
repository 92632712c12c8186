/** What no HTTP client sends, byte for byte: bad request lines and headers, and requests whose end two readers see at different places. */

export interface RawRequest {
  readonly label: string;
  /** @param head `Host` and what else every request has, each line with its end */
  readonly text: (head: string) => string;
  /** True if it is never whole: the client then ends its side, as the server would wait for more. */
  readonly isCut?: boolean;
}

const CLOSE = 'Connection: close\r\n';
const BODY = '{"name":"raw","image":"x"}';
const INNER = 'GET /v1/smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Smuggled: 1\r\n\r\n';

/** A creation with the headers that say where its body ends written by hand. */
const framed = (framing: string, body: string) => (head: string) =>
  `POST /v1/containers HTTP/1.1\r\n${head}${CLOSE}Content-Type: application/json\r\n${framing}\r\n${body}`;

/** A request line, and headers. */
const lines =
  (line: string, headers = '') =>
  (head: string) =>
    `${line}\r\n${head}${headers}${CLOSE}\r\n`;

const texts: Readonly<Record<string, RawRequest['text']>> = {
  'an absolute target': lines('GET http://127.0.0.1/livez HTTP/1.1'),
  'an absolute target of elsewhere': lines('GET http://evil.example/v1/containers HTTP/1.1'),
  'an absolute target of no place': lines('GET http:// HTTP/1.1'),
  'an authority as target': lines('GET //evil.example/livez HTTP/1.1'),
  'an asterisk': lines('OPTIONS * HTTP/1.1'),
  'an asterisk that is got': lines('GET * HTTP/1.1'),
  'no target': lines('GET HTTP/1.1'),
  'an empty target': lines('GET  HTTP/1.1'),
  'no slash': lines('GET livez HTTP/1.1'),
  'a fragment': lines('GET /livez#a HTTP/1.1'),
  'two targets': lines('GET /livez /readyz HTTP/1.1'),
  'a line break in the target': lines('GET /livez\r\nX-Injected: 1 HTTP/1.1'),
  'a bare line feed in the target': lines('GET /livez\nX-Injected: 1 HTTP/1.1'),
  'a NUL in the target': lines('GET /livez\0 HTTP/1.1'),
  'a tab for a space': lines('GET\t/livez\tHTTP/1.1'),
  'no version': lines('GET /livez'),
  'version 0.9': lines('GET /livez HTTP/0.9'),
  'version 1.0': lines('GET /livez HTTP/1.0'),
  'version 2': lines('GET /livez HTTP/2.0'),
  'version 9': lines('GET /livez HTTP/9.9'),
  'a version of letters': lines('GET /livez HTTP/a.b'),
  'another protocol': lines('GET /livez RTSP/1.0'),
  'the preface of HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a TLS hello': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  NULs: () => '\0'.repeat(100),
  'no Host': () => `GET /livez HTTP/1.1\r\n${CLOSE}\r\n`,
  'two Hosts': lines('GET /livez HTTP/1.1', 'Host: evil.example\r\n'),
  'bare line feeds': (head) => `GET /livez HTTP/1.1\n${head.replaceAll('\r', '')}Connection: close\n\n`,
  'bare carriage returns': (head) => `GET /livez HTTP/1.1\r${head.replaceAll('\n', '')}\r\r`,
  'a space before the colon': lines('GET /livez HTTP/1.1', 'X-A : 1\r\n'),
  'a header without a name': lines('GET /livez HTTP/1.1', ': 1\r\n'),
  'a header without a colon': lines('GET /livez HTTP/1.1', 'X-A\r\n'),
  'a folded header': lines('GET /livez HTTP/1.1', 'X-A: 1\r\n folded\r\n'),
  'a first header that is folded': (head) => `GET /livez HTTP/1.1\r\n folded: 1\r\n${head}${CLOSE}\r\n`,
  'a NUL in a header': lines('GET /livez HTTP/1.1', 'X-A: a\0b\r\n'),
  'a line break in a request id': lines('GET /v1/nope HTTP/1.1', 'X-Request-Id: a\r\nX-Injected: 1\r\n'),
  'two request ids': lines('GET /v1/nope HTTP/1.1', 'X-Request-Id: a\r\nX-Request-Id: b\r\n'),
  'a thousand headers': lines('GET /livez HTTP/1.1', Array.from({ length: 1000 }, (_, n) => `X${n}: 1\r\n`).join('')),
  'three thousand headers': lines('GET /livez HTTP/1.1', 'X: 1\r\n'.repeat(3000)),
  'an upgrade to a web socket': lines(
    'GET /v1/events HTTP/1.1',
    'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n',
  ),
  'an upgrade to HTTP/2': lines(
    'GET /livez HTTP/1.1',
    'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nConnection: Upgrade\r\n',
  ),
  'an expectation that can not be met': lines('GET /livez HTTP/1.1', 'Expect: 200-ok\r\n'),
  'a body that is announced, and asked for': framed(`Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n`, BODY),
  'an announced body that is refused': framed('Expect: 100-continue\r\nContent-Length: 2\r\n', '{}'),
  'a body of a GET': (head) => `GET /livez HTTP/1.1\r\n${head}${CLOSE}Content-Length: 4\r\n\r\nbody`,
  'a body of a HEAD': (head) => `HEAD /livez HTTP/1.1\r\n${head}${CLOSE}Content-Length: 4\r\n\r\nbody`,
  'a length and chunks': framed('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${INNER}`),
  'chunks and a length': framed(
    `Transfer-Encoding: chunked\r\nContent-Length: ${INNER.length + 5}\r\n`,
    `0\r\n\r\n${INNER}`,
  ),
  'two lengths': framed('Content-Length: 2\r\nContent-Length: 60\r\n', `{}${INNER}`),
  'a list of lengths': framed('Content-Length: 2, 60\r\n', `{}${INNER}`),
  'the same length twice': framed(`Content-Length: ${BODY.length}\r\nContent-Length: ${BODY.length}\r\n`, BODY),
  'a negative length': framed('Content-Length: -1\r\n', INNER),
  'a length with a sign': framed('Content-Length: +2\r\n', `{}${INNER}`),
  'a length in hexadecimal': framed('Content-Length: 0x2\r\n', `{}${INNER}`),
  'a length with a space': framed('Content-Length: 2 0\r\n', `{}${INNER}`),
  'a length that overflows': framed('Content-Length: 18446744073709551618\r\n', `{}${INNER}`),
  'an empty length': framed('Content-Length:\r\n', `{}${INNER}`),
  'no length': framed('', BODY),
  'a length of nothing before a body': framed('Content-Length: 0\r\n', BODY),
  'chunks twice': framed('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${INNER}`),
  'chunks, then another coding': framed('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${INNER}`),
  'a coding in odd letters': framed('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${INNER}`),
  'a coding after a tab': framed(
    'Transfer-Encoding:\tchunked\r\n',
    `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`,
  ),
  'a coding after a space in its name': framed('Transfer-Encoding : chunked\r\n', `0\r\n\r\n${INNER}`),
  'a coding behind a vertical tab': framed('Transfer-Encoding: \x0bchunked\r\n', `0\r\n\r\n${INNER}`),
  'a chunk of no number': framed('Transfer-Encoding: chunked\r\n', `zz\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk of negative length': framed('Transfer-Encoding: chunked\r\n', `-1\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk that overflows': framed('Transfer-Encoding: chunked\r\n', `ffffffffffffffffff\r\n${BODY}`),
  'a chunk that is longer than it says': framed('Transfer-Encoding: chunked\r\n', `2\r\n${BODY}\r\n0\r\n\r\n${INNER}`),
  'a chunk with an extension': framed('Transfer-Encoding: chunked\r\n', `2;a="b\r\n"\r\n{}\r\n0\r\n\r\n`),
  'a long extension of a chunk': framed('Transfer-Encoding: chunked\r\n', `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`),
  trailers: framed(
    'Transfer-Encoding: chunked\r\nTrailer: X-Injected\r\n',
    `2\r\n{}\r\n0\r\nX-Injected: 1\r\nHost: evil\r\n\r\n`,
  ),
  'chunks of one byte, over the limit': framed(
    'Transfer-Encoding: chunked\r\n',
    `${'8000\r\n'}${' '.repeat(0x8000)}\r\n`.repeat(9),
  ),
  'chunks that are compressed': framed('Transfer-Encoding: gzip, chunked\r\n', `0\r\n\r\n${INNER}`),
};

const cut: Readonly<Record<string, RawRequest['text']>> = {
  'half a request line': () => 'GET /liv',
  'half a header': (head) => `GET /livez HTTP/1.1\r\n${head}X-A: `,
  'a length that is too long': framed('Content-Length: 1000\r\n', BODY),
  'a length beyond all numbers': framed('Content-Length: 999999999999\r\n', BODY),
  'chunks without an end': framed('Transfer-Encoding: chunked\r\n', `${BODY.length.toString(16)}\r\n${BODY}\r\n`),
  'half a chunk': framed('Transfer-Encoding: chunked\r\n', 'ff\r\n{"na'),
  'a restore that breaks off': (head) =>
    `POST /v1/restore HTTP/1.1\r\n${head}Content-Type: application/vnd.sqlite3\r\nContent-Length: 9000\r\n\r\nSQLite format 3\0`,
  'only line ends': () => '\r\n\r\n\r\n\r\n',
  'nothing at all': () => '',
};

export const RAW: readonly RawRequest[] = [
  ...Object.entries(texts).map(([label, text]) => ({ label, text })),
  ...Object.entries(cut).map(([label, text]) => ({ label, text, isCut: true })),
];
