/** The active policy: its source, its refusals, and existing definitions that violate it. */

import { allowingEntry, escapeOf, escapeText, type FollowLinks, hasSubtrees } from '../../domain/access/host-paths.js';
import { DEFAULT_POLICY, imageRefusal, type Policy, policyFaults, reachRefusal } from '../../domain/access/policy.js';
import { readPolicy } from '../../domain/access/policy-file.js';
import type { Definition, Spec } from '../../domain/definition/definition.js';
import { type DriverReach, hostPathOf } from '../../domain/definition/storage/driver-reach.js';
import { isHostPath } from '../../domain/definition/storage/paths.js';
import { rootNetwork } from '../../domain/networks/network-mode.js';
import { type Fault, Problem } from '../../domain/problems/problem.js';
import { type FieldFault, pointer } from '../../domain/problems/result.js';
import { andMore } from '../../domain/problems/summarise.js';
import { addressOf, targetRefusal } from '../../domain/webhooks/target.js';
import { isSameJson } from '../../lib/canonical-json.js';
import type { Breathe } from '../../reconcile/plan/dry-run/dry-run.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';
import type { Change } from '../core/change.js';
import { inBody } from '../core/write-checks.js';

/** Limit of faults in one problem: no person's definitions have more. */
const MAX_FAULTS = 1000;

export interface PolicyView {
  /** The file that it is read from; null if none is configured, and the default applies. */
  readonly file: string | null;
  /** Time of the last reading. */
  readonly readAt: string;
  readonly policy: Policy;
  /** Existing definitions that it would refuse. They are left as they are. */
  readonly violations: readonly { readonly container: string; readonly errors: readonly FieldFault[] }[];
}

export interface PolicyService {
  currentPolicy(): Promise<PolicyView>;
  /** Reads its file again. If that is invalid, the previous policy stays active. @throws Problem `invalid-policy` */
  reloadPolicy(): Promise<void>;
}

/** @param reconciler re-examines restored definitions that the policy had paused */
export function createPolicyService(options: {
  readonly policies: Policies;
  readonly store: Pick<Store, 'all' | 'restored'>;
  readonly reconciler: Pick<Reconciler, 'changed'>;
  readonly slices: () => Breathe;
}): PolicyService {
  const { policies, store, reconciler, slices } = options;
  return {
    currentPolicy: () => policies.view(store.all(), slices()),
    async reloadPolicy() {
      policies.reload();
      const breathe = slices();
      // Restored definitions that the policy paused may go on now, or have to give another reason.
      for (const uid of store.restored().undeclared) {
        await breathe();
        reconciler.changed(uid);
      }
    },
  };
}

/** Returns the spec of a container by its name; undefined where none is defined. */
type SpecOf = (name: string) => Spec | undefined;

export interface Policies {
  view(definitions: readonly Definition[], breathe: Breathe): Promise<PolicyView>;
  /** @throws Problem `invalid-policy` */
  reload(): void;
  /** Checks changed definitions against the policy. @throws Problem `policy-denied` with every fault of every one */
  check(changes: readonly Change[], specOf: SpecOf): Promise<void>;
  /** Returns why a spec is refused; null if it is allowed. */
  refusal(spec: Spec, specOf: SpecOf): string | null;
  /** True if a path of the host may be mounted. */
  allowsPath(hostPath: string): boolean;
  /** Returns the directory by which imports resolve relative paths; null if there is none. */
  projectDirectory(): string | null;
  /** Returns why a volume with this reach may not be mounted; undefined if it may. */
  reachRefusal(reach: DriverReach): string | undefined;
  /** Returns why an allowed path may not be mounted after all: a symbolic link leads elsewhere. */
  leadsOut(hostPath: string): Promise<string | undefined>;
  /** @throws Problem `policy-denied` */
  checkImage(reference: string): void;
  /** Returns why a webhook may not be sent to an address; undefined if it may. */
  targetRefusal(address: string): string | undefined;
  /** Checks a URL whose host is an address. @throws Problem `policy-denied` */
  checkTarget(url: string): void;
}

/**
 * @param options.file none: the default policy
 * @param options.readFile reads a file as text; may throw, which is a fault of the policy
 * @param options.followLinks none: the host's file system can't be seen from here
 * @throws Problem `invalid-policy`
 */
