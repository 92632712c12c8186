import { describe, expect, it } from 'vitest';
import type { VolumeMount } from '../../../src/domain/definition/definition.js';
import { parseHosts } from '../../../src/domain/links/hosts-file.js';
import type { HostsReading } from '../../../src/reconcile/observe/hosts-reading.js';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { assess } from '../../../src/reconcile/plan/assess.js';
import { hostsState, NOTHING_TO_READ, sourceRuns } from '../../../src/reconcile/plan/link-hosts.js';
import { environmentOf, type LinkState } from '../../../src/reconcile/plan/link-state.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { PlanInput } from '../../../src/reconcile/plan/types.js';
import { findConditions } from '../../../src/reconcile/status/conditions.js';
import { definition } from '../../support/definition.js';
import { container, input, lines, linkTo, running, source } from './builders.js';

const LINK = { container: 'db', alias: 'db', env: 'none' } as const;

const linked = (of: LinkState['source'] = running(source())): LinkState => ({ link: LINK, source: of });

/** As Berth made it: with the variables that it takes away from the engine's link. */
const ENV = environmentOf(input({ definition: definition({ spec: { links: [LINK] } }), links: [linked()] })) ?? [];
const WEB = container({ linkAliases: ['db'], env: ENV });

const reading = (text: string, over: Partial<HostsReading> = {}): HostsReading => ({
  startedAt: WEB.startedAt,
  sources: sourceRuns([linked()]),
  entries: parseHosts(text),
  ...over,
});

const RIGHT = reading('127.0.0.1\tlocalhost\n172.17.0.2\tdb db0000000000\n172.17.0.3\tc0ffee000000\n');
const MISSING = reading('127.0.0.1\tlocalhost\n172.17.0.3\tc0ffee000000\n');
const ELSEWHERE = reading('172.17.0.9\tdb db0000000000\n');

interface Case {
  readonly read?: HostsReading;
  readonly of?: LinkState['source'];
  readonly web?: OwnContainer;
  readonly network?: string;
  readonly volumes?: readonly VolumeMount[];
  readonly isRepairDeferred?: boolean;
}

function inputOf({ read, of, web = WEB, network = 'bridge', volumes = [], isRepairDeferred = false }: Case): PlanInput {
  return input({
    definition: definition({ spec: { links: [LINK], network, volumes } }),
    own: [web],
    links: [linked(of)],
    hosts: new Map(read === undefined ? [] : [[web.id, read]]),
    isRepairDeferred,
  });
}

function conditionsOf(one: Case) {
  const given = inputOf(one);
  const found = findConditions({
    definition: given.definition,
    engine: { reachable: true, reason: 'Connected', message: '', since: new Date(0), version: null },
    ...{
      complete: true,
      container: one.web ?? WEB,
      differences: [],
      unreachable: null,
      update: null,
      bindings: [],
      stale: [],
      held: null,
    },
    ...{ links: given.links, runsOn: given.runsOn },
    hosts: assess(given).hosts,
    attempt: { kind: 'none' },
  });
  const textOf = (type: string): string => {
    const condition = found.find((each) => each.type === type);
    return `${condition?.status} ${condition?.reason}`;
  };
  return { ready: textOf('Ready'), links: textOf('LinksResolved') };
}

describe('a recipient with a link on the default bridge', () => {
  const restarted = source({ startedAt: '2026-01-01T00:01:00Z' });
  it.each<[situation: string, of: Case, ready: string, links: string]>([
    ['has the line with the address of the source', { read: RIGHT }, 'True Running', 'True Resolved'],
    ['was never read', {}, 'Unknown HostsNotReadYet', 'Unknown HostsNotReadYet'],
    [
      'was read in an earlier run',
      { read: { ...RIGHT, startedAt: '2025' } },
      'Unknown HostsNotReadYet',
      'Unknown HostsNotReadYet',
    ],
    [
      'was read before its source was restarted',
      { read: RIGHT, of: running(restarted) },
      'True Running',
      'Unknown HostsNotReadYet',
    ],
    ['has no line', { read: MISSING }, 'False AliasMissing', 'False AliasMissing'],
    [
      'has no line, and the source was restarted since',
      { read: MISSING, of: running(restarted) },
      'False AliasMissing',
      'False AliasMissing',
    ],
    ['has the line with another address', { read: ELSEWHERE }, 'False AliasElsewhere', 'False AliasElsewhere'],
    [
      'has no line, and a volume in the place of the file',
      { read: MISSING, volumes: [{ volume: 'hosts', target: '/etc/hosts', readOnly: true }] },
      'True Running',
      'False AliasMissing',
    ],
    ['is down', { web: container({ linkAliases: ['db'], state: 'exited' }) }, 'False NotRunning', 'False NotRunning'],
    [
      'is read while its source is down',
      { read: RIGHT, of: { kind: 'waiting', reason: 'SourceNotRunning' } },
      'True Running',
      'False SourceNotRunning',
    ],
  ])('that %s', (_, of, ready, links) => {
    expect(conditionsOf(of)).toEqual({ ready, links });
  });

  it('has nothing to be read on a user-defined network, where an alias is a DNS name', () => {
    const web = container({
      networks: { back: { networkId: 'n', ipAddress: '172.18.0.3', fixedAddresses: [], links: ['db:db'] } },
    });
    const { definition: declared, links } = inputOf({ network: 'back', web });
    expect(hostsState(web, declared, links, undefined)).toEqual(NOTHING_TO_READ);
  });
});

describe('the plan of a recipient whose hosts file', () => {
  it.each<[situation: string, of: Case, wanted: readonly string[]]>([
    ['is right', { read: RIGHT }, []],
    ['was not read yet', {}, []],
    ['lacks the alias: one restart', { read: MISSING }, ['restart web (c0ffee000000)']],
    ['has another address: one restart', { read: ELSEWHERE }, ['restart web (c0ffee000000)']],
    [
      'lacks the alias after a restart: waits',
      { read: MISSING, isRepairDeferred: true },
      ['! LinksResolved AliasMissing'],
    ],
    [
      'lacks the alias while the source changes: waits',
      { read: MISSING, of: { kind: 'waiting', reason: 'SourceChanging' } },
      ['! LinksResolved SourceChanging'],
    ],
    [
      'is a volume of its definition: nothing',
      { read: MISSING, volumes: [{ volume: 'hosts', target: '/etc/hosts', readOnly: true }] },
      [],
    ],
  ])('%s', (_, of, wanted) => {
    expect(lines(plan(inputOf(of)))).toEqual(wanted);
  });
});

it('a link on a user-defined network under another source name does not count as made', () => {
  const endpoint = (links: readonly string[]) => ({
    back: { networkId: 'n', ipAddress: '172.18.0.3', fixedAddresses: [], links },
  });
  const db = source({ networks: { back: { networkId: 'n', ipAddress: '172.18.0.2', fixedAddresses: [], links: [] } } });
  const given = (links: readonly string[]) =>
    input({
      definition: definition({ spec: { links: [LINK], network: 'back' } }),
      own: [container({ networks: endpoint(links) })],
      links: [
        {
          ...linkTo({
            ...running(db),
            kind: 'running',
            container: db,
            definition: definition({ uid: 'uid-db', name: 'db' }),
            address: '172.18.0.2',
          }),
          link: LINK,
        },
      ],
    });
  expect(lines(plan(given(['db:db'])))).toEqual([]);
  expect(lines(plan(given(['other:db'])))[0]).toBe('stop web (c0ffee000000)');
});
