/** What runs inside a container's network namespace, run here. */

import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = readFileSync('src/engine/docker/probe/probe-program.mjs', 'utf8');
const HERE = '127.0.0.1';

interface Finding {
  readonly outcome: string;
  readonly code: string | null;
  readonly milliseconds: number | null;
}

async function run(question: object) {
  const patience = { waitMs: 3_000, resolveMs: 5_000, totalMs: 15_000 };
  const asked = JSON.stringify({ name: HERE, address: HERE, ports: [], ...patience, ...question });
  const args = ['--input-type=module', '--eval', PROGRAM, '--', asked];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as {
    readonly resolved: { readonly addresses: readonly string[]; readonly code: string | null };
    readonly ports: Readonly<Record<string, Finding>>;
  };
}

const server = createServer((socket: Socket) => socket.on('error', () => undefined));
const echo = createSocket('udp4').on('message', (data, from) => echo.send(data, from.port, from.address));
const mute = createSocket('udp4');
let heard: Buffer | undefined;
mute.on('message', (data) => {
  heard = data;
});

beforeAll(async () => {
  server.listen(0, HERE);
  for (const socket of [echo, mute]) socket.bind(0, HERE);
  await Promise.all([server, echo, mute].map((one) => once(one, 'listening')));
});
afterAll(() => {
  server.close();
  for (const socket of [echo, mute]) socket.close();
});

/** A port on which nothing listens: of a server that is closed by now. */
async function closedPort(): Promise<number> {
  const other = createServer().listen(0, HERE);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  other.close();
  await once(other, 'close');
  return port;
}

describe('the program of a probe', () => {
  it('finds ports open and closed, of both protocols, and how long that took', async () => {
    const { port } = server.address() as AddressInfo;
    const closed = await closedPort();
    const all = [`${port}/tcp`, `${closed}/tcp`, `${echo.address().port}/udp`, `${closed}/udp`];
    const { resolved, ports } = await run({ ports: all });
    expect(resolved).toMatchObject({ addresses: [HERE], code: null });
    const milliseconds = expect.any(Number);
    expect(ports).toEqual({
      [`${port}/tcp`]: { outcome: 'open', code: null, milliseconds },
      [`${closed}/tcp`]: { outcome: 'refused', code: 'ECONNREFUSED', milliseconds },
      [`${echo.address().port}/udp`]: { outcome: 'open', code: null, milliseconds },
      [`${closed}/udp`]: { outcome: 'refused', code: 'ECONNREFUSED', milliseconds },
    });
  });

  it('can not tell a server that is silent, and has asked it a DNS question', async () => {
    const { ports } = await run({ ports: [`${mute.address().port}/udp`], waitMs: 300 });
    expect(Object.values(ports)).toEqual([{ outcome: 'no-answer', code: null, milliseconds: null }]);
    // Id, flags "recursion desired", one question: the root, NS, IN.
    expect(heard?.toString('hex')).toBe('beef01000001000000000000' + '0000020001');
  });

  it('tries no other address than the one that it was given', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await run({ address: '127.0.0.2', ports: [`${port}/tcp`] })).toMatchObject({
      resolved: { addresses: [HERE] },
      ports: {},
    });
    expect((await run({ address: null, ports: [`${port}/tcp`] })).ports).toEqual({});
  });

  it('says why a name is not known', async () => {
    const { resolved, ports } = await run({ name: 'no.such.name.invalid', address: HERE });
    expect(resolved.addresses).toEqual([]);
    expect(resolved.code).toMatch(/^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/);
    expect(ports).toEqual({});
  });

  it('does not begin with what it has no time for, or can not do', async () => {
    const { port } = server.address() as AddressInfo;
    const none = { outcome: 'not-tried', milliseconds: null };
    const { ports } = await run({ ports: ['5000/sctp', `${port}/tcp`], totalMs: 0 });
    expect(ports).toEqual({
      '5000/sctp': { ...none, code: 'EPROTONOSUPPORT' },
      [`${port}/tcp`]: { ...none, code: 'ETIME' },
    });
  });

  it('tries a thousand ports with as many files as a process has', async () => {
    const { port } = server.address() as AddressInfo;
    const asked = Array.from({ length: 999 }, (_, index) => `${index + 1}/udp`);
    const { ports } = await run({ ports: [...asked, `${port}/tcp`], waitMs: 2_000 });
    expect(Object.keys(ports)).toHaveLength(1000);
    expect(ports[`${port}/tcp`]).toMatchObject({ outcome: 'open' });
    expect(Object.values(ports).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });
});
