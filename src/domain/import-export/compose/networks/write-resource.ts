/** Writes a declared network as a network of a Compose file. */

import { MTU_OPTION, type Network } from '../../../networks/network.js';
import { escapedValues } from '../plain-keys.js';

/** @param withSubnets write its subnets though they were picked, since containers name addresses in them */
export function writeResource(
  { spec, subnets }: Pick<Network, 'spec' | 'subnets'>,
  withSubnets: boolean,
): Readonly<Record<string, unknown>> {
  const { subnet, gateway, ipv6, ipv6Subnet, ipv6Gateway, internal, mtu, driverOptions, labels, external } = spec;
  if (external === true) return { external: true };
  const own = [
    ...(subnet === undefined ? [] : [{ subnet, ...(gateway !== undefined && { gateway }) }]),
    ...(ipv6Subnet === undefined
      ? []
      : [{ subnet: ipv6Subnet, ...(ipv6Gateway !== undefined && { gateway: ipv6Gateway }) }]),
  ];
  const config = own.length > 0 || !withSubnets ? own : subnets;
  const options = { ...driverOptions, ...(mtu !== undefined && { [MTU_OPTION]: String(mtu) }) };
  return {
    ...(config.length > 0 && { ipam: { config } }),
    ...(ipv6 && { enable_ipv6: true }),
    ...(internal && { internal }),
    ...(Object.keys(options).length > 0 && { driver_opts: escapedValues(options) }),
    ...(labels !== undefined && { labels: escapedValues(labels) }),
  };
}
