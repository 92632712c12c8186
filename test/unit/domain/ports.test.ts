import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PortMapping, Protocol } from '../../../src/domain/definition/definition.js';
import { canonicalIp } from '../../../src/domain/ports/ip.js';
import {
  formatPortMapping,
  parseExpose,
  parsePortRange,
  parsePortSpec,
  portKey,
} from '../../../src/domain/ports/parse.js';

/** A mapping in one line: `hostIp|hostPort or range|containerPort/protocol`, a dash for what is absent. */
function shown(mapping: PortMapping): string {
  const host = mapping.hostPort ?? mapping.hostPortRange ?? '-';
  return `${mapping.hostIp ?? '-'}|${host}|${mapping.containerPort}/${mapping.protocol}`;
}

const protocol = fc.constantFrom<Protocol>('tcp', 'udp', 'sctp');
const port = fc.integer({ min: 1, max: 65535 });
const ip = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => canonicalIp(text) ?? '0.0.0.0');
const range = fc
  .tuple(port, port)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const hostPart = fc.oneof(
  fc.constant({}),
  port.map((hostPort) => ({ hostPort })),
  range.map((hostPortRange) => ({ hostPortRange })),
);
const mapping: fc.Arbitrary<PortMapping> = fc
  .tuple(fc.option(ip, { nil: undefined }), hostPart, port, protocol)
  .map(([hostIp, host, containerPort, named]) => ({
    ...(hostIp === undefined ? {} : { hostIp }),
    ...host,
    containerPort,
    protocol: named,
  }));

