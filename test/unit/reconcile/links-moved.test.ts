import { describe, expect, it } from 'vitest';
import type { BridgeLinks } from '../../../src/engine/engine.js';
import { createObservedState } from '../../../src/reconcile/observe/observed-state.js';
import { createRunsOn } from '../../../src/reconcile/observe/runs-on.js';
import { rolloutKey } from '../../../src/reconcile/plan/candidates.js';
import { environmentOf, hostsLinesOf, type LinkState } from '../../../src/reconcile/plan/link-state.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { PlanInput } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input, lines, linkTo, source } from './builders.js';

const NETWORK = 'berth-links';
const ADDRESS = '172.18.0.2';
const LINK = { container: 'db', alias: 'data', env: 'none' } as const;
const DB = definition({ uid: 'uid-db', name: 'db' });
const WEB = definition({ spec: { links: [LINK] } });
const OLD = 'c0ffee000000';

const on = (network: string, ipAddress = '', links: readonly string[] = []) => ({
  [network]: { networkId: 'n', ipAddress, fixedAddresses: [], links },
});

const db = source({ networks: on(NETWORK, ADDRESS), hostname: 'db0000000000', linkNames: [] });
const toDb: LinkState = { link: LINK, source: { kind: 'running', container: db, definition: DB, address: ADDRESS } };
const waiting: LinkState = { link: LINK, source: { kind: 'waiting', reason: 'SourceChanging' } };

const line = (address = ADDRESS, hostname = 'db0000000000') => ({ address, names: ['data', hostname, 'db'] });
const onBridge = container({ linkAliases: ['data'] });
const moved = container({ networks: on(NETWORK, '172.18.0.3', ['db:data']), hostsLines: [line()] });

const recipient = (over: Partial<PlanInput> = {}): PlanInput =>
  input({ definition: WEB, runsOn: NETWORK, links: [toDb], own: [onBridge], ...over });

const REPLACED = (id = OLD) => [
  `stop web (${id})`,
  `rename web (${id}) → web.retired-${id}`,
  'create web',
  'start web (new)',
  `remove web (${id})`,
];

describe('the plan of a linked definition whose links have moved', () => {
  it.each([
    ['runs as wanted there: nothing', recipient({ own: [moved] }), []],
    ['is on the default bridge: replace it', recipient(), REPLACED()],
    [
      'is on the default bridge, and the network is missing: create that first',
      recipient({ network: 'absent' }),
      [`create-network ${NETWORK}`, ...REPLACED()],
    ],
    [
      'is on the default bridge, and its source has not moved: leave it alone until then',
      recipient({ links: [waiting] }),
      ['! LinksResolved SourceChanging'],
    ],
    ['is a source on the default bridge: replace it', input({ runsOn: NETWORK, own: [container()] }), REPLACED()],
    [
      'is down on the default bridge: replace it instead of starting it',
      recipient({ own: [container({ state: 'exited', exitCode: 137 })] }),
      REPLACED().slice(1),
    ],
    [
      'ignores changes of its links, and is on the default bridge: replace it all the same',
      recipient({ definition: definition({ spec: { links: [LINK], onLinkChange: 'ignore' } }) }),
      REPLACED(),
    ],
    [
      'has a line with an address that its source had: replace it',
      recipient({ own: [container({ ...moved, hostsLines: [line('172.18.0.9')] })] }),
      REPLACED(),
    ],
    [
      'has a line with the host name of the container before, at the same address: nothing',
      recipient({ own: [container({ ...moved, hostsLines: [line(ADDRESS, 'another')] })] }),
      [],
    ],
    [
      'lacks the DNS name: replace it',
      recipient({ own: [container({ ...moved, networks: on(NETWORK, '172.18.0.3') })] }),
      REPLACED(),
    ],
    [
      'finds that another owns the network: say so, and leave it alone',
      recipient({ network: 'foreign' }),
      ['! Ready NetworkNotManaged'],
    ],
    [
      'is down there, and its source is: start it, since DNS follows the source',
      recipient({ links: [waiting], own: [container({ ...moved, state: 'exited', exitCode: 137 })] }),
      [`start web (${OLD})`],
    ],
    [
      'finds that the engine has links on the default bridge again: replace it there, up or down',
      input({ definition: WEB, links: [], own: [container({ ...moved, state: 'exited' })] }),
      REPLACED().slice(1),
    ],
    [
      'is deleted as the last one there: the network goes before the containers that show it was theirs',
      recipient({ definition: { ...WEB, deletionRequestedAt: new Date(0) }, own: [moved], leaves: [NETWORK] }),
      [`stop web (${OLD})`, `remove-network ${NETWORK}`, `remove web (${OLD})`, 'forget web'],
    ],
  ] as const)('%s', (_, given, expected) => {
    expect(lines(plan(given))).toEqual(expected);
  });

  it('says why it is replaced', () => {
    const reasonOf = (given: PlanInput) => plan(given).actions[0]?.reason;
    expect(reasonOf(recipient())).toBe(`moves from the default bridge to the network ${NETWORK} with its links`);
    expect(reasonOf(input({ runsOn: NETWORK, own: [container()] }))).toBe(
      `moves from the default bridge to the network ${NETWORK} with the containers that link to it`,
    );
  });

  it('is tried there even if the same generation failed on the default bridge', () => {
    const there = recipient({ links: [linkTo(toDb.source)] });
    expect(rolloutKey(there)).not.toBe(rolloutKey({ ...there, runsOn: 'bridge' }));
  });
});

