import { describe, expect, it } from 'vitest';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { assess, brokenReplacement } from '../../../src/reconcile/plan/assess.js';
import { rolloutKey } from '../../../src/reconcile/plan/candidates.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { FurtherNetwork, PlanInput } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, HASH, input, lines, linkTo, running, source } from './builders.js';

const SHORT = 'c0ffee000000';
const GONE = 'the container it links to is gone';
const DB_NAME = 'DB_NAME=/web/db';
const stopped = definition({ spec: { state: 'stopped' } });
const deleted = definition({ deletionRequestedAt: new Date(0) });
const withDb = definition({ spec: { links: [{ container: 'db', alias: 'db', env: 'address' }] } });
const retired = container({ id: '01d000000000', name: 'web.retired-01d000000000', state: 'exited', hash: '1:old' });
const swapped = { claim: { hostPort: 7001, protocol: 'tcp' }, holder: 'api', handling: 'letting-go' } as const;
const swappedAddress = { ...swapped, claim: { network: 'lan', address: '10.0.0.2' } } as const;
const swappedOnBack = { ...swapped, claim: { network: 'back', address: '10.2.0.9' } } as const;
const EXCHANGE = { heldClaims: [swappedOnBack] };
const SERVES_AGAIN = [
  'rename web.retired-01d000000000 (01d000000000) → web',
  'start web.retired-01d000000000 (01d000000000)',
];
const LAN = { lan: { networkId: 'n', ipAddress: '', fixedAddresses: [], links: ['db:db'] } };
const BACK: FurtherNetwork = { name: 'back', aliases: ['shop'], addresses: ['10.2.0.9'], state: 'present' };
const BACK_ENDPOINT = {
  ...{ networkId: 'n2', ipAddress: '10.2.0.9', fixedAddresses: ['10.2.0.9'], links: [], aliases: ['shop'] },
  isOurs: true,
};
const ON_FRONT = definition({ spec: { network: 'front' } });
const onFront = (more: OwnContainer['networks'] = {}) =>
  container({
    networks: { front: { networkId: 'n1', ipAddress: '10.1.0.2', fixedAddresses: [], links: [] }, ...more },
  });
const EXTRA = { networkId: 'x', ipAddress: '10.9.0.2', fixedAddresses: [], links: [], aliases: ['a'] };
const KEPT = { network: 'extra', aliases: ['a'], addresses: [], links: [], isOurs: false };
const old = (one: OwnContainer): OwnContainer => ({ ...one, owner: one.owner && { ...one.owner, hash: '1:old' } });
const several = (over: Partial<PlanInput> = {}) =>
  input({
    definition: definition({
      spec: {
        network: 'front',
        networks: [
          { name: 'front', aliases: [] },
          { name: 'back', aliases: ['shop'] },
        ],
      },
    }),
    further: [BACK],
    ...over,
  });
const onLan = definition({ spec: { network: 'lan', links: withDb.spec.links } });
const NO_ROOM = { diskFull: 'no space left on device' };
const ON_FAILURE = { restartPolicy: 'on-failure', restartMaxRetries: 2 } as const;
const fresh = container({ id: 'ne3000000000', state: 'created', startedAt: null });

/** Podman's socket for Docker's clients. */
const LINKLESS = { lacks: { links: 'no links here' }, links: [linkTo(running(source()))] };
const limited = definition({ generation: 2, spec: { resources: { pids: 77 } } });
const withGpu = definition({
  generation: 2,
  spec: { resources: { pids: 77 }, deviceRequests: [{ count: -1, capabilities: ['gpu'] }] },
});
const ofGeneration2 = container({
  owner: { instance: 'i', uid: 'uid-web', name: 'web', generation: 2, hash: HASH },
  pids: 4096,
});
const retiredForLimits = container({ id: '01d000000000', name: 'web.retired-01d000000000', state: 'exited' });