export function openPolicies(options: {
  readonly file?: string | undefined;
  readonly readFile: (path: string) => string;
  readonly now: () => Date;
  readonly followLinks?: FollowLinks | undefined;
}): Policies {
  const { file, readFile, now, followLinks = async () => undefined } = options;
  const read = () => ({
    policy: file === undefined ? DEFAULT_POLICY : readPolicyFile(file, readFile),
    readAt: now(),
  });
  let inForce = read();

  async function leadsOut(hostPath: string): Promise<string | undefined> {
    const place = await escapeOf(hostPath, inForce.policy.hostPaths, followLinks);
    return place === undefined ? undefined : escapeText(hostPath, place);
  }

  async function escapesOf({ volumes }: Spec): Promise<readonly FieldFault[]> {
    const found = await Promise.all(
      volumes.map(async (mount) => {
        const hostPath = hostPathOf(mount);
        return hostPath === undefined ? undefined : leadsOut(hostPath);
      }),
    );
    return found.flatMap((message, index) => {
      const part = isHostPath(volumes[index]?.volume ?? '') ? ['volume'] : ['driverOptions', 'device'];
      return message === undefined ? [] : [{ pointer: pointer('volumes', index, ...part), message }];
    });
  }

  /** A container that shares another one's network is on that network, so the policy has to allow it. */
  const faultsOf = (spec: Spec, specOf: SpecOf): readonly FieldFault[] =>
    policyFaults({ ...spec, network: rootNetwork(spec.network, (name) => specOf(name)?.network) }, inForce.policy);

  return {
    async view(definitions, breathe) {
      const { policy, readAt } = inForce;
      const specs = new Map(definitions.map(({ name, spec }) => [name, spec]));
      const violations: PolicyView['violations'][number][] = [];
      for (const { name, spec, deletionRequestedAt } of definitions) {
        await breathe();
        const errors = deletionRequestedAt === null ? faultsOf(spec, (other) => specs.get(other)) : [];
        if (errors.length > 0) violations.push({ container: name, errors });
      }
      return { file: file ?? null, readAt: readAt.toISOString(), policy, violations };
    },
    reload() {
      inForce = read();
    },
    async check(changes, specOf) {
      const faults: FieldFault[] = [];
      for (const { definition, placeOf = same } of changes.filter(declares)) {
        const { spec } = definition;
        faults.push(...faultsOf(spec, specOf).map(placeOf));
        if (hasSubtrees(inForce.policy.hostPaths)) faults.push(...(await escapesOf(spec)).map(placeOf));
      }
      if (faults.length > 0) throw denied(faults);
    },
    refusal(spec, specOf) {
      const faults = faultsOf(spec, specOf);
      return faults.length === 0 ? null : first(faults);
    },
    allowsPath: (hostPath) => allowingEntry(hostPath, inForce.policy.hostPaths) !== undefined,
    projectDirectory: () => inForce.policy.projectDirectory,
    reachRefusal: (reach) => reachRefusal(reach, inForce.policy),
    leadsOut,
    checkImage(reference) {
      const message = imageRefusal(reference, inForce.policy);
      if (message !== undefined) throw denied([{ pointer: '/image', message }]);
    },
    targetRefusal: (address) => targetRefusal(address, inForce.policy.webhookTargets),
    checkTarget(url) {
      const address = addressOf(new URL(url).hostname);
      const message = address === undefined ? undefined : targetRefusal(address, inForce.policy.webhookTargets);
      if (message !== undefined) throw denied([{ pointer: '/url', message }]);
    },
  };
}

/** @throws Problem `invalid-policy` with every fault of the file */
export function readPolicyFile(file: string, readFile: (path: string) => string): Policy {
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    throw invalidPolicy(file, [{ pointer: '', message: `can't be read: ${(error as Error).message}` }], error);
  }
  const reading = readPolicy(text);
  if (!reading.ok) throw invalidPolicy(file, reading.faults);
  return reading.policy;
}

const same = (fault: FieldFault): FieldFault => fault;

/**
 * True if a change says what is to run, and not merely whether: what stands may be stopped, started and removed under
 * any policy.
 */
export function declares({ before, definition: { spec } }: Change): boolean {
  if (before === undefined) return true;
  if (before.spec === spec) return false;
  const { state: _, ...old } = before.spec;
  const { state: _s, ...now } = spec;
  return !isSameJson(old, now);
}

function denied(faults: readonly FieldFault[]): Problem {
  return new Problem('policy-denied', `The policy does not allow this: ${first(faults)}.`, {
    faults: inBody(faults.slice(0, MAX_FAULTS)),
  });
}

/** Places the faults in a file on the server, since none of them is in the request. */
function invalidPolicy(file: string, faults: readonly FieldFault[], cause?: unknown): Problem {
  return new Problem('invalid-policy', `The policy file ${file} is not valid: ${first(faults)}.`, {
    cause,
    faults: inPolicy(faults),
  });
}

const inPolicy = (faults: readonly FieldFault[]): readonly Fault[] => faults.map((f) => ({ in: 'file', ...f }));

function first([one, ...more]: readonly FieldFault[]): string {
  return `${[one?.pointer, one?.message].filter(Boolean).join(' ')}${andMore(more.length)}`;
}
