import { expect, it } from 'vitest';
import { exportCompose } from '../../../../src/domain/import-export/compose/export.js';
import { importCompose } from '../../../../src/domain/import-export/compose/import.js';
import { specOf } from '../../../support/definition.js';
import { exported } from './exported.js';

it('a path of the host is written as a mount of it, and is no volume of the file', () => {
  const volumes = [
    { volume: 'data', target: '/data', readOnly: false },
    { volume: '/srv/$www', target: '/www', readOnly: true },
    {
      ...{ volume: '/srv/a', target: '/a', readOnly: false },
      createHostPath: true,
      propagation: 'rslave',
      selinux: 'z',
    },
  ] as const;
  const file = exported('shop', [{ name: 'web', spec: specOf({ volumes }), reservations: [] }]);
  const mounts = [
    { type: 'volume', source: 'data', target: '/data' },
    { type: 'bind', source: '/srv/$$www', target: '/www', read_only: true, bind: { create_host_path: false } },
    {
      ...{ type: 'bind', source: '/srv/a', target: '/a' },
      bind: { create_host_path: true, propagation: 'rslave', selinux: 'z' },
    },
  ];
  expect(file).toMatchObject({ services: { web: { volumes: mounts } } });
  expect(Object.keys(file['volumes'] ?? {})).toEqual(['data']);
});

it('a Compose file is written service by service, so that thousands do not block the event loop', () => {
  let written = 0;
  const definitions = Array.from({ length: 1000 }, (_, n) => ({
    ...{ name: `web-${n}`, spec: specOf() },
    get reservations() {
      written++;
      return [];
    },
  }));
  const counts: number[] = [];
  for (const _ of exportCompose(null, definitions)) counts.push(written);
  expect(written).toBe(1000);
  const steps = counts.map((count, index) => count - (counts[index - 1] ?? 0));
  expect(Math.max(...steps)).toBe(1);
});

it('networks are written with the settings that they were declared with, and in the order of the definition', () => {
  const networks = [{ name: 'front' }, { name: 'back', aliases: ['store'], ipv4Address: '10.2.0.9' }];
  const file = exported(null, [{ name: 'web', spec: specOf({ networks }), reservations: [] }], (name) =>
    name === 'front' ? { spec: { external: true }, subnets: [] } : undefined,
  );
  expect(file).toMatchObject({
    services: {
      web: {
        networks: { front: { gw_priority: 1 }, back: { aliases: ['store'], ipv4_address: '10.2.0.9', gw_priority: 0 } },
      },
    },
    networks: { front: { name: 'front', external: true }, back: { name: 'back' } },
  });
});

it('a network is imported as it was exported', () => {
  const spec = {
    ...{ subnet: '10.2.0.0/24', gateway: '10.2.0.9', ipv6: true, ipv6Subnet: 'fd00:2::/64', internal: true, mtu: 1400 },
    ...{ labels: { team: '$shop' }, driverOptions: { 'com.docker.network.bridge.enable_icc': 'false' } },
  };
  const one = { name: 'web', spec: specOf({ network: 'back' }), reservations: [] };
  const file = exported('shop', [one], () => ({ spec, subnets: [] }));
  const read = importCompose({ compose: JSON.stringify(file) });
  expect(read).toMatchObject({ ok: true, networks: [{ name: 'back', spec }], left: [] });
});
