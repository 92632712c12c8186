/** Many at once, and nothing at all. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { ENGINE_HOST, type TestBerth, testBerth } from '../support.js';
import { staysIdle } from './idle.js';
import { FaultProxy } from './proxy.js';
import { startAtOnce } from './starts.js';

let proxy: FaultProxy;
let t: TestBerth;
beforeEach(async () => {
  proxy = await new FaultProxy(ENGINE_HOST).listen();
  t = await testBerth({ engine: proxy.host });
});
afterEach(async () => {
  await t.stop();
  await proxy.close();
});

it('thirty starts at once are done a few at a time, and each is done once', () => startAtOnce(t, proxy, 30));

it('a converged server writes neither to the engine nor to the database, relists included', async () => {
  await staysIdle(t, proxy, { definitions: 6, ms: 30_000 });
  expect(proxy.count(({ path }) => path.startsWith('/containers/json'))).toBeGreaterThan(1);
});
