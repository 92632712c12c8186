import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import type { DryRun } from '../../../src/reconcile/plan/dry-run/dry-run.js';
import type { LinkState } from '../../../src/reconcile/plan/link-state.js';
import type { Plan, PlanInput } from '../../../src/reconcile/plan/types.js';
import { planView } from '../../../src/service/core/plan-view.js';
import { definition } from '../../support/definition.js';

export const HASH = '1:wanted';

export const container = (over: Partial<OwnContainer> & { readonly hash?: string } = {}): OwnContainer => {
  const { hash = HASH, ...rest } = over;
  const name = over.name ?? 'web';
  return {
    id: 'c0ffee000000',
    name,
    owner: { instance: 'i', uid: 'uid-web', name: 'web', generation: 1, hash },
    state: 'running',
    health: 'none',
    error: '',
    exitCode: 0,
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    restartCount: 0,
    image: 'training/webapp',
    imageId: 'sha256:1',
    env: [],
    hostname: 'c0ffee000000',
    user: '',
    exposed: [],
    bindings: [],
    networks: { bridge: { networkId: 'n', ipAddress: '172.17.0.3', fixedAddresses: [], links: [] } },
    published: [],
    linkAliases: [],
    hostsLines: [],
    isAdopted: false,
    restartPolicy: 'unless-stopped',
    restartMaxRetries: 0,
    memoryBytes: 0,
    nanoCpus: 0,
    pids: 4096,
    linkNames: [],
    imageEnvNames: new Set(),
    ...rest,
  };
};

/** A running `db`, linked to by `web` unless told otherwise. */
export const source = (over: Partial<OwnContainer> = {}): OwnContainer =>
  container({
    id: 'db0000000000',
    name: 'db',
    owner: { instance: 'i', uid: 'uid-db', name: 'db', generation: 1, hash: '1:db' },
    networks: { bridge: { networkId: 'n', ipAddress: '172.17.0.2', fixedAddresses: [], links: [] } },
    linkNames: ['web/db'],
    ...over,
  });

export const linkTo = (from: LinkState['source']): LinkState => ({
  link: { container: 'db', alias: 'db', env: 'address' },
  source: from,
});

export const running = (of: OwnContainer): LinkState['source'] => ({
  kind: 'running',
  container: of,
  definition: definition({ uid: 'uid-db', name: 'db' }),
  address: of.networks['bridge']?.ipAddress ?? '',
});

export const input = (over: Partial<PlanInput> = {}): PlanInput => ({
  definition: definition(),
  runsOn: over.definition?.spec.network ?? 'bridge',
  hash: HASH,
  own: [],
  nameHolder: null,
  unreadableSecrets: [],
  image: { kind: 'present', exposed: [] },
  network: 'present',
  outdatedNetworks: new Map(),
  addresses: [],
  links: [],
  networkOwner: null,
  dependencies: [],
  startedEarly: false,
  isStartDeferred: false,
  isHealingDeferred: false,
  linkEnvRules: 'classic',
  lacks: {},
  publishedAll: [],
  reserved: [],
  leaves: [],
  further: [],
  kept: [],
  internal: new Set(),
  lastUpdate: null,
  failedReplacement: null,
  isReplacementDeferred: false,
  misnamed: new Set(),
  stranded: new Map(),
  unlinked: new Set(),
  blocked: new Set(),
  isExchanging: false,
  heldClaims: [],
  failedStart: null,
  releases: false,
  waitsForStuck: false,
  hold: null,
  diskFull: null,
  paused: null,
  hosts: new Map(),
  isRepairDeferred: false,
  ...over,
});

const forecastOf = ({ actions }: Plan): DryRun => ({
  steps: actions.map((action) => ({ definition: definition(), action })),
  obstacles: [],
});

/** A plan as lines: `action target`, and last the obstacle. */
export const lines = (planned: Plan): string[] => [
  ...planView(forecastOf(planned), [], () => true).actions.map((step) => `${step.action} ${step.target}`),
  ...(planned.obstacle === null ? [] : [`! ${planned.obstacle.condition} ${planned.obstacle.reason}`]),
];
