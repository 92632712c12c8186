/** Names on a user-defined network: for every container there, whichever container has them at the moment. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { eventually, inside, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());
const { declare, change, ready } = declaring(() => t);

it('an alias on a network leads to its container, and to the one that replaces it', async () => {
  const [network, alias] = [unique('net'), unique('store')];
  const names = { networkAliases: [alias, 'Other.Name'], stopTimeoutSeconds: 1 };
  const source = await declare({ name: unique('db'), image: 'mysql', network, ...names });
  const other = await declare({ name: unique('web'), image: 'training/webapp', network });
  const address = (name: string) => inside(other.name, 'ping', '-c', '1', name);
  expect(await address(alias)).toContain(`(${source.status.container?.ipAddress})`);
  expect(await address('other.name')).toContain(`(${source.status.container?.ipAddress})`);

  await change(source.name, { env: { CHANGED: 'yes' } });
  const replaced = await ready(source.name, (view) => view.status.observedGeneration === 2);
  await eventually(async () => expect(await address(alias)).toContain(`(${replaced.status.container?.ipAddress})`));
});