describe('a container of a linked definition whose links have moved', () => {
  it('gets the lines that the engine would write, and no variable to take away', () => {
    expect(hostsLinesOf(recipient())).toEqual([line()]);
    expect(hostsLinesOf({ ...recipient(), runsOn: 'bridge' })).toEqual([]);
    const named = { ...LINK, alias: 'db' };
    expect(hostsLinesOf({ ...recipient(), links: [{ ...toDb, link: named }] })[0]?.names).toEqual([
      'db',
      'db0000000000',
    ]);
    expect(environmentOf(recipient())).toEqual([]);
    expect(environmentOf({ ...recipient(), runsOn: 'bridge' })).not.toEqual([]);
  });

  it('has no lines on a network that the definition names: DNS resolves its aliases', () => {
    const lan = definition({ spec: { network: 'lan', links: [LINK] } });
    expect(hostsLinesOf({ ...recipient(), definition: lan, runsOn: 'lan' })).toEqual([]);
  });
});

describe('the network that a definition runs on', () => {
  interface Case {
    readonly engine?: BridgeLinks;
    readonly isStored?: boolean;
    readonly network?: string;
    readonly links?: boolean;
    readonly recipients?: boolean;
    readonly isThere?: boolean;
  }
  const runsOn = ({ engine = 'removed', isStored = false, network = 'bridge', ...one }: Case): string => {
    const observed = createObservedState(new Date(0));
    const version = {
      kind: 'docker',
      version: '30.0.0',
      apiVersion: '1.51',
      linkEnvRules: 'tcp-first',
      lacks: {},
    } as const;
    observed.engine = { ...observed.engine, version: { ...version, bridgeLinks: engine } };
    observed.putOwn(container({ networks: on(one.isThere ? NETWORK : 'bridge') }));
    const of = definition({ spec: { network, links: one.links ? [LINK] : [] } });
    const desired = {
      ...{ byName: () => of, onNetwork: () => [], linksMoved: () => isStored },
      recipientsOf: () => (one.recipients ? [WEB] : []),
    };
    return createRunsOn(desired, observed).networkOf(of);
  };

  it.each<readonly [string, Case, string]>([
    ['is the default bridge without links', {}, 'bridge'],
    ['moves with links', { links: true }, NETWORK],
    ['moves with a recipient', { recipients: true }, NETWORK],
    ['stays as it is where the engine has links', { links: true, engine: 'kept' }, 'bridge'],
    ['stays as it is where they are deprecated', { links: true, engine: 'deprecated' }, 'bridge'],
    ['moves ahead of the engine on request', { links: true, engine: 'kept', isStored: true }, NETWORK],
    ['stays moved for a container there that is not linked any more', { isThere: true }, NETWORK],
    ['goes back with the engine', { isThere: true, engine: 'kept' }, 'bridge'],
    ['is the one that it names', { links: true, network: 'lan' }, 'lan'],
  ])('%s', (_, one, expected) => {
    expect(runsOn(one)).toBe(expected);
  });
});
