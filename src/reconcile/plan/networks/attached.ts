/** Pure: networks that somebody connected a container to outside Berth. */

import type { EndpointRequest } from '../../../engine/engine.js';
import { listed } from '../../../lib/sentence.js';
import type { OwnContainer } from '../../observe/observed-state.js';
import type { PlanInput } from '../types.js';

/** Returns the names of the networks that a container was connected to outside Berth. */
export function attachedOutside(
  { networks, createdOn }: OwnContainer,
  { runsOn, further }: Pick<PlanInput, 'runsOn'> & { readonly further: readonly { readonly name: string }[] },
): readonly string[] {
  const named = new Set([runsOn, createdOn ?? runsOn, ...further.map(({ name }) => name)]);
  return Object.entries(networks).flatMap(([name, { isOurs = false }]) => (isOurs || named.has(name) ? [] : name));
}

/** Returns a network of a container as the request that connects another one in the same way. */
export function requestOf(network: string, endpoint: OwnContainer['networks'][string]): EndpointRequest {
  const { aliases = [], fixedAddresses, links } = endpoint;
  return {
    ...{ network, aliases, addresses: fixedAddresses, isOurs: false },
    links: links.map((text) => {
      const colon = text.lastIndexOf(':');
      return { sourceName: text.slice(0, colon), alias: text.slice(colon + 1) };
    }),
  };
}

/** Says which networks a replacement of a container drops; empty if it drops none. */
export function droppedText(input: PlanInput, previous: OwnContainer): string {
  const dropped = input.definition.spec.keepNetworks === true ? [] : attachedOutside(previous, input);
  return dropped.length === 0 ? '' : `; drops ${listed(dropped)}, which it was connected to outside Berth`;
}
