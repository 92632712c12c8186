/** Commands in containers on an engine that reports a failed start as output, as version 20.10 does. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dockerExec } from '../../../src/engine/docker/containers/exec.js';
import { createCalls, DEADLINES } from '../../../src/engine/docker/transport/calls.js';
import { openClients } from '../../../src/engine/docker/transport/client.js';
import { EngineError } from '../../../src/engine/errors.js';

interface ExecState {
  readonly Running: boolean;
  readonly ExitCode: number | null;
  readonly Pid: number;
}

const REFUSED: ExecState = { Running: false, ExitCode: 126, Pid: 0 };

/** Serves one exec: `states` are reported one after the other, the last of them from then on. */
async function engineWith(output: string, states: readonly ExecState[]) {
  const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(output)]);
  frame.writeUInt32BE(Buffer.byteLength(output), 4);
  let inspected = 0;
  const server = createServer((request, response) => {
    request.resume();
    const path = request.url ?? '';
    if (/\/containers\/c\/exec/.test(path)) response.writeHead(201).end(JSON.stringify({ Id: 'e' }));
    else if (/\/exec\/e\/start/.test(path)) response.writeHead(200).end(frame);
    else response.end(JSON.stringify(states[Math.min(inspected++, states.length - 1)]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clients = openClients({ host: `tcp://127.0.0.1:${port}` });
  clients.speak('1.41');
  onTestFinished(() => {
    clients.close();
    server.closeAllConnections();
    server.close();
  });
  const { exec } = dockerExec(clients, createCalls('there', DEADLINES));
  return {
    exec: (user?: string) =>
      exec('c', { command: ['id'], env: [], ...(user !== undefined && { user }) }, new AbortController().signal),
    inspected: () => inspected,
  };
}

async function resultOf(running: ReturnType<Awaited<ReturnType<typeof engineWith>>['exec']>) {
  const { output, exited } = await running;
  const text: Uint8Array[] = [];
  for await (const { data } of output) text.push(data);
  return { text: Buffer.concat(text).toString(), exitCode: await exited(new AbortController().signal) };
}

describe('a command whose user the container lacks', () => {
  it.each([
    'unable to find user ghost: no matching entries in passwd file\r\n',
    'unable to find group ghost: no matching entries in group file\r\n',
    'uids and gids must be in range 0-2147483647\r\n',
  ])("is refused with the engine's reason: %j", async (output) => {
    const engine = await engineWith(output, [REFUSED]);
    const refusal = await engine.exec('ghost').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EngineError);
    expect(refusal).toMatchObject({ kind: 'invalid', message: output.trim() });
  });

  it('is refused although the engine answers the start before it looks the user up', async () => {
    const engine = await engineWith('unable to find user ghost: no matching entries in passwd file\r\n', [
      { Running: false, ExitCode: null, Pid: 0 },
      { Running: true, ExitCode: null, Pid: 0 },
      REFUSED,
    ]);
    await expect(engine.exec('ghost')).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('a command with a user', () => {
  it('that ran and wrote the same text has its own exit code', async () => {
    const engine = await engineWith('unable to find user ghost', [{ Running: false, ExitCode: 126, Pid: 17 }]);
    expect(await resultOf(engine.exec('root'))).toEqual({ text: 'unable to find user ghost', exitCode: 126 });
  });

  it('that is not in the image has exit code 126 and the reason as its output', async () => {
    const text = 'OCI runtime exec failed: exec failed: exec: "id": executable file not found in $PATH: unknown\r\n';
    const engine = await engineWith(text, [REFUSED]);
    expect(await resultOf(engine.exec('root'))).toEqual({ text, exitCode: 126 });
  });

  it('runs from the moment that it has a process, however long it stays silent', async () => {
    const engine = await engineWith('', [
      { Running: true, ExitCode: null, Pid: 0 },
      { Running: true, ExitCode: null, Pid: 17 },
    ]);
    await engine.exec('root');
    expect(engine.inspected()).toBe(2);
  });
});

it('a command without a user is not inspected at its start', async () => {
  const engine = await engineWith('', [REFUSED]);
  await engine.exec();
  expect(engine.inspected()).toBe(0);
});
