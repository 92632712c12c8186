/** Declares networks in a transaction, alone or with definitions. */

import type { NewEvent } from '../../domain/event.js';
import { hasStableAddresses, type Network, settingsOf } from '../../domain/networks/network.js';
import type { NetworkSpec } from '../../domain/networks/network-spec.js';
import { Problem } from '../../domain/problems/problem.js';
import { isSameJson } from '../../lib/canonical-json.js';
import { listed } from '../../lib/sentence.js';
import type { StateReads } from '../../store/state/memory.js';
import type { StoreTransaction } from '../../store/types.js';

/** Result of a declaration. */
export interface DeclaredNetwork {
  readonly kind: 'created' | 'updated' | 'unchanged';
  readonly network: Network;
}

/**
 * Declares a network.
 *
 * @param spec in its normal form
 * @throws Problem `name-taken`, `address-unavailable`, `network-in-use`
 */
export async function declareIn(
  tx: StoreTransaction,
  name: string,
  spec: NetworkSpec,
  { recreate = false, dryRun = false }: { readonly recreate?: boolean; readonly dryRun?: boolean } = {},
): Promise<DeclaredNetwork> {
  const before = tx.network(name);
  if (before !== undefined && before.deletionRequestedAt !== null) {
    throw new Problem('name-taken', `The network ${name} is being deleted. Try again when it is gone.`);
  }
  const network = await tx.putNetwork(name, spec, { recreate });
  if (before === undefined) return { kind: 'created', network };
  if (network === before) return { kind: 'unchanged', network };
  if (!recreate && !dryRun) checkKeepsRunning(before, network, tx);
  return { kind: before.isDeclared ? 'updated' : 'created', network };
}

/** @throws Problem where the engine could make a change only by interrupting the containers on the network */
function checkKeepsRunning(before: Network, after: Network, state: StateReads): void {
  const isSame = isSameJson(settingsOf(before), settingsOf(after)) && before.spec.external === after.spec.external;
  const users = state.onNetwork(before.name).map(({ name }) => name);
  const wasMade = before.confirmed || !hasStableAddresses(before);
  if (isSame || users.length === 0 || !wasMade) return;
  throw new Problem(
    'network-in-use',
    `The engine can't change the network ${before.name} while it exists. Recreating it interrupts ${listed(users)} once: PUT it with ?recreate=true, or with ?dryRun=true to see the plan.`,
  );
}

/** Returns the event of a request that wrote a network. */
export function eventOf(
  network: Network,
  kind: 'created' | 'updated',
  { requestId = null, actor = null }: { readonly requestId?: string | null; readonly actor?: string | null },
): NewEvent {
  const isGoing = network.deletionRequestedAt !== null;
  const type = isGoing ? 'DeletionRequested' : kind === 'created' ? 'Created' : 'Updated';
  const what = isGoing ? 'deletion requested' : kind === 'created' ? 'declared' : 'changed';
  return {
    ...{ type, container: '', uid: network.uid, by: 'client', actor, requestId, before: null },
    reason: isGoing ? 'NetworkDeleted' : kind === 'created' ? 'NetworkDeclared' : 'NetworkChanged',
    message: `network ${network.name}: ${what}`,
    after: isGoing ? null : { ...network.spec },
  };
}
