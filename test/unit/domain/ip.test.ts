import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalIp, compareIp } from '../../../src/domain/ports/ip.js';

const ip = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => canonicalIp(text) ?? 'refused');

describe('canonicalIp', () => {
  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['2001:DB8::A', '2001:db8::a'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['::ffff:7f00:1', '127.0.0.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical);
  });

  test.each(['', ':', ':::', '1.2.3', '1.2.3.4.5', '1:2', '1:2:3:4:5:6:7:8:9', '::1.2.3', ':1::2', '1::2:', 'g::'])(
    'refuses %j',
    (text) => {
      expect(canonicalIp(text)).toBeUndefined();
    },
  );

  test('leaves what it wrote as it is', () => {
    fc.assert(fc.property(ip, (text) => canonicalIp(text) === text));
  });
});

describe('compareIp', () => {
  test('puts IPv4 before IPv6, each by number, and texts that are no address last', () => {
    const sorted = ['2.0.0.0', '10.0.0.0', '127.0.0.1', '::', '::1', 'fe80::1', 'x', 'y'];
    expect(sorted.toReversed().sort(compareIp)).toEqual(sorted);
  });
});
