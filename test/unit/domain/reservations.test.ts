import { describe, expect, it } from 'vitest';
import type { PortMapping, Protocol, Reservation } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { formatPortMapping, parseExpose, parsePortSpec } from '../../../src/domain/ports/parse.js';
import { type NewReservation, reserve } from '../../../src/domain/ports/reserve.js';

const ME = 'me';

/** `-p` texts, as mappings. */
const mappings = (...texts: readonly string[]): readonly PortMapping[] =>
  texts.flatMap((text) => {
    const read = parsePortSpec(text);
    if (!read.ok) throw new Error(read.message);
    return read.value;
  });

/** `49000:5000 assigned` or `127.0.0.1:8080:80/udp fixed`, as what a definition holds. */
function claim(text: string, uid = ME): Reservation {
  const [port = '', origin = 'fixed'] = text.split(' ');
  const [mapping] = mappings(port);
  if (mapping?.hostPort === undefined) throw new Error(`${text} names no host port`);
  return {
    uid,
    host: LOCAL_HOST,
    ...mapping,
    hostPort: mapping.hostPort,
    origin: origin as Reservation['origin'],
    confirmed: true,
  };
}

const print = (one: NewReservation): string => `${formatPortMapping(one)} ${one.origin}`;

interface Case {
  readonly ports?: readonly string[];
  readonly publishAll?: readonly string[];
  readonly held?: readonly string[];
  /** What a definition called `other` holds. */
  readonly others?: readonly string[];
  readonly avoid?: readonly number[];
}

function outcomeOf({ ports = [], publishAll = [], held = [], others = [], avoid = [] }: Case, random = 0) {
  const theirs = others.map((text) => claim(text, 'their-uid'));
  return reserve({
    host: LOCAL_HOST,
    mappings: mappings(...ports),
    publishAll: publishAll.flatMap((text) => {
      const read = parseExpose(text);
      return read.ok ? read.value : [];
    }),
    held: held.map((text) => claim(text)),
    others: (protocol: Protocol, { from, to }) =>
      theirs.filter((one) => one.protocol === protocol && one.hostPort >= from && one.hostPort <= to),
    nameOf: (uid) => (uid === 'their-uid' ? 'other' : uid),
    range: { from: 49_000, to: 49_002 },
    random: () => random,
    avoid: new Set(avoid),
  });
}

function granted(one: Case) {
  const outcome = outcomeOf(one);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults));
  return { keep: outcome.keep.map(print).sort(), claim: outcome.claim.map(print) };
}

