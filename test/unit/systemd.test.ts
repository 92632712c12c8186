import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemd } from '../../src/systemd.js';

const PID = 42;

function notified(extra: NodeJS.ProcessEnv, fails = false) {
  const sent: string[] = [];
  const faults: string[] = [];
  const env: NodeJS.ProcessEnv = { PATH: '/bin', ...extra };
  const send = async (message: string) => {
    sent.push(message);
    if (fails) throw new Error('no systemd-notify');
  };
  return { sent, faults, env, manager: systemd(env, PID, ({ message }) => faults.push(message), send) };
}

describe('systemd', () => {
  afterEach(() => vi.useRealTimers());

  it('is notified of the start and the stop, and no variable is left for other programs', async () => {
    const { manager, sent, env } = notified({ NOTIFY_SOCKET: '/run/systemd/notify' });
    manager.ready();
    await manager.stopping();
    expect([sent, env]).toEqual([['READY=1', 'STOPPING=1'], { PATH: '/bin' }]);
  });

  it('is not notified by a process that it did not start', async () => {
    const { manager, sent } = notified({});
    manager.ready();
    await manager.stopping();
    expect(sent).toEqual([]);
  });

  it('is notified twice in the time of its watchdog, until the stop', async () => {
    vi.useFakeTimers();
    const { manager, sent } = notified({ NOTIFY_SOCKET: '@x', WATCHDOG_USEC: '30000000', WATCHDOG_PID: String(PID) });
    manager.ready();
    await vi.advanceTimersByTimeAsync(60_000);
    await manager.stopping();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'STOPPING=1']);
  });

  it.each([
    ['of another process', { WATCHDOG_USEC: '1000000', WATCHDOG_PID: '7' }],
    ['without a time', { WATCHDOG_PID: String(PID) }],
    ['with a time that is no number', { WATCHDOG_USEC: 'soon' }],
  ])('has no use for a watchdog %s', async (_, extra) => {
    vi.useFakeTimers();
    const { manager, sent } = notified({ NOTIFY_SOCKET: '@x', ...extra });
    manager.ready();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['READY=1']);
  });

  it('that can not be reached is reported once and stops nothing', async () => {
    const { manager, sent, faults } = notified({ NOTIFY_SOCKET: '@x' }, true);
    manager.ready();
    await manager.stopping();
    expect([sent.length, faults]).toEqual([2, ['no systemd-notify']]);
  });
});

it('the program systemd-notify sends the messages of the process', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'berth-notify-'));
  const was = process.env['PATH'];
  try {
    writeFileSync(path.join(dir, 'systemd-notify'), `#!/bin/sh\necho "$1 to $NOTIFY_SOCKET" >> "${dir}/sent"\n`, {
      mode: 0o755,
    });
    process.env['PATH'] = `${dir}:${was}`;
    const faults: Error[] = [];
    await systemd({ NOTIFY_SOCKET: '/run/n' }, PID, (error) => faults.push(error)).stopping();
    expect(faults).toEqual([]);
    expect(readFileSync(path.join(dir, 'sent'), 'utf8')).toBe('STOPPING=1 to /run/n\n');
  } finally {
    process.env['PATH'] = was;
    rmSync(dir, { recursive: true });
  }
});
