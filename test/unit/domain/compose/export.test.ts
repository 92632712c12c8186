import { expect, it } from 'vitest';
import { exportCompose } from '../../../../src/domain/import-export/compose/export.js';
import { specOf } from '../../../support/definition.js';

it('a path of the host is written as a mount of it, and is no volume of the file', () => {
  const volumes = [
    { volume: 'data', target: '/data', readOnly: false },
    { volume: '/srv/$www', target: '/www', readOnly: true },
  ];
  const file = exportCompose('shop', [{ name: 'web', spec: specOf({ volumes }), reservations: [] }]);
  const mounts = [
    { type: 'volume', source: 'data', target: '/data' },
    { type: 'bind', source: '/srv/$$www', target: '/www', read_only: true },
  ];
  expect(file).toMatchObject({ services: { web: { volumes: mounts } } });
  expect(Object.keys(file['volumes'] ?? {})).toEqual(['data']);
});
