import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Container } from '../../../openapi/client.js';
import { publishedOf, urlOfHostPort } from '../../../src/page/logic/address.js';
import { changesIn } from '../../../src/page/logic/changes.js';
import { type Sort, shownOf, type ToneFilter } from '../../../src/page/logic/list.js';
import { hashOf, type Route, routeOf, tokenIn } from '../../../src/page/logic/route.js';
import { spaced, standingOf } from '../../../src/page/logic/status.js';
import { ago } from '../../../src/page/logic/time.js';
import { condition, container, notReady, ready } from './builders.js';

const NAME: Sort = { by: 'name', descending: false };

describe('how a container is told', () => {
  it.each([
    ['runs', { status: { conditions: ready } }, 'ready', 'Ready'],
    [
      'was stopped as asked',
      { status: { conditions: notReady('Stopped', 'stopped, as asked for') } },
      'stopped',
      'Stopped',
    ],
    ['is being made', { status: { conditions: notReady('Progressing') } }, 'working', 'Progressing'],
    ['waits for a source', { status: { conditions: notReady('SourceNotRunning') } }, 'working', 'Source not running'],
    ['has no image', { status: { conditions: notReady('PullFailed') } }, 'failing', 'Pull failed'],
    [
      'fails for a reason that is new',
      { status: { conditions: notReady('HostPortInUse') } },
      'failing',
      'Host port in use',
    ],
    [
      'is not seen',
      { status: { conditions: [condition('Ready', 'Unknown', 'EngineUnreachable')] } },
      'unknown',
      'Unknown',
    ],
    ['has no condition yet', { status: { conditions: [] } }, 'unknown', 'Unknown'],
    [
      'goes',
      { deletionRequestedAt: '2026-01-16T07:43:50Z', status: { conditions: notReady('Deleting') } },
      'leaving',
      'Deleting',
    ],
    [
      'can not be removed',
      { deletionRequestedAt: '2026-01-16T07:43:50Z', status: { conditions: notReady('RemoveFailed') } },
      'failing',
      'Remove failed',
    ],
  ] as const)('one that %s', (_, given, tone, word) => {
    expect(standingOf(container('web', given))).toMatchObject({ tone, word });
  });

  it('says a reason as a person writes it', () => {
    expect(['Running', 'HostPortInUse', 'PullFailed'].map(spaced)).toEqual([
      'Running',
      'Host port in use',
      'Pull failed',
    ]);
  });
});

describe('the list', () => {
  const all = [
    container('web-10', { image: 'nginx', createdAt: '2026-01-03T00:00:00Z' }),
    container('web-9', { links: [{ container: 'db', alias: 'db', env: 'all' }], createdAt: '2026-01-02T00:00:00Z' }),
    container('db', { labels: { team: 'shop' }, status: { conditions: notReady('PullFailed') } }),
    container('mail', { status: { ports: [{ hostIp: '::', hostPort: 8080, containerPort: 25, protocol: 'tcp' }] } }),
  ];
  const names = (text: string, tone: ToneFilter = null, sort: Sort = NAME) =>
    shownOf(all, text, tone, sort).items.map(({ name }) => name);

  it.each<[what: string, sort: Sort, names: readonly string[]]>([
    ['by name, numbers as numbers', NAME, ['db', 'mail', 'web-9', 'web-10']],
    ['by name, the other way round', { by: 'name', descending: true }, ['web-10', 'web-9', 'mail', 'db']],
    ['by status, what fails first', { by: 'status', descending: false }, ['db', 'mail', 'web-9', 'web-10']],
    ['by port, those without last', { by: 'port', descending: false }, ['mail', 'db', 'web-9', 'web-10']],
    ['by age, the newest first', { by: 'created', descending: true }, ['db', 'mail', 'web-10', 'web-9']],
  ])('is sorted %s', (_, sort, sorted) => {
    expect(names('', null, sort)).toEqual(sorted);
  });

  it.each([
    ['nginx', ['web-10']],
    [':8080', ['mail']],
    ['25/tcp', ['mail']],
    ['db', ['db', 'web-9']],
    ['team=shop', ['db']],
    ['WEB 9', ['web-9']],
    ['pull failed', ['db']],
    ['nothing of that', []],
  ])('finds %j', (text, found) => {
    expect(names(text)).toEqual(found);
  });

  it('shows one kind, and counts all that the text matches', () => {
    const shown = shownOf(all, '', 'failing', NAME);
    expect(shown.items.map(({ name }) => name)).toEqual(['db']);
    expect([...shown.counts]).toEqual(
      expect.arrayContaining([
        ['ready', 3],
        ['failing', 1],
      ]),
    );
    expect(shown.matching).toBe(4);
  });
});

