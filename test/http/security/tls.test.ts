/** With a certificate of its own Berth keeps the same rules. */

import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../support/certificate.js';
import { type TestBerth, testBerth } from '../berth.js';

const tls = selfSigned();
let t: TestBerth;
beforeAll(async () => {
  t = await testBerth({ tls });
});
afterAll(() => t.stop());

const portOf = ({ url }: TestBerth): number => Number(new URL(url).port);

async function open(target = t): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: portOf(target), ca: tls.cert, servername: 'localhost' });
  await once(socket, 'secureConnect');
  return socket;
}

/** All that comes back for what is written. */
async function answerTo(written: string): Promise<string> {
  const socket = await open();
  socket.write(written);
  return text(socket);
}

const GET = (headers: string) => `GET /livez HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`;

describe('over TLS', () => {
  it('a request is answered', async () => {
    expect(t.url).toMatch(/^https:/);
    expect(await answerTo(GET('Host: localhost\r\n'))).toMatch(/^HTTP\/1.1 200 /);
  });

  it('what Node would refuse in its own words is a problem as without TLS', async () => {
    const answer = await answerTo(GET(''));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"code":"invalid-body"');
    expect(await answerTo('no HTTP\r\n\r\n')).toContain('"code":"invalid-body"');
  });

  it('a page that came without TLS is another one, under the same name too', async () => {
    const from = (origin: string) => answerTo(GET(`Host: localhost\r\nOrigin: ${origin}\r\n`));
    expect(await from('https://localhost')).toMatch(/^HTTP\/1.1 200 /);
    expect(await from('http://localhost')).toContain('"code":"foreign-origin"');
  });

  it('what is not TLS is not answered', async () => {
    const socket = connectPlain(portOf(t), '127.0.0.1');
    socket.write(GET('Host: localhost\r\n'));
    expect(await text(socket)).not.toContain('HTTP/1.1');
  });
});

it('a stop lets an answer under way come over TLS, and ends connections that are not used', async () => {
  const own = await testBerth({ tls });
  const slow = await open(own);
  const body = JSON.stringify({ name: 'late', image: 'any' });
  slow.write(
    `POST /v1/containers HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  expect(String((await once(slow, 'data'))[0])).toContain('100 Continue');
  const unused = await open(own);
  const unshaken = connectPlain(portOf(own), '127.0.0.1');
  await once(unshaken, 'connect');
  const ends = [unused, unshaken].map((socket) => once(socket.resume(), 'close'));
  const stopped = own.stop();
  await Promise.all(ends);
  slow.write(body);
  expect(await text(slow)).toMatch(/^HTTP\/1.1 201 /);
  await stopped;
});
