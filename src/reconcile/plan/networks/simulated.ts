/** Networks of simulated containers. */

import type { EndpointRequest } from '../../../engine/engine.js';
import type { OwnContainer } from '../../observe/observed-state.js';
import type { PlanInput } from '../types.js';
import { endpointRequest } from './connections.js';

type Networks = OwnContainer['networks'];

/** Returns the networks of a container that has just been created. */
export function simulatedNetworks(input: PlanInput): Networks {
  const { runsOn, addresses, links, lacks, further } = input;
  const first = {
    ...{ networkId: '', ipAddress: '' },
    fixedAddresses: addresses.flatMap((one) => (one.network === runsOn ? one.address : [])),
    links: links.flatMap(({ link, network = runsOn }) => (network === runsOn ? `${link.container}:${link.alias}` : [])),
  };
  const others = lacks.severalEndpoints === undefined ? further : [];
  return Object.assign({ [runsOn]: first }, ...others.map((one) => simulatedEndpoint(endpointRequest(input, one))));
}

/** Returns a network of a container as a request made it. */
export const simulatedEndpoint = ({ network, addresses, aliases, links, isOurs }: EndpointRequest): Networks => ({
  [network]: {
    ...{ networkId: '', ipAddress: '', fixedAddresses: addresses, aliases, isOurs },
    links: links.map(({ sourceName, alias }) => `${sourceName}:${alias}`),
  },
});

/** Returns the networks of a container that runs: it has its fixed addresses. */
export const withAddresses = (networks: Networks): Networks =>
  Object.fromEntries(
    Object.entries(networks).map(([name, endpoint]) => {
      const { ipAddress, fixedAddresses } = endpoint;
      const address = ipAddress || fixedAddresses.find((one) => !one.includes(':')) || `the address on ${name}`;
      return [name, { ...endpoint, ipAddress: address }];
    }),
  );
