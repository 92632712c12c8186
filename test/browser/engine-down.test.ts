/** The page while the engine, or Berth itself, is away: what was known last, and that it is that. */

import { afterAll, expect, it } from 'vitest';
import { unique } from '../engine/declaring.js';
import { every, FaultProxy } from '../engine/faults/proxy.js';
import { killed } from '../engine/servers.js';
import { ENGINE_HOST } from '../engine/support.js';
import { browsing, shot, violations } from './support.js';

const proxy = new FaultProxy(ENGINE_HOST);
const berth = browsing(async () => ({ engine: (await proxy.listen()).host }));
afterAll(() => proxy.close());

it('says that the engine is away, since when and why, and that it is back', async () => {
  const name = unique('web');
  const params = { query: { wait: 60 } };
  await berth.client.POST('/v1/containers', { params, body: { name, image: 'training/webapp', ports: ['5000'] } });
  const page = await berth.open();
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await row.getByText('Ready').waitFor();
  proxy.break(every, { kind: 'cut' });
  proxy.cutEvents();
  const banner = page.getByText("The engine can't be reached");
  await banner.waitFor();
  await row.getByText('Unknown').waitFor();
  // What was known last is still there.
  await row.getByRole('link', { name: /→ 5000/ }).waitFor();
  await shot(page, 'engine-down');
  expect(await violations(page)).toEqual([]);
  proxy.heal();
  await banner.waitFor({ state: 'detached' });
  await row.getByText('Ready').waitFor();
});

it('says that Berth is away, and comes back by itself when it is', async () => {
  const page = await berth.open();
  await page.getByText('Connection to Berth: Live').waitFor();
  await killed(berth.server.child);
  await page.getByText('Berth does not respond.').waitFor();
  await page.getByText('Offline').waitFor();
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
  const { port } = new URL(berth.server.url);
  await berth.servers.start({ engine: proxy.host, port: Number(port) });
  await page.getByText('Connection to Berth: Live').waitFor();
  await page.getByText('Berth does not respond.').waitFor({ state: 'detached' });
});