describe('the ports of a container', () => {
  const binding = (hostIp: string, hostPort = 8080, protocol = 'tcp') =>
    ({ hostIp, hostPort, containerPort: 80, protocol }) as Container['status']['ports'][number];

  it.each([
    ['every interface, once', [binding('0.0.0.0'), binding('::')], ['http://host.example:8080/']],
    ['one address', [binding('127.0.0.1')], ['http://127.0.0.1:8080/']],
    ['an IPv6 address', [binding('fd00::1')], ['http://[fd00::1]:8080/']],
    ['UDP, which no browser opens', [binding('0.0.0.0', 53, 'udp')], [undefined]],
    [
      'two host ports of one port',
      [binding('::', 9090), binding('::', 8080)],
      ['http://host.example:8080/', 'http://host.example:9090/'],
    ],
  ])('are opened at %s', (_, bindings, urls) => {
    expect(publishedOf(bindings, 'host.example').map(({ url }) => url)).toEqual(urls);
  });
});

it.each([
  ['8080/tcp', 'http://host.example:8080/'],
  ['127.0.0.1:8080/tcp', 'http://127.0.0.1:8080/'],
  ['[fd00::1]:8080/tcp', 'http://[fd00::1]:8080/'],
  ['[::]:8080/tcp', 'http://host.example:8080/'],
  ['5353/udp', undefined],
  ['nothing of that', undefined],
])('the host port %s of the graph is found at %s', (text, url) => {
  expect(urlOfHostPort(text, 'host.example')).toBe(url);
});

describe('where the page is', () => {
  it('is read back from how it is written, whatever the name', () => {
    const name = fc.string({ minLength: 1 });
    const route = fc.oneof(
      fc.record({ view: fc.constantFrom('list', 'graph'), name: fc.option(name, { nil: undefined }) }),
      fc.record({ view: fc.constant('new') }),
      fc.record({ view: fc.constant('edit'), name }),
    ) as fc.Arbitrary<Route>;
    fc.assert(
      fc.property(route, (one) => {
        expect(routeOf(hashOf(one))).toEqual(one);
      }),
    );
  });

  it.each(['', '#', '#/', '#/nowhere', '#/containers/', '#/containers/%E0%A4%A'])('%j is the list', (hash) => {
    expect(routeOf(hash).view).toBe('list');
  });
});

describe('what is said of changes', () => {
  const before = new Map(['a', 'b', 'c', 'd'].map((name) => [name, container(name)]));
  const failing = (name: string) => container(name, { status: { conditions: notReady('PullFailed') } });
  const changed = (...them: readonly Container[]) =>
    new Map([...before, ...them.map((one) => [one.name, one] as const)]);

  it('is what has become of each, and nothing where nothing that one would say has changed', () => {
    expect(changesIn(before, changed(failing('a'), container('e')))).toBe('a: Pull failed, e: Ready');
    expect(changesIn(before, changed(container('a', { generation: 2 })))).toBe('');
    expect(changesIn(before, new Map([...before].slice(1)))).toBe('a: gone');
  });

  it('is a number where there are many', () => {
    expect(changesIn(before, changed(...['a', 'b', 'c', 'd'].map(failing)))).toBe('4 containers have changed');
  });
});

it('an age is told in its largest unit', () => {
  const now = Date.parse('2026-01-16T12:00:00Z');
  const told = ['11:59:31', '11:56:00', '09:00:00'].map((time) => ago(`2026-01-16T${time}Z`, now));
  expect([...told, ago('2026-01-04T12:00:00Z', now), ago('2026-01-17T12:00:00Z', now)]).toEqual([
    ...['now', '4 min', '3 h', '12 d', 'now'],
  ]);
});

describe('a sign-in link', () => {
  it.each([
    ['#token=berth_a-b', 'berth_a-b'],
    ['#token=a%2Bb%20', 'a+b'],
    ['#token=', undefined],
    ['#/containers/token', undefined],
    ['', undefined],
  ])('%j holds the token %j', (hash, token) => expect(tokenIn(hash)).toBe(token));
});
