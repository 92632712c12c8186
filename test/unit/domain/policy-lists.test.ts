import { expect, it } from 'vitest';
import { DEFAULT_POLICY, policyFaults } from '../../../src/domain/access/policy.js';
import { specOf } from '../../support/definition.js';

/** A list that counts how often its items are read. */
function counted(items: readonly string[]) {
  let reads = 0;
  const list = new Proxy(items, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
      return Reflect.get(target, key, receiver);
    },
  });
  return { list, reads: () => reads };
}

const COUNT = 5_000;
const numbers = Array.from({ length: COUNT }, (_, n) => n);

it('a policy with thousands of entries is not searched again for each image, port and volume', () => {
  const registries = counted(numbers.map((n) => `registry-${n}.example`));
  const publish = counted(numbers.map((n) => `10.0.${n >> 8}.${n & 255}`));
  const hostPaths = counted(numbers.map((n) => `/srv/${n}`));
  const policy = {
    ...DEFAULT_POLICY,
    ...{ images: { registries: registries.list }, publish: publish.list, hostPaths: hostPaths.list },
  };
  const last = COUNT - 1;
  const allowed = specOf({
    image: `registry-${last}.example/web`,
    ports: numbers.slice(1, 1000).map((n) => ({
      ...{ hostIp: `10.0.${last >> 8}.${last & 255}`, hostPort: n, containerPort: n, protocol: 'tcp' as const },
    })),
    volumes: [{ volume: `/srv/${last}`, target: '/data', readOnly: true }],
  });
  for (let round = 0; round < 100; round++) expect(policyFaults(allowed, policy)).toEqual([]);
  expect(
    policyFaults({ ...allowed, volumes: [{ volume: '/etc', target: '/etc', readOnly: true }] }, policy),
  ).toHaveLength(1);
  for (const { reads } of [registries, publish, hostPaths]) expect(reads()).toBeLessThan(3 * COUNT);
});