describe('reserve', () => {
  it.each<[string, Case, { readonly keep?: readonly string[]; readonly claim?: readonly string[] }]>([
    ['nothing for nothing', {}, {}],
    ['a fixed port as it is', { ports: ['8080:80'] }, { claim: ['8080:80 fixed'] }],
    ['a picked port from the range', { ports: ['80'] }, { claim: ['49000:80 assigned'] }],
    ['one on its address', { ports: ['127.0.0.1::80'] }, { claim: ['127.0.0.1:49000:80 assigned'] }],
    ['one from the range of the mapping', { ports: ['8000-8002:80'] }, { claim: ['8000:80 assigned'] }],
    [
      'ports of publishAll',
      { publishAll: ['80', '53/udp'] },
      { claim: ['49000:80 publishAll', '49000:53/udp publishAll'] },
    ],
    [
      'no port of publishAll that has a mapping',
      { ports: ['8080:80'], publishAll: ['80', '81'] },
      { claim: ['8080:80 fixed', '49000:81 publishAll'] },
    ],
    [
      'one of publishAll whose mapping is of another protocol',
      { ports: ['8080:80'], publishAll: ['80/udp'] },
      { claim: ['8080:80 fixed', '49000:80/udp publishAll'] },
    ],
    [
      'fixed ports before picked ones',
      { ports: ['80', '49000:81'] },
      { claim: ['49000:81 fixed', '49001:80 assigned'] },
    ],
    [
      'no number twice',
      { ports: ['80', '81', '82'] },
      { claim: ['49000:80 assigned', '49001:81 assigned', '49002:82 assigned'] },
    ],
    [
      'one number twice on two addresses',
      { ports: ['127.0.0.1::80', '127.0.0.2::80'] },
      { claim: ['127.0.0.1:49000:80 assigned', '127.0.0.2:49000:80 assigned'] },
    ],
    [
      'one number for tcp and udp',
      { ports: ['8080:80', '8080:80/udp'] },
      { claim: ['8080:80 fixed', '8080:80/udp fixed'] },
    ],
    [
      'a number that others do not have',
      { ports: ['80'], others: ['49000:1', '49001:1/udp'] },
      { claim: ['49001:80 assigned'] },
    ],
    [
      'a number that nothing else on the host has',
      { ports: ['80'], avoid: [49_000, 49_001] },
      { claim: ['49002:80 assigned'] },
    ],
    [
      'a number that others have on another address',
      { ports: ['127.0.0.1:8080:80'], others: ['127.0.0.2:8080:80'] },
      { claim: ['127.0.0.1:8080:80 fixed'] },
    ],

    [
      'what is held',
      { ports: ['8080:80', '81'], held: ['8080:80 fixed', '49002:81 assigned'] },
      { keep: ['49002:81 assigned', '8080:80 fixed'] },
    ],
    [
      'it in another order',
      { ports: ['81', '80'], held: ['49000:80 assigned', '49001:81 assigned'] },
      { keep: ['49000:80 assigned', '49001:81 assigned'] },
    ],
    [
      'it while other mappings come and go',
      { ports: ['1', '81', '7000:7'], held: ['49000:80 assigned', '49001:81 assigned'] },
      { keep: ['49001:81 assigned'], claim: ['7000:7 fixed', '49000:1 assigned'] },
    ],
    [
      'it outside of a range that was moved',
      { ports: ['80'], held: ['32768:80 assigned'] },
      { keep: ['32768:80 assigned'] },
    ],
    [
      'it though something else on the host has it',
      { ports: ['80'], held: ['49000:80 assigned'], avoid: [49_000] },
      { keep: ['49000:80 assigned'] },
    ],
    [
      'what publishAll has',
      { publishAll: ['81', '80'], held: ['49001:80 publishAll'] },
      { keep: ['49001:80 publishAll'], claim: ['49000:81 publishAll'] },
    ],
    [
      'a port inside of a wider range',
      { ports: ['8000-8005:80'], held: ['8002:80 assigned'] },
      { keep: ['8002:80 assigned'] },
    ],
    [
      'each its own, of a range and of none',
      { ports: ['80', '8000-8002:80'], held: ['8001:80 assigned', '49001:80 assigned'] },
      { keep: ['49001:80 assigned', '8001:80 assigned'] },
    ],
    [
      'each its own, of ranges that overlap',
      { ports: ['8000-8002:80', '8001-8003:80'], held: ['8001:80 assigned', '8000:80 assigned'] },
      { keep: ['8000:80 assigned', '8001:80 assigned'] },
    ],
    [
      'the usual one when the mapping with a range goes',
      { ports: ['80'], held: ['8001:80 assigned', '49001:80 assigned'] },
      { keep: ['49001:80 assigned'] },
    ],

    [
      'another port when the number changes',
      { ports: ['8081:80'], held: ['8080:80 fixed'] },
      { claim: ['8081:80 fixed'] },
    ],
    [
      'another port when the address changes',
      { ports: ['127.0.0.1::80'], held: ['49002:80 assigned'] },
      { claim: ['127.0.0.1:49000:80 assigned'] },
    ],
    [
      'another port when the range leaves it',
      { ports: ['8000-8002:80'], held: ['49000:80 assigned'] },
      { claim: ['8000:80 assigned'] },
    ],
    [
      'the picked number as a fixed one',
      { ports: ['49002:80'], held: ['49002:80 assigned'] },
      { claim: ['49002:80 fixed'] },
    ],
  ])('gives %s', (_, one, { keep = [], claim = [] }) => {
    expect(granted(one)).toEqual({ keep, claim });
  });

  it.each<[string, Case, readonly (readonly [string, string])[]]>([
    [
      'a fixed port of another definition',
      { ports: ['80', '8080:81'], others: ['8080:1'] },
      [['/ports/1', '8080/tcp is claimed by other on all addresses: choose another host port, or change other']],
    ],
    [
      'one on an address that overlaps',
      { ports: ['8080:81'], others: ['[::1]:8080:1'] },
      [['/ports/0', '8080/tcp is claimed by other on ::1: choose another host port, or change other']],
    ],
    [
      'a picked port of its own',
      { ports: ['80', '49000:81'], held: ['49000:80 assigned'] },
      [['/ports/1', 'this definition already uses 49000/tcp for 80/tcp: choose another host port for one of them']],
    ],
    [
      'a range that is used up',
      { ports: ['8000-8001:80'], others: ['8000:1', '8001:1'] },
      [['/ports/0', 'no host port from 8000 to 8001 is free for 80/tcp: free one, or widen the range']],
    ],
    [
      'the range that is used up by itself',
      { publishAll: ['1', '2', '3', '4'] },
      [['/publishAll', 'no host port from 49000 to 49002 is free for 4/tcp: free one, or widen the range']],
    ],
    [
      'all that is wrong at once',
      { ports: ['8080:80', '8081:81'], others: ['8080:1', '8081:1'] },
      [['/ports/0', '8080-8081/tcp is claimed by other on all addresses: choose another host port, or change other']],
    ],
    [
      'ports that are apart from each other, each by itself',
      { ports: ['8080:80', '8082:81', '8082:81/udp'], others: ['8080:1', '8082:1', '8082:1/udp'] },
      [
        ['/ports/0', '8080/tcp is claimed by other on all addresses: choose another host port, or change other'],
        ['/ports/1', '8082/tcp is claimed by other on all addresses: choose another host port, or change other'],
        ['/ports/2', '8082/udp is claimed by other on all addresses: choose another host port, or change other'],
      ],
    ],
  ])('refuses %s', (_, one, faults) => {
    expect(outcomeOf(one)).toEqual({ ok: false, faults: faults.map(([pointer, message]) => ({ pointer, message })) });
  });

  it('takes the lowest free port of a range that a client names, and a random one of the default range', () => {
    const outcome = outcomeOf({ ports: ['8000-8009:80', '81'], others: ['8000:1', '8001:1'] }, 0.5);
    expect(outcome.ok && outcome.claim.map(print)).toEqual(['8002:80 assigned', '49001:81 assigned']);
  });

  it('claims without their being confirmed, and keeps them as they are', () => {
    const outcome = outcomeOf({ ports: ['80', '81'], held: ['49000:80 assigned'] });
    expect(outcome.ok && [outcome.keep[0]?.confirmed, outcome.claim[0]?.confirmed]).toEqual([true, false]);
  });

  it('gives 4,096 fixed ports in the time of a request', () => {
    const { claim } = granted({ ports: ['10000-14095:1-4096'] });
    expect(claim.length).toBe(4096);
  });
});
