/** The fields of a network, as a client declares them. */

import { type Static, Type } from 'typebox';
import { closed, textMap } from '../../lib/schema.js';

/** The smallest and the greatest MTU of an IPv4 link that Linux accepts. */
export const MTU = { minimum: 68, maximum: 65_535 } as const;

/** Schema of a declared network. Every field is optional, and a stored one is without fields at their defaults. */
export const NetworkSpec = Type.Object(
  {
    subnet: Type.Optional(
      Type.String({
        description: 'IPv4 subnet. Absent: Berth picks one from its pool (BERTH_NETWORK_POOL) and keeps it.',
        examples: ['10.20.0.0/24'],
      }),
    ),
    gateway: Type.Optional(
      Type.String({ description: 'Absent: the first address of the subnet.', examples: ['10.20.0.1'] }),
    ),
    ipv6: Type.Optional(
      Type.Boolean({ default: false, description: 'Also give containers IPv6 addresses, from a picked subnet.' }),
    ),
    ipv6Subnet: Type.Optional(Type.String({ description: 'IPv6 subnet; implies ipv6.', examples: ['fd00:20::/64'] })),
    ipv6Gateway: Type.Optional(
      Type.String({ description: 'Absent: the first address after that of the subnet.', examples: ['fd00:20::1'] }),
    ),
    internal: Type.Optional(
      Type.Boolean({ default: false, description: 'Without a route out of the host; published ports lead nowhere.' }),
    ),
    mtu: Type.Optional(Type.Integer({ ...MTU, description: "Absent: the engine's default, 1500.", examples: [1450] })),
    driverOptions: Type.Optional(
      textMap('Options of the bridge driver; only those that do not reach the host are allowed.', {
        examples: [{ 'com.docker.network.bridge.enable_icc': 'true' }],
      }),
    ),
    labels: Type.Optional(
      textMap('Labels of the network on the engine. io.berth. is reserved.', { examples: [{ KEY: 'value' }] }),
    ),
    external: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Use a network that exists on the engine and that Berth never changes. It takes no other field, and gives no stable addresses.',
      }),
    ),
  },
  closed,
);

type Flat<T> = { readonly [K in keyof T]: T[K] extends object | undefined ? Readonly<T[K]> : T[K] };

/** A declared network in its normal form: canonical texts, and no field at its default. */
export type NetworkSpec = Flat<Static<typeof NetworkSpec>>;
