/** Events of the engine, as `/events` reports them. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { dockerEngine } from '../../../src/engine/docker/index.js';

const killed = (id: string, signal?: string) => ({
  Type: 'container',
  Action: 'kill',
  Actor: { ID: id, Attributes: { name: 'web', ...(signal !== undefined && { signal }) } },
});

it('report signals that may end a container, and none that asks its program for something else', async () => {
  const lines = [
    killed('hup', '1'),
    killed('usr1', '10'),
    killed('usr2', '12'),
    killed('term', '15'),
    killed('kill', '9'),
    killed('own', '37'),
    killed('unnamed'),
  ];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://engine');
    if (pathname.endsWith('/events')) response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    else response.setHeader('api-version', '1.41').end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const engine = dockerEngine({ host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` });
  onTestFinished(() => {
    engine.close();
    server.closeAllConnections();
    server.close();
  });
  const seen: string[] = [];
  for await (const { action, id } of await engine.events(new AbortController().signal)) seen.push(`${action} ${id}`);
  expect(seen).toEqual(['kill term', 'kill kill', 'kill own', 'kill unnamed']);
});
