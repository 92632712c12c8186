import { expect, it } from 'vitest';
import { hostRoutes } from '../../src/host-routes.js';

const TABLE = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	010011AC	0003	0	0	0	00000000	0	0	0
eth0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
tun0	0000D00A	00000000	0001	0	0	0	00F8FFFF	0	0	0
`;

it("reads the subnets of a host's routes, without the default route", () => {
  expect(hostRoutes(() => TABLE).map(({ text }) => text)).toEqual(['172.17.0.0/16', '10.208.0.0/21']);
});

it('knows no routes where the table is missing or is another', () => {
  const missing = () => {
    throw new Error('ENOENT');
  };
  expect([hostRoutes(missing), hostRoutes(() => 'nothing\nof the kind')]).toEqual([[], []]);
});