describe('parsePortSpec', () => {
  test.each([
    ['80', ['-|-|80/tcp']],
    ['8080:80', ['-|8080|80/tcp']],
    ['127.0.0.1:8080:80', ['127.0.0.1|8080|80/tcp']],
    ['127.0.0.1::80', ['127.0.0.1|-|80/tcp']],
    ['127.0.0.1:5000:5000/udp', ['127.0.0.1|5000|5000/udp']],
    [':80', ['-|-|80/tcp']],
    ['::80', ['-|-|80/tcp']],
    [':8080:80', ['-|8080|80/tcp']],
    ['0:80', ['-|-|80/tcp']],
    ['127.0.0.1:0:80/udp', ['127.0.0.1|-|80/udp']],
    ['0-0:80', ['-|-|80/tcp']],
    ['80/', ['-|-|80/tcp']],
    ['80/TCP', ['-|-|80/tcp']],
    ['53:53/Udp', ['-|53|53/udp']],
    ['9999:9999/sctp', ['-|9999|9999/sctp']],
    ['0080:080', ['-|80|80/tcp']],
    ['[::1]:8080:80', ['::1|8080|80/tcp']],
    ['[::1]::80', ['::1|-|80/tcp']],
    ['[::]:8080:80/udp', ['::|8080|80/udp']],
    ['[127.0.0.1]:8080:80', ['127.0.0.1|8080|80/tcp']],
    ['[2001:DB8:0:0:0:0:0:1]:443:443', ['2001:db8::1|443|443/tcp']],
    ['[::ffff:192.0.2.1]:443:443', ['192.0.2.1|443|443/tcp']],
    ['::1:8080:80', ['::1|8080|80/tcp']],
    ['2001:db8::1::80', ['2001:db8::1|-|80/tcp']],
    [':::8080:80', ['::|8080|80/tcp']],
    ['::::80', ['::|-|80/tcp']],
    ['8000-8002', ['-|-|8000/tcp', '-|-|8001/tcp', '-|-|8002/tcp']],
    ['9000-9002:8000-8002', ['-|9000|8000/tcp', '-|9001|8001/tcp', '-|9002|8002/tcp']],
    ['127.0.0.1::8000-8001/udp', ['127.0.0.1|-|8000/udp', '127.0.0.1|-|8001/udp']],
    ['[::1]:9000-9001:8000-8001', ['::1|9000|8000/tcp', '::1|9001|8001/tcp']],
    ['8000-8010:80', ['-|8000-8010|80/tcp']],
    ['127.0.0.1:8000-8010:80/udp', ['127.0.0.1|8000-8010|80/udp']],
    ['8000-8000:80', ['-|8000|80/tcp']],
    ['8000:80-80', ['-|8000|80/tcp']],
    ['08000-08010:80', ['-|8000-8010|80/tcp']],
    ['65535:65535', ['-|65535|65535/tcp']],
  ])('reads %s', (text, expected) => {
    const parsed = parsePortSpec(text);
    expect(parsed.ok ? parsed.value.map(shown) : parsed.message).toEqual(expected);
  });

  test.each([
    ['', 'the container port is missing'],
    [':', 'the container port is missing'],
    ['8080:', 'the container port is missing'],
    ['/tcp', 'the container port is missing'],
    ['127.0.0.1:8080:', 'the container port is missing'],
    ['abc', '"abc" is neither a number nor a range'],
    [' 80', 'neither a number'],
    ['80 ', 'neither a number'],
    ['+80', 'neither a number'],
    ['-80', 'neither a number'],
    ['80-', 'neither a number'],
    ['8.0', 'neither a number'],
    ['0x50', 'neither a number'],
    ['1e3', 'neither a number'],
    ['８０', 'neither a number'],
    ['80\n', 'neither a number'],
    ['80-90-100', 'neither a number'],
    ['80,81', 'neither a number'],
    ['0', 'not between 1 and 65535'],
    ['0-5:80', 'to have Berth pick a host port, write 80 alone'],
    ['0:80-81', 'the host port "0" is not between 1 and 65535'],
    ['80:0', 'the container port "0" is not between 1 and 65535'],
    ['65536', 'not between 1 and 65535'],
    ['70000:80', 'the host port "70000" is not between'],
    ['99999999999999999999:80', 'not between 1 and 65535'],
    ['1-70000', 'not between 1 and 65535'],
    ['8010-8000', 'ends before it begins'],
    ['8010-8000:80', 'ends before it begins'],
    ['8000-8001:80-82', 'maps 2 host ports to 3 container ports'],
    ['8000:80-81', 'maps 1 host ports to 2 container ports'],
    ['80/http', '"http" is not a protocol'],
    ['80/tcp/udp', '"tcp/udp" is not a protocol'],
    ['80/tcp:80', 'neither a number'],
    ['127.0.0.1:80', 'write 127.0.0.1::80'],
    ['[::1]:80', 'no closing bracket'],
    ['[::1:80:80', 'no closing bracket'],
    ['::1]:80:80', 'not an IP address'],
    ['[]:80:80', 'not an IP address'],
    ['localhost:80:80', '"localhost" is not an IP address'],
    ['127.1:80:80', 'not an IP address'],
    ['127.0.0.01:80:80', 'not an IP address'],
    ['0x7f.0.0.1:80:80', 'not an IP address'],
    ['256.0.0.1:80:80', 'not an IP address'],
    ['2130706433:80:80', 'not an IP address'],
    ['[fe80::1%eth0]:80:80', 'not an IP address'],
    ['[::1]x:80:80', 'no closing bracket'],
    ['[1:2:3:4:5:6:7::8]:80:80', 'not an IP address'],
    ['[::ffff:192.0.2.01]:80:80', 'not an IP address'],
    ['[12345::]:80:80', 'not an IP address'],
    ['[1::2::3]:80:80', 'not an IP address'],
  ])('refuses %j, saying what is wrong and which forms are right', (text, reason) => {
    const parsed = parsePortSpec(text);
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(reason) });
  });

  test('expands the widest range there is', () => {
    const parsed = parsePortSpec('1-65535');
    expect(parsed.ok && parsed.value.length).toBe(65535);
  });

  test('gives back the mapping that was formatted', () => {
    fc.assert(
      fc.property(mapping, (given) => {
        expect(parsePortSpec(formatPortMapping(given))).toEqual({ ok: true, value: [given] });
      }),
    );
  });

  test('formats what it read to a text that reads and formats the same', () => {
    fc.assert(
      fc.property(mapping, (given) => {
        const text = formatPortMapping(given);
        const parsed = parsePortSpec(text);
        expect(parsed.ok && parsed.value.map(formatPortMapping)).toEqual([text]);
      }),
    );
  });

  test('answers every text with a value, never an exception', () => {
    const piece = fc.oneof(fc.constantFrom('80', ':', '-', '/', 'tcp', '[', ']', '::1', '127.0.0.1', '0'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const parsed = parsePortSpec(pieces.join(''));
        expect(parsed.ok ? parsed.value.length : parsed.message.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('formatPortMapping', () => {
  test.each([
    ['80', { containerPort: 80, protocol: 'tcp' }],
    ['53/udp', { containerPort: 53, protocol: 'udp' }],
    ['8080:80', { hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
    ['127.0.0.1::80', { hostIp: '127.0.0.1', containerPort: 80, protocol: 'tcp' }],
    ['[::1]::80', { hostIp: '::1', containerPort: 80, protocol: 'tcp' }],
    ['[::1]:8000-8010:80/sctp', { hostIp: '::1', hostPortRange: '8000-8010', containerPort: 80, protocol: 'sctp' }],
  ] satisfies [string, PortMapping][])('writes %s', (text, given) => {
    expect(formatPortMapping(given)).toBe(text);
  });
});

describe('parseExpose', () => {
  test.each([
    ['3306', ['3306/tcp']],
    ['3306/tcp', ['3306/tcp']],
    ['53/UDP', ['53/udp']],
    ['8000-8002/udp', ['8000/udp', '8001/udp', '8002/udp']],
  ])('reads %s', (text, expected) => {
    const parsed = parseExpose(text);
    expect(parsed.ok && parsed.value.map(portKey)).toEqual(expected);
  });

  test.each(['', '/udp', '0', '65536', '80:80', '8010-8000', '80/http', 'http'])('refuses %j', (text) => {
    expect(parseExpose(text)).toMatchObject({ ok: false });
  });
});

describe('parsePortRange', () => {
  test.each([
    ['49000-49900', { from: 49000, to: 49900 }],
    ['8080', { from: 8080, to: 8080 }],
    ['1-65535', { from: 1, to: 65535 }],
  ])('reads %s', (text, value) => {
    expect(parsePortRange(text)).toEqual({ ok: true, value });
  });

  test.each(['', '-', '0-10', '49900-49000', '49000 - 49900', '1-65536', 'all'])('refuses %j', (text) => {
    expect(parsePortRange(text)).toMatchObject({ ok: false, message: expect.stringContaining('49000-49900') });
  });
});