describe('the plan', () => {
  it.each([
    ['nothing is there: create and start', input(), ['create web', 'start web (new)']],
    ['it runs as wanted: nothing', input({ own: [container()] }), []],
    ["the engine's disk is full, and it runs as wanted: nothing", input({ ...NO_ROOM, own: [container()] }), []],
    [
      "the engine's disk is full, and nothing is there: wait",
      input({ ...NO_ROOM, image: { kind: 'absent' } }),
      ['! Ready EngineDiskFull'],
    ],
    [
      "the engine's disk is full, and it is to be changed: the current container is left alone",
      input({ ...NO_ROOM, own: [container({ hash: '1:old' })] }),
      ['! Ready EngineDiskFull'],
    ],
    [
      "the engine's disk is full, and the current container was stopped for a replacement: it serves again",
      input({ ...NO_ROOM, own: [retired, fresh] }),
      [
        'remove web (ne3000000000)',
        'rename web.retired-01d000000000 (01d000000000) → web',
        'start web.retired-01d000000000 (01d000000000)',
        '! Ready EngineDiskFull',
      ],
    ],
    [
      "the engine's disk is full, and what has run before is down: start it",
      input({ ...NO_ROOM, own: [container({ state: 'exited', exitCode: 137 })] }),
      [`start web (${SHORT})`],
    ],
    [
      'the image is missing: pull it first',
      input({ image: { kind: 'absent' } }),
      ['pull-image training/webapp', 'create web', 'start web (new)'],
    ],
    [
      'the image is missing and may not be pulled: say so',
      input({ image: { kind: 'absent' }, definition: definition({ spec: { pullPolicy: 'never' } }) }),
      ['! ImageAvailable ImageAbsent'],
    ],
    [
      'the image is for another platform: pull the other one first',
      input({
        image: { kind: 'other-platform', platform: 'linux/amd64' },
        definition: definition({ spec: { platform: 'linux/arm64' } }),
      }),
      ['pull-image training/webapp', 'create web', 'start web (new)'],
    ],
    [
      'the image is for another platform and may not be pulled: say so',
      input({
        image: { kind: 'other-platform', platform: 'linux/amd64' },
        definition: definition({ spec: { platform: 'linux/arm64', pullPolicy: 'never' } }),
      }),
      ['! ImageAvailable ImageAbsent'],
    ],
    [
      'the image is missing and named by its id, which can not be pulled: say so',
      input({ image: { kind: 'absent' }, definition: definition({ spec: { image: `sha256:${'0a'.repeat(32)}` } }) }),
      ['! ImageAvailable ImageAbsent'],
    ],
    [
      'publishAll and an image that exposes: ports first',
      input({
        definition: definition({ spec: { publishAll: true } }),
        image: { kind: 'present', exposed: [{ containerPort: 5000, protocol: 'tcp' }] },
      }),
      ['reserve-ports 5000/tcp', 'create web', 'start web (new)'],
    ],
    [
      'publishAll does not publish what is mapped already',
      input({
        definition: definition({
          spec: { publishAll: true, ports: [{ containerPort: 5000, protocol: 'tcp', hostPort: 5000 }] },
        }),
        image: { kind: 'present', exposed: [{ containerPort: 5000, protocol: 'tcp' }] },
      }),
      ['create web', 'start web (new)'],
    ],
    [
      'killed from outside: start it',
      input({ own: [container({ state: 'exited', exitCode: 137 })] }),
      [`start web (${SHORT})`],
    ],
    ['paused from outside: unpause it', input({ own: [container({ state: 'paused' })] }), [`unpause web (${SHORT})`]],
    [
      'renamed from outside: give it its name back',
      input({ own: [container({ name: 'other' })] }),
      [`rename other (${SHORT}) → web`],
    ],
    [
      'taken off its network from outside: replace it',
      input({ own: [container({ networks: {} })] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'its definition names another network: connect it while it runs',
      several({ own: [onFront()] }),
      [`connect web (${SHORT}) → back`],
    ],
    [
      'the engine refused to connect it to another network before, and names that without an address: connect it again',
      several({ own: [onFront({ back: { ...BACK_ENDPOINT, ipAddress: '' } })] }),
      [`connect web (${SHORT}) → back`],
    ],
    [
      'it is down, and so has no address on another network: start it, and connect nothing',
      several({ own: [{ ...onFront({ back: { ...BACK_ENDPOINT, ipAddress: '' } }), state: 'exited', exitCode: 1 }] }),
      [`start web (${SHORT})`],
    ],
    [
      'its definition names another network that the engine lacks: make that first',
      several({ own: [onFront()], further: [{ ...BACK, state: 'absent' }] }),
      ['create-network back', `connect web (${SHORT}) → back`],
    ],
    [
      'its definition names another network that is not Berth’s: say so, and change nothing',
      several({ own: [onFront()], further: [{ ...BACK, state: 'foreign' }] }),
      ['! Ready NetworkNotManaged'],
    ],
    [
      'it is down, and another of its networks is missing: start it without that one',
      several({ own: [{ ...onFront(), state: 'exited', exitCode: 1 }], further: [{ ...BACK, state: 'missing' }] }),
      [`start web (${SHORT})`, '! Ready NetworkMissing'],
    ],
    [
      'another of its networks is missing, and its limits changed: update those',
      several({ own: [{ ...onFront(), pids: 7 }], further: [{ ...BACK, state: 'missing' }] }),
      [`update web (${SHORT})`, '! Ready NetworkMissing'],
    ],
    [
      'one of its networks is missing: connect it to the others',
      several({
        own: [onFront()],
        further: [
          { ...BACK, name: 'lan', state: 'missing' },
          { ...BACK, state: 'present' },
        ],
      }),
      [`connect web (${SHORT}) → back`, '! Ready NetworkMissing'],
    ],
    [
      'it was never started, and one of its networks is missing: wait with its first start',
      several({
        own: [{ ...onFront(), state: 'created', startedAt: null }],
        further: [{ ...BACK, state: 'missing' }],
      }),
      ['! Ready NetworkMissing'],
    ],
    [
      'another container has its new address on a network: keep the old one until that is free',
      several({
        own: [onFront({ back: { ...BACK_ENDPOINT, fixedAddresses: ['10.2.0.8'] } })],
        heldClaims: [{ ...swappedOnBack, handling: 'foreign' }],
      }),
      ['! Ready AddressInUse'],
    ],
    [
      'another definition is to release its new address on a network: wait for that',
      several({ own: [onFront({ back: { ...BACK_ENDPOINT, fixedAddresses: ['10.2.0.8'] } })], ...EXCHANGE }),
      ['! Ready AddressChanging'],
    ],
    [
      'two exchange their addresses on a network: one leaves it first, and waits',
      several({
        own: [onFront({ back: { ...BACK_ENDPOINT, fixedAddresses: ['10.2.0.8'] } })],
        ...EXCHANGE,
        releases: true,
      }),
      [`disconnect web (${SHORT}) → back`, '! Ready AddressChanging'],
    ],
    [
      'an exchange on one network leaves the others alone',
      several({ own: [onFront({ back: BACK_ENDPOINT })], heldClaims: [swappedAddress], releases: true }),
      [],
    ],
    [
      'disconnected from its first network, where another container has its address: wait for that',
      input({
        definition: ON_FRONT,
        own: [container({ networks: {} })],
        heldClaims: [{ ...swapped, claim: { network: 'front', address: '10.1.0.2' }, handling: 'foreign' }],
      }),
      ['! Ready AddressInUse'],
    ],
    [
      'the engine keeps restarting it, and it was disconnected from its first network: replace it',
      input({ definition: ON_FRONT, own: [container({ networks: {}, state: 'restarting' })] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'disconnected from its first network from outside: connect it again while it runs',
      input({ definition: ON_FRONT, own: [container({ networks: {} })] }),
      [`connect web (${SHORT}) → front`],
    ],
    [
      'disconnected from its first network, which is gone: make that before',
      input({ definition: ON_FRONT, own: [container({ networks: {} })], network: 'absent' }),
      ['create-network front', `connect web (${SHORT}) → front`],
    ],
    [
      'its network has to be recreated: that disconnects it',
      input({ definition: ON_FRONT, own: [onFront()], outdatedNetworks: new Map([['n1', 'its settings changed']]) }),
      ['create-network front'],
    ],
    [
      'another of its networks has to be recreated: that disconnects it',
      several({
        own: [onFront({ back: BACK_ENDPOINT })],
        outdatedNetworks: new Map([['n2', 'its settings changed']]),
      }),
      ['create-network back'],
    ],
    [
      'the engine restarts it while a network is missing: wait for that',
      several({ own: [{ ...onFront(), state: 'restarting' }] }),
      ['! Ready CrashLoop'],
    ],
    [
      'it is replaced, and was connected to a network outside Berth that is kept: connect the new one there',
      input({ definition: ON_FRONT, own: [onFront({ extra: EXTRA })].map(old), kept: [KEPT] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'connect web (new) → extra',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'the new container lost a network that is kept to a crash: connect it there',
      input({ definition: ON_FRONT, own: [onFront()], kept: [KEPT] }),
      [`connect web (${SHORT}) → extra`],
    ],
    ['it is on all of its networks: do nothing', several({ own: [onFront({ back: BACK_ENDPOINT })] }), []],
    [
      'its definition gives it another alias on a network: connect it again',
      several({ own: [onFront({ back: { ...BACK_ENDPOINT, aliases: ['old'] } })] }),
      [`disconnect web (${SHORT}) → back`, `connect web (${SHORT}) → back`],
    ],
    [
      'its definition gives it another address on a network: connect it again',
      several({ own: [onFront({ back: { ...BACK_ENDPOINT, fixedAddresses: ['10.2.0.8'] } })] }),
      [`disconnect web (${SHORT}) → back`, `connect web (${SHORT}) → back`],
    ],
    [
      'its definition no longer names a network that the engine refused to connect it to: it has nothing to leave',
      input({ definition: ON_FRONT, own: [onFront({ back: { ...BACK_ENDPOINT, ipAddress: '' } })] }),
      [],
    ],
    [
      'its definition no longer names a network that Berth connected: disconnect it',
      input({ definition: ON_FRONT, own: [onFront({ back: BACK_ENDPOINT })] }),
      [`disconnect web (${SHORT}) → back`],
    ],
    [
      'somebody connected it to a network: leave that alone',
      input({ definition: ON_FRONT, own: [onFront({ back: { ...BACK_ENDPOINT, isOurs: false } })] }),
      [],
    ],
    [
      'it was created on one network and never started: connect the others before the start',
      several({ own: [{ ...onFront(), state: 'created', startedAt: null }] }),
      [`connect web (${SHORT}) → back`, `start web (${SHORT})`],
    ],
    [
      'the engine creates containers with one network: connect the others before the start',
      several({ lacks: { severalEndpoints: 'one' } }),
      ['create web', 'connect web (new) → back', 'start web (new)'],
    ],
    [
      'the engine creates containers with several networks: make those that it lacks before',
      several({ network: 'absent', further: [{ ...BACK, state: 'absent' }] }),
      ['create-network front', 'create-network back', 'create web', 'start web (new)'],
    ],
    [
      'its restart policy changed from outside: update in place',
      input({ own: [container({ restartPolicy: 'no' })] }),
      [`update web (${SHORT})`],
    ],
    [
      'the definition changed: the old one makes room and goes last',
      input({ own: [container({ hash: '1:old' })] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'crash after the rename: go on from there',
      input({ own: [retired] }),
      ['create web', 'start web (new)', 'remove web.retired-01d000000000 (01d000000000)'],
    ],
    [
      'crash after the creation: start what is there, then clear away',
      input({ own: [retired, fresh] }),
      ['start web (ne3000000000)', 'remove web.retired-01d000000000 (01d000000000)'],
    ],
    [
      'a container for an older generation never started: remove it and create the right one',
      input({ own: [{ ...fresh, owner: { ...fresh.owner, hash: '1:old' } as never }] }),
      ['remove web (ne3000000000)', 'create web', 'start web (new)'],
    ],
    [
      'a restart was asked for in this run',
      input({ definition: definition({ restartOf: '2026-01-01T00:00:00Z' }), own: [container()] }),
      [`restart web (${SHORT})`],
    ],
    [
      'a restart was asked for and has happened',
      input({ definition: definition({ restartOf: '2025-12-31T00:00:00Z' }), own: [container()] }),
      [],
    ],
    [
      'it crashes in a loop: the engine is at it',
      input({ own: [container({ state: 'restarting' })] }),
      ['! Ready CrashLoop'],
    ],
    [
      'a job has ended well: leave it',
      input({
        definition: definition({ spec: { restartPolicy: 'no' } }),
        own: [container({ state: 'exited', restartPolicy: 'no' })],
      }),
      ['! Ready Completed'],
    ],
    [
      'it failed as often as its restart policy allows: leave it',
      input({
        definition: definition({ spec: ON_FAILURE }),
        own: [container({ state: 'exited', exitCode: 1, restartCount: 2, ...ON_FAILURE })],
      }),
      ['! Ready Failed'],
    ],
    [
      'it failed less often than its restart policy allows, and was stopped: start it',
      input({
        definition: definition({ spec: ON_FAILURE }),
        own: [container({ state: 'exited', exitCode: 143, restartCount: 1, ...ON_FAILURE })],
      }),
      [`start web (${SHORT})`],
    ],
    [
      'it may fail more often now',
      input({
        definition: definition({ spec: { restartPolicy: 'on-failure', restartMaxRetries: 3 } }),
        own: [container(ON_FAILURE)],
      }),
      [`update web (${SHORT})`],
    ],
    [
      'a job was created and never started: start it',
      input({ definition: definition({ spec: { restartPolicy: 'no' } }), own: [{ ...fresh, restartPolicy: 'no' }] }),
      ['start web (ne3000000000)'],
    ],
    [
      'a foreign container has the name: touch nothing',
      input({ nameHolder: { id: 'f0', name: 'web' } }),
      ['! Ready NameTaken'],
    ],
    [
      'a foreign network has the name: touch nothing',
      input({ definition: definition({ spec: { network: 'lan' } }), network: 'foreign' }),
      ['! Ready NetworkNotManaged'],
    ],
    [
      'its network is not there yet',
      input({ definition: definition({ spec: { network: 'lan' } }), network: 'absent' }),
      ['create-network lan', 'create web', 'start web (new)'],
    ],
    [
      'a replacement whose health is not known yet: keep what it replaces',
      input({ own: [container({ health: 'starting' }), retired] }),
      [],
    ],
    [
      'a replacement that is healthy: clear away what it replaces',
      input({ own: [container({ health: 'healthy' }), retired] }),
      ['remove web.retired-01d000000000 (01d000000000)'],
    ],
    [
      'the retired one fits again: it takes the place of the one that runs',
      input({ own: [container({ hash: '1:other' }), { ...retired, owner: container().owner }] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'rename web.retired-01d000000000 (01d000000000) → web',
        'start web.retired-01d000000000 (01d000000000)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'changed again before the last change had proved itself: what is proven is kept',
      input({ own: [container({ hash: '1:other' }), retired] }),
      [
        `stop web (${SHORT})`,
        `remove web (${SHORT})`,
        'create web',
        'start web (new)',
        'remove web.retired-01d000000000 (01d000000000)',
      ],
    ],
    [
      'what stopped has lost its source for good: the engine would not start it, so make another',
      input({
        definition: withDb,
        own: [container({ state: 'exited', exitCode: 137, linkAliases: ['db'] })],
        stranded: new Map([[SHORT, GONE]]),
        links: [linkTo(running(source({ linkNames: [] })))],
      }),
      [`rename web (${SHORT}) → web.retired-${SHORT}`, 'create web', 'start web (new)', `remove web (${SHORT})`],
    ],
    [
      'stopped with two: one is enough',
      input({ definition: stopped, own: [container(), retired] }),
      [`stop web (${SHORT})`, 'remove web.retired-01d000000000 (01d000000000)'],
    ],
    [
      'stopped before a replacement has proved itself: what it replaces is kept',
      input({ definition: stopped, own: [container({ health: 'starting' }), retired] }),
      [`stop web (${SHORT})`],
    ],
    [
      'stopped before a replacement has proved itself, and down: what it replaces is kept',
      input({ definition: stopped, own: [container({ state: 'exited' }), retired] }),
      [],
    ],
    [
      'stopped when a replacement could not be started: it goes, what it replaces is kept',
      input({ definition: stopped, own: [fresh, retired] }),
      ['remove web (ne3000000000)'],
    ],
    [
      'stopped before a replacement has proved itself, and what it replaces can never start again: one is enough',
      input({
        definition: stopped,
        own: [container({ state: 'exited' }), { ...retired, linkAliases: ['db'] }],
        stranded: new Map([[retired.id, GONE]]),
      }),
      ['remove web.retired-01d000000000 (01d000000000)'],
    ],
    ['stopped before it was ever started: nothing', input({ definition: stopped, own: [fresh] }), []],
    [
      'stopped, and its name is free after another definition had it: it gets its name back',
      input({ definition: stopped, own: [container({ name: `web.displaced-${SHORT}`, state: 'exited' })] }),
      [`rename web.displaced-${SHORT} (${SHORT}) → web`],
    ],
    [
      'stopped, and its name is still taken: it waits under its temporary name',
      input({
        definition: stopped,
        own: [container({ name: `web.displaced-${SHORT}`, state: 'exited' })],
        nameHolder: { id: 'api000000000', name: 'web', isOurs: true },
      }),
      [],
    ],
    [
      'on a network of its own, put back there from outside without its links: replace it',
      input({
        definition: definition({ spec: { network: 'lan', links: withDb.spec.links } }),
        own: [
          container({
            env: [DB_NAME],
            networks: { lan: { networkId: 'n', ipAddress: '10.0.0.3', fixedAddresses: [], links: [] } },
          }),
        ],
        links: [linkTo(running(source()))],
      }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'its port is to be let go by another of ours: what serves goes on meanwhile',
      input({ own: [container({ hash: '1:old' })], heldClaims: [swapped] }),
      ['! PortsBound HostPortChanging'],
    ],
    [
      'its port is held by what is not ours: what serves goes on, and nothing is tried',
      input({ own: [container({ hash: '1:old' })], heldClaims: [{ ...swapped, handling: 'foreign' }], releases: true }),
      ['! PortsBound HostPortInUse'],
    ],
    [
      'its address is to be released by another of ours: the current container goes on meanwhile',
      input({ own: [container({ hash: '1:old' })], heldClaims: [swappedAddress] }),
      ['! Ready AddressChanging'],
    ],
    [
      'two exchange their addresses: one releases first, and waits',
      input({ own: [container({ hash: '1:old' })], heldClaims: [swappedAddress], releases: true }),
      [`stop web (${SHORT})`, `rename web (${SHORT}) → web.retired-${SHORT}`, '! Ready AddressChanging'],
    ],
    [
      'it released its address, which is held by what is not ours: the previous container runs again',
      input({ own: [retired], heldClaims: [{ ...swappedAddress, handling: 'foreign' }] }),
      [...SERVES_AGAIN, '! Ready RolledBack'],
    ],
    [
      'it is down, and its address is still held',
      input({ own: [container({ state: 'exited' })], heldClaims: [swappedAddress] }),
      ['! Ready AddressChanging'],
    ],
    [
      'two swap their ports: let go first, and wait',
      input({ own: [container({ hash: '1:old' })], heldClaims: [swapped], releases: true }),
      [`stop web (${SHORT})`, `rename web (${SHORT}) → web.retired-${SHORT}`, '! PortsBound HostPortChanging'],
    ],
    [
      'in a cycle over a port and a link, it releases its port for its source, and waits',
      input({
        definition: withDb,
        own: [container({ hash: '1:old' })],
        links: [linkTo({ kind: 'waiting', reason: 'SourceChanging' })],
        releases: true,
      }),
      [`stop web (${SHORT})`, `rename web (${SHORT}) → web.retired-${SHORT}`, '! LinksResolved SourceChanging'],
    ],
    [
      'it released its port, and the others are on their way: it waits',
      input({ own: [retired], heldClaims: [swapped] }),
      ['! PortsBound HostPortChanging'],
    ],
    [
      'it released its port, and one of the others is stuck: what served before serves meanwhile',
      input({ own: [retired], heldClaims: [swapped], waitsForStuck: true }),
      [...SERVES_AGAIN, '! PortsBound HostPortChanging'],
    ],
    [
      'its source changes, which is stuck, and its previous container has no links: that serves meanwhile',
      input({
        definition: withDb,
        own: [container({ hash: '1:old', state: 'exited' })],
        links: [linkTo({ kind: 'waiting', reason: 'SourceChanging' })],
        waitsForStuck: true,
      }),
      [`start web (${SHORT})`, '! LinksResolved SourceChanging'],
    ],
    [
      'its source is down for long, and so is the source of its previous container: nothing can be started',
      input({
        definition: withDb,
        own: [container({ hash: '1:old', state: 'exited', linkAliases: ['db'] })],
        links: [linkTo({ kind: 'waiting', reason: 'SourceNotRunning' })],
        unlinked: new Set([SHORT]),
        waitsForStuck: true,
      }),
      ['! LinksResolved SourceNotRunning'],
    ],
    [
      'on a network of its own, it went down while its source is down: the engine starts it all the same',
      input({
        definition: onLan,
        own: [container({ state: 'exited', networks: LAN })],
        links: [linkTo({ kind: 'waiting', reason: 'SourceNotRunning' })],
      }),
      [`start web (${SHORT})`],
    ],
    [
      'changed again before the last change had proved itself, and it has to wait: what is up serves meanwhile',
      input({ own: [container({ hash: '1:other' }), retired], heldClaims: [swapped] }),
      ['! PortsBound HostPortChanging'],
    ],
    [
      'the replacement was made and never started, and has to wait for what is stuck: what served before serves',
      input({ own: [retired, fresh], heldClaims: [swapped], waitsForStuck: true }),
      ['remove web (ne3000000000)', ...SERVES_AGAIN, '! PortsBound HostPortChanging'],
    ],
    [
      'a stranger took the name between rename and create: what served before runs until it is free',
      input({ own: [retired], nameHolder: { id: 'f0', name: 'web' } }),
      ['start web.retired-01d000000000 (01d000000000)', '! Ready NameTaken'],
    ],
    [
      'renamed from outside and down, and a stranger has its name: it runs under the name that it has',
      input({ own: [container({ name: 'other', state: 'exited' })], nameHolder: { id: 'f0', name: 'web' } }),
      [`start other (${SHORT})`, '! Ready NameTaken'],
    ],
    [
      'it has the name of another definition, whose container has its name: it takes a temporary one',
      input({
        own: [container({ name: 'api' })],
        misnamed: new Set([SHORT]),
        nameHolder: { id: 'a0', name: 'web', isOurs: true },
      }),
      [`rename api (${SHORT}) → web.displaced-${SHORT}`],
    ],
    [
      'it has the name of another definition, and its own is free: it takes that',
      input({ own: [container({ name: 'api' })], misnamed: new Set([SHORT]) }),
      [`rename api (${SHORT}) → web`],
    ],
    [
      'it is stopped, has the name of another definition, and a stranger has its own: it makes room',
      input({
        definition: stopped,
        own: [container({ name: 'api', state: 'exited' })],
        misnamed: new Set([SHORT]),
        nameHolder: { id: 'f0', name: 'web' },
      }),
      [`rename api (${SHORT}) → web.displaced-${SHORT}`],
    ],
    [
      'its change waits for a host port, and what runs was moved to a temporary name: it gets its own name back',
      input({
        own: [retired, container({ name: `web.displaced-${SHORT}`, hash: '1:old' })],
        heldClaims: [swapped],
      }),
      [`rename web.displaced-${SHORT} (${SHORT}) → web`, '! PortsBound HostPortChanging'],
    ],
    [
      'another definition’s container has its name for now: it waits, and asks no person',
      input({
        own: [container({ name: `web.displaced-${SHORT}` })],
        nameHolder: { id: 'a0', name: 'web', isOurs: true },
      }),
      ['! Ready NameChanging'],
    ],
    [
      'it is down, and its network is gone: both are made again',
      input({
        definition: onLan,
        own: [container({ state: 'exited', networks: LAN })],
        network: 'absent',
        links: [linkTo(running(source()))],
        stranded: new Map([[SHORT, 'its network lan is gone']]),
      }),
      [
        'create-network lan',
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'it let go for a swap, and the other keeps its port: go back',
      input({ own: [retired], heldClaims: [{ ...swapped, handling: 'rolled-back' }] }),
      [
        'rename web.retired-01d000000000 (01d000000000) → web',
        'start web.retired-01d000000000 (01d000000000)',
        '! Ready RolledBack',
      ],
    ],
    [
      'the image of a change could not be pulled, and what serves was stopped from outside: it serves meanwhile',
      input({ image: { kind: 'pull-failed' }, own: [container({ hash: '1:old', state: 'exited', exitCode: 137 })] }),
      [`start web (${SHORT})`, 'pull-image training/webapp'],
    ],
    [
      'the image of a change could not be pulled, and what served is retired: it gets its name back and serves meanwhile',
      input({ image: { kind: 'pull-failed' }, own: [retired] }),
      [
        'rename web.retired-01d000000000 (01d000000000) → web',
        'start web.retired-01d000000000 (01d000000000)',
        'pull-image training/webapp',
      ],
    ],
    [
      'the image of a change could not be pulled, and what serves was paused from outside: it serves meanwhile',
      input({ image: { kind: 'pull-failed' }, own: [container({ hash: '1:old', state: 'paused' })] }),
      [`unpause web (${SHORT})`, 'pull-image training/webapp'],
    ],
    [
      'the image of a change could not be pulled, and what serves runs: only pull',
      input({ image: { kind: 'pull-failed' }, own: [container({ hash: '1:old' })] }),
      ['pull-image training/webapp'],
    ],
    [
      'the image of a change could not be pulled, and the job before it has ended: only pull',
      input({
        image: { kind: 'pull-failed' },
        own: [container({ hash: '1:old', state: 'exited', restartPolicy: 'no' })],
      }),
      ['pull-image training/webapp'],
    ],
    [
      'the image of a change has yet to be pulled, and nothing runs: what is outdated is not run for so long',
      input({ image: { kind: 'absent' }, own: [container({ hash: '1:old', state: 'exited' })] }),
      [
        'pull-image training/webapp',
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'changed again before the last change had proved itself, to an image that can’t be pulled: what is proven serves',
      input({
        image: { kind: 'pull-failed' },
        own: [container({ hash: '1:other', state: 'exited', exitCode: 1 }), retired],
      }),
      [
        `remove web (${SHORT})`,
        'rename web.retired-01d000000000 (01d000000000) → web',
        'start web.retired-01d000000000 (01d000000000)',
        'pull-image training/webapp',
      ],
    ],
    [
      'the image of a change may not be pulled, and what serves was stopped from outside: it serves meanwhile',
      input({
        image: { kind: 'absent' },
        definition: definition({ spec: { pullPolicy: 'never' } }),
        own: [container({ hash: '1:old', state: 'exited', exitCode: 137 })],
      }),
      [`start web (${SHORT})`, '! ImageAvailable ImageAbsent'],
    ],
    [
      'a change to a foreign network, and what serves was stopped from outside: it serves meanwhile',
      input({
        definition: definition({ spec: { network: 'lan' } }),
        network: 'foreign',
        own: [container({ hash: '1:old', state: 'exited', exitCode: 137 })],
      }),
      [`start web (${SHORT})`, '! Ready NetworkNotManaged'],
    ],
    [
      'a change links to what is not defined, and what serves was stopped from outside: it serves meanwhile',
      input({
        definition: withDb,
        links: [linkTo({ kind: 'missing' })],
        own: [container({ hash: '1:old', state: 'exited', exitCode: 137 })],
      }),
      [`start web (${SHORT})`, '! LinksResolved SourceMissing'],
    ],
    [
      'what links to what is gone was stopped from outside: the engine would not start it',
      input({
        definition: withDb,
        links: [linkTo({ kind: 'missing' })],
        own: [container({ hash: '1:old', state: 'exited', exitCode: 137, linkAliases: ['db'] })],
        stranded: new Map([[SHORT, GONE]]),
      }),
      ['! LinksResolved SourceMissing'],
    ],
    ['to be stopped: stop it', input({ definition: stopped, own: [container()] }), [`stop web (${SHORT})`]],
    ['to be stopped and stopped: nothing', input({ definition: stopped, own: [container({ state: 'exited' })] }), []],
    ['to be stopped and absent: nothing', input({ definition: stopped }), []],
    [
      'deleted: stop, remove, forget',
      input({ definition: deleted, own: [container()] }),
      [`stop web (${SHORT})`, `remove web (${SHORT})`, 'forget web'],
    ],
    ['deleted and gone: forget', input({ definition: deleted }), ['forget web']],
    [
      'deleted, the engine still removes it: wait',
      input({ definition: deleted, own: [container({ state: 'removing' })] }),
      ['! Ready Removing'],
    ],
    [
      'its source is not defined',
      input({ definition: withDb, links: [linkTo({ kind: 'missing' })] }),
      ['! LinksResolved SourceMissing'],
    ],
    [
      'its source does not run',
      input({ definition: withDb, links: [linkTo({ kind: 'waiting', reason: 'SourceNotRunning' })] }),
      ['! LinksResolved SourceNotRunning'],
    ],
    [
      'it runs while its source is down: leave it',
      input({
        definition: withDb,
        own: [container({ env: [DB_NAME] })],
        links: [linkTo({ kind: 'waiting', reason: 'SourceNotRunning' })],
      }),
      [],
    ],
    [
      'its link holds',
      input({ definition: withDb, own: [container({ env: [DB_NAME] })], links: [linkTo(running(source()))] }),
      [],
    ],
    [
      'its source was replaced: replace the recipient',
      input({
        definition: withDb,
        own: [container({ env: [DB_NAME] })],
        links: [linkTo(running(source({ linkNames: [] })))],
      }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'its source has another address: replace the recipient',
      input({
        definition: withDb,
        own: [container({ env: [DB_NAME, 'DB_PORT_3306_TCP_ADDR=172.17.0.9'] })],
        links: [linkTo(running(source()))],
      }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'onLinkChange ignore: leave a running recipient',
      input({
        definition: definition({ spec: { links: withDb.spec.links, onLinkChange: 'ignore' } }),
        own: [container({ env: [] })],
        links: [linkTo(running(source({ linkNames: [] })))],
      }),
      [],
    ],
    [
      'a link, and an engine that has none: say so, and touch nothing',
      input({ ...LINKLESS, definition: withDb, image: { kind: 'absent' }, own: [container({ hash: '1:old' })] }),
      ['! LinksResolved LinksUnsupported'],
    ],
    [
      'a change adds a link, the engine has none, and what served is down: it serves meanwhile',
      input({ ...LINKLESS, definition: withDb, own: [container({ hash: '1:old', state: 'exited', exitCode: 1 })] }),
      [`start web (${SHORT})`, '! LinksResolved LinksUnsupported'],
    ],
    [
      'a limit was changed, and the engine can change none in place: replace it',
      input({ lacks: { updates: 'it can’t' }, definition: limited, own: [container()] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'a limit of a container with a GPU was changed: replace it, since an update can take the GPU away',
      input({ definition: withGpu, own: [container()] }),
      [
        `stop web (${SHORT})`,
        `rename web (${SHORT}) → web.retired-${SHORT}`,
        'create web',
        'start web (new)',
        `remove web (${SHORT})`,
      ],
    ],
    [
      'a limit of a container with a GPU differs, and nobody changed it: leave it alone',
      input({ definition: withGpu, own: [ofGeneration2] }),
      [],
    ],
    [
      'any number of processes, and a container with a limit: update it in place',
      input({ definition: definition({ spec: { resources: { pids: -1 } } }), own: [container({ pids: 10 })] }),
      [`update web (${SHORT})`],
    ],
    [
      'any number of processes, and a container without a limit: leave it alone',
      input({ definition: definition({ spec: { resources: { pids: -1 } } }), own: [container({ pids: 0 })] }),
      [],
    ],
    [
      'a limit that such an engine has not taken at the creation: replace nothing for it again',
      input({ lacks: { updates: 'it can’t' }, definition: limited, own: [ofGeneration2] }),
      [],
    ],
    [
      'a limit that such an engine has not taken, beside what was replaced for it: clear that away',
      input({ lacks: { updates: 'it can’t' }, definition: limited, own: [ofGeneration2, retiredForLimits] }),
      [`remove web.retired-01d000000000 (01d000000000)`],
    ],
  ])('%s', (_, given, expected) => {
    expect(lines(plan(given))).toEqual(expected);
  });

  it('names the networks that a replacement drops, but not the one that the previous container was created on', () => {
    const own = [old({ ...onFront({ extra: EXTRA, past: EXTRA }), createdOn: 'past' })];
    const reasonOf = (given: PlanInput) => plan(given).actions.find(({ kind }) => kind === 'create')?.reason;
    expect(reasonOf(input({ definition: ON_FRONT, own }))).toMatch(/; drops extra, which it was connected to outside/);
    const keeps = definition({ spec: { network: 'front', keepNetworks: true } });
    expect(reasonOf(input({ definition: keeps, own }))).not.toContain('drops');
  });

  it.each<[string, PlanInput, string]>([
    [
      'a network that goes',
      input({ definition: ON_FRONT, own: [onFront({ back: BACK_ENDPOINT })] }),
      'the definition no longer names the network back; open connections over it end',
    ],
    [
      'a network that takes the default route, on an engine that sorts by name',
      several({ own: [onFront()], lacks: { gatewayPriority: 'by name' } }),
      'the definition names the network back; the default route moves from front to back',
    ],
    [
      'an internal network, which takes no route',
      several({ own: [onFront()], lacks: { gatewayPriority: 'by name' }, internal: new Set(['back']) }),
      'the definition names the network back',
    ],
    ['a network that takes no route', several({ own: [onFront()] }), 'the definition names the network back'],
  ])('says what a step on a network interrupts: %s', (_, given, reason) => {
    expect(plan(given).actions.at(-1)?.reason).toBe(reason);
  });

  it('goes back to what served before when the replacement has failed, and says so', () => {
    const given = input({ own: [retired, fresh] });
    const failed = { ...given, failedReplacement: { key: rolloutKey(given), message: 'no such command' } };
    expect(lines(plan(failed))).toEqual([
      'remove web (ne3000000000)',
      'rename web.retired-01d000000000 (01d000000000) → web',
      'start web.retired-01d000000000 (01d000000000)',
      '! Ready RolledBack',
    ]);
  });

  it.each([
    ['it runs', container(), null],
    ['it ended at once', container({ state: 'exited', exitCode: 3 }), 'it exited with code 3'],
    ['it crashes in a loop', container({ state: 'restarting', exitCode: 1 }), 'it exited with code 1'],
    ['it runs, for the second time', container({ restartCount: 1 }), 'it exited and the engine restarted it'],
    ['its health check fails', container({ health: 'unhealthy' }), 'its health check fails'],
    ['it was never started', container({ state: 'created', startedAt: null }), null],
  ])('tells a broken replacement: %s', (_, replacement, expected) => {
    const broken = (given: PlanInput) => brokenReplacement(given, assess(given));
    expect(broken(input({ own: [replacement, retired] }))?.message ?? null).toBe(expected);
    expect(broken(input({ own: [replacement] }))).toBeNull();
  });

  it('a replacement that failed as often as its restart policy allows is broken, and nobody stopped it', () => {
    const own = [container({ state: 'exited', exitCode: 1, restartCount: 2, ...ON_FAILURE }), retired];
    const given = input({ definition: definition({ spec: ON_FAILURE }), own });
    expect(brokenReplacement(given, assess(given))).toEqual({ message: 'it exited with code 1', doubtful: false });
  });

  it('tries a replacement for limits anew for each change, on an engine that can change none in place', () => {
    const lacks = { updates: 'it can’t' };
    const given = input({ lacks, definition: limited, own: [container()] });
    const failedReplacement = { key: rolloutKey(given), message: 'no room' };
    expect(lines(plan({ ...given, failedReplacement })).at(-1)).toBe('! Ready RolledBack');
    const changed = { ...given, definition: { ...limited, generation: 3 }, failedReplacement };
    expect(lines(plan(changed))).toContain('create web');
  });

  it('stays with what serves where going back would be impossible, though the links have changed', () => {
    const serving = container({ hash: '1:old', linkAliases: ['db'] });
    const given = input({ definition: withDb, own: [serving], links: [linkTo(running(source({ linkNames: [] })))] });
    const failedReplacement = { key: `${HASH} other`, message: 'no such command' };
    expect(lines(plan({ ...given, failedReplacement, stranded: new Map([[SHORT, GONE]]) }))).toEqual([
      '! Ready RolledBack',
    ]);
    expect(lines(plan({ ...given, failedReplacement }))[0]).toBe(`stop web (${SHORT})`);
  });

  it('tries again once the definition is another', () => {
    const given = input({ own: [container({ hash: '1:old' })], failedReplacement: { key: 'other', message: '' } });
    expect(lines(plan(given))[0]).toBe(`stop web (${SHORT})`);
  });

  it('gives every action a reason', () => {
    const planned = plan(input({ own: [container({ hash: '1:old' }), retired] }));
    expect(planned.actions.length).toBeGreaterThan(3);
    for (const action of planned.actions) expect(action.reason).not.toBe('');
  });

  it('knows a container by its hash', () => {
    expect(container().owner?.hash).toBe(HASH);
  });
});
