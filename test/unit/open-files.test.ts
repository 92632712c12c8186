import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toEngineError } from '../../src/engine/docker/docker-errors.js';
import { boundConnections, CONNECTION_LIMITS, limitsFor } from '../../src/http/pipeline/connections.js';
import { openFiles } from '../../src/open-files.js';
import { toProblem } from '../../src/store/sqlite/storage-errors.js';

const limits = (soft: string) =>
  ['Limit  Soft Limit  Hard Limit  Units', `Max open files            ${soft}     4096    files`, ''].join('\n');

describe('the number of file descriptors', () => {
  it.each([
    [limits('1024'), 1024],
    [limits('unlimited'), Number.POSITIVE_INFINITY],
    ['', Number.POSITIVE_INFINITY],
    [null, Number.POSITIVE_INFINITY],
  ])('is read from %j as %s', (text, count) => {
    expect(openFiles(() => text)).toBe(count);
  });
});

describe('connection limits', () => {
  it('leave descriptors for the server itself, and one for each client to the engine', () => {
    const { all, perAddress } = limitsFor(1024);
    expect(all * 2).toBeLessThanOrEqual(1024 - 96);
    expect(all).toBeGreaterThan(400);
    expect(perAddress).toBe(all);
  });

  it('are the usual ones where descriptors abound', () => {
    expect(limitsFor(1_048_576)).toEqual(CONNECTION_LIMITS);
    expect(limitsFor(Number.POSITIVE_INFINITY)).toEqual(CONNECTION_LIMITS);
  });

  it('leave a few connections however low the limit is', () => {
    expect(limitsFor(64).all).toBe(8);
  });
});

describe('without a file descriptor left', () => {
  const failure = (code: string) =>
    Object.assign(new Error(`${code}: too many open files, open 'berth.db'`), { code, syscall: 'open' });

  it.each(['EMFILE', 'ENFILE'])('a call to the engine counts as not made, and says what to do: %s', (code) => {
    const error = toEngineError('list', 'unix:///run/docker.sock', failure(code));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain(`(${code}): raise the limit of open files`);
  });

  it.each(['EMFILE', 'ENFILE'])('the storage is unavailable for the time being, and says what to do: %s', (code) => {
    const problem = toProblem(failure(code));
    expect(problem).toMatchObject({ code: 'storage-unavailable', retryAfterSeconds: 2 });
    expect(problem).toHaveProperty('message', expect.stringContaining('Raise the limit of open files'));
  });
});

it('a TLS server refuses connections beyond the limit though none of them begins a handshake', async () => {
  // A server without a certificate accepts connections, and completes no handshake.
  const app = Fastify({ https: {} });
  boundConnections(app as never, { ...CONNECTION_LIMITS, all: 2 });
  onTestFinished(() => app.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const open = async () => {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const kept = [await open(), await open()];
  await expect.poll(() => promisify(app.server.getConnections).call(app.server)).toBe(2);
  const third = await open();
  await once(third, 'close');
  expect(kept.map(({ destroyed }) => destroyed)).toEqual([false, false]);
});
