import { describe, expect, it } from 'vitest';
import { ephemeralWarning } from '../../src/ephemeral-ports.js';

const RANGE = { from: 49_000, to: 49_900 };

function warning(options: { local?: string | null; reserved?: string; engine?: string; inContainer?: boolean }) {
  const {
    local = '32768\t60999\n',
    reserved = '\n',
    engine = 'unix:///var/run/docker.sock',
    inContainer = false,
  } = options;
  return ephemeralWarning(RANGE, engine, {
    read: (path) => (path.endsWith('ip_local_port_range') ? local : reserved),
    exists: () => inContainer,
  });
}

describe('at start-up', () => {
  it('names the ports that outgoing connections may take, and the command that reserves them', () => {
    expect(warning({})).toContain("overlaps the kernel's ephemeral ports 49000 to 49900");
    expect(warning({})).toContain('sysctl -w net.ipv4.ip_local_reserved_ports=49000-49900 ');
  });

  it.each([
    ['part of the range is reserved', { reserved: '49000-49500\n' }, 'ports=49000-49500,49000-49900 '],
    ['others are reserved', { reserved: '8080,9148-9150\n' }, 'ports=8080,9148-9150,49000-49900 '],
    ['the ephemeral range begins within', { local: '49500 60999' }, 'ephemeral ports 49500 to 49900'],
  ])('warns where %s', (_, host, part) => {
    expect(warning(host)).toContain(part);
  });

  it.each([
    ['the range is reserved', { reserved: '49000-49900\n' }],
    ['the range is reserved in pieces', { reserved: '80,48000-49400,49401-50000\n' }],
    ['what is ephemeral of it is reserved', { local: '49500 60999', reserved: '49500-49900' }],
    ['the ephemeral range is elsewhere', { local: '50000 60999' }],
    ['the engine is on another host', { engine: 'tcp://10.0.0.5:2376' }],
    ['the engine is reached by ssh', { engine: 'ssh://me@host' }],
    ['Berth runs in a container', { inContainer: true }],
    ['the kernel has no such file', { local: null }],
    ['the file holds something else', { local: 'x' }],
  ])('says nothing where %s', (_, host) => {
    expect(warning(host)).toBeNull();
  });
});
