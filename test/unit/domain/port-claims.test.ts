import { describe, expect, test } from 'vitest';
import type { Protocol } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { collide, type PortClaim } from '../../../src/domain/ports/conflicts.js';
import { reserve } from '../../../src/domain/ports/reserve.js';

describe('collide', () => {
  test.each([
    [undefined, undefined, true],
    [undefined, '', true],
    [undefined, '0.0.0.0', true],
    [undefined, '127.0.0.1', true],
    [undefined, '::', true],
    [undefined, '::1', true],
    ['127.0.0.1', '0.0.0.0', true],
    ['127.0.0.1', '127.0.0.1', true],
    ['::1', '::', true],
    ['0:0:0:0:0:0:0:1', '::1', true],
    ['::ffff:127.0.0.1', '127.0.0.1', true],
    ['::ffff:127.0.0.1', '0.0.0.0', true],
    ['0.0.0.0', '::', false],
    ['127.0.0.1', '::', false],
    ['127.0.0.1', '::1', false],
    ['127.0.0.1', '127.0.0.2', false],
    ['::1', '::2', false],
    ['::ffff:127.0.0.1', '::', false],
    ['fe80::1%eth0', 'fe80::1%eth1', false],
  ])('%s against %s: %s, either way round', (a, b, expected) => {
    const claim = (hostIp: string | undefined) => ({ hostIp, hostPort: 5000, protocol: 'tcp' as const });
    expect([collide(claim(a), claim(b)), collide(claim(b), claim(a))]).toEqual([expected, expected]);
  });

  test('is about one protocol and one number', () => {
    const base = { hostPort: 5000, protocol: 'tcp' as const };
    expect(collide(base, { ...base, protocol: 'udp' })).toBe(false);
    expect(collide(base, { ...base, hostPort: 5001 })).toBe(false);
  });
});

interface Pick {
  readonly random: number;
  readonly hostIp?: string;
  /** The claims of other definitions. */
  readonly claims?: readonly PortClaim[];
  readonly avoid?: ReadonlySet<number>;
}

/** Picks a port from 49000 to 49009 for 80/tcp. */
function picked({ random, hostIp, claims = [], avoid = new Set() }: Pick): number | undefined {
  const outcome = reserve({
    ...{ host: LOCAL_HOST, publishAll: [], held: [], nameOf: (uid) => uid, range: { from: 49000, to: 49009 }, avoid },
    mappings: [{ containerPort: 80, protocol: 'tcp', ...(hostIp !== undefined && { hostIp }) }],
    others: (protocol, { from, to }) =>
      claims
        .filter((one) => one.protocol === protocol && one.hostPort >= from && one.hostPort <= to)
        .map(({ hostIp: ip, ...one }) => ({
          ...{ ...one, uid: 'other', host: LOCAL_HOST, containerPort: 80, origin: 'fixed', confirmed: true },
          ...(ip !== undefined && { hostIp: ip }),
        })),
    random: () => random,
  });
  return outcome.ok ? outcome.claim[0]?.hostPort : undefined;
}

describe('a picked host port', () => {
  const claim = (hostPort: number, hostIp?: string, named: Protocol = 'tcp') => ({ hostPort, hostIp, protocol: named });

  test.each<[string, Pick, number | undefined]>([
    ['begins at the random point', { random: 0.5 }, 49005],
    ['reaches the last port', { random: 0.999 }, 49009],
    ['passes over claims', { random: 0, claims: [claim(49000), claim(49001)] }, 49002],
    ['goes round to the start', { random: 0.99, claims: [claim(49009)] }, 49000],
    ['passes over what is to be avoided', { random: 0, avoid: new Set([49000]) }, 49001],
    ['takes what another protocol has', { random: 0, claims: [claim(49000, undefined, 'udp')] }, 49000],
    ['takes what another address has', { random: 0, hostIp: '127.0.0.1', claims: [claim(49000, '127.0.0.2')] }, 49000],
    ['leaves what every interface has', { random: 0, hostIp: '127.0.0.1', claims: [claim(49000, '0.0.0.0')] }, 49001],
    [
      'finds the only free one',
      { random: 0.3, claims: [0, 1, 2, 3, 4, 5, 6, 7, 9].map((n) => claim(49000 + n)) },
      49008,
    ],
    [
      'says when the range is used up',
      { random: 0.3, claims: Array.from({ length: 10 }, (_, n) => claim(49000 + n)) },
      undefined,
    ],
  ])('%s', (_, request, expected) => {
    expect(picked(request)).toBe(expected);
  });
});
