/** The link graph: drawn, live, and a way to each container. */

import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { unique } from '../engine/declaring.js';
import { browsing, focused, isTooWide, shot } from './support.js';

const berth = browsing();
const [db, api, web] = [unique('db'), unique('api'), unique('web')];
beforeAll(async () => {
  const params = { query: { wait: 60 } };
  const containers = [
    { name: db, image: 'training/postgres' },
    { name: api, image: 'training/webapp', links: [`${db}:db`] },
    { name: web, image: 'training/webapp', links: [api], ports: ['5000'] },
  ];
  await berth.client.POST('/v1/apply', { params, body: { containers } });
});

const node = (page: Page, name: string) => page.locator(`[id="container:${name}"]`);
const edge = (page: Page, recipient: string, alias: string) => page.locator(`[id="link:${recipient}/${alias}"]`);

it('draws every container, link and host port, and what is not ready otherwise', async () => {
  const page = await berth.open('#/graph');
  for (const name of [db, api, web]) await page.locator(`[id="container:${name}"].tone-ready`).waitFor();
  await edge(page, api, 'db').waitFor({ state: 'attached' });
  await edge(page, web, api).waitFor({ state: 'attached' });
  await shot(page, 'graph-of-three');
  const { data } = await berth.client.GET('/v1/containers/{name}', { params: { path: { name: web } } });
  const url = `http://${new URL(berth.server.url).hostname}:${data.status.ports[0]?.hostPort}/`;
  expect(await page.locator('.host-port a').getAttribute('href')).toBe(url);
});

it('is live: a new link is drawn, a container that stops is another one to the eye', async () => {
  const page = await berth.open('#/graph');
  await node(page, web).waitFor();
  const name = unique('later');
  const body = { name, image: 'training/webapp', links: [`${db}:store`] };
  await berth.client.POST('/v1/containers', { body });
  await edge(page, name, 'store').waitFor({ state: 'attached' });
  await berth.client.POST('/v1/containers/{name}/stop', { params: { path: { name } } });
  await page.locator(`[id="container:${name}"].tone-stopped`).waitFor();
  await berth.client.DELETE('/v1/containers/{name}', { params: { path: { name } } });
  await node(page, name).waitFor({ state: 'detached' });
});

it('leads to each container by keyboard, stays beside its panel, and keeps the focus when it is drawn anew', async () => {
  const page = await berth.open('#/graph');
  await node(page, api).waitFor();
  const order: string[] = [];
  for (let n = 0; n < 40 && !order.at(-1)?.startsWith(`a ${api}`); n++) {
    await page.keyboard.press('Tab');
    order.push(await focused(page));
  }
  expect(order.at(-1)).toMatch(new RegExp(`^a ${api}`));
  await berth.client.PATCH('/v1/containers/{name}', { params: { path: { name: web } }, body: { state: 'stopped' } });
  await page.locator(`[id="container:${web}"].tone-stopped`).waitFor();
  expect(await focused(page)).toMatch(new RegExp(`^a ${api}`));
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: api }).waitFor();
  expect(new URL(page.url()).hash).toBe(`#/graph/${api}`);
  expect(await node(page, api).locator('a').getAttribute('aria-current')).toBe('true');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toMatch(new RegExp(`^a ${api}`));
  await berth.client.PATCH('/v1/containers/{name}', { params: { path: { name: web } }, body: { state: 'running' } });
});

it('is scrolled in its own frame on a phone, or fitted into it', async () => {
  const page = await berth.open('#/graph', { viewport: { width: 360, height: 740 } });
  await node(page, api).waitFor();
  expect(await isTooWide(page)).toBe(false);
  const widthOf = () => page.locator('.drawing svg').evaluate((svg) => svg.getBoundingClientRect().width);
  await expect.poll(widthOf).toBeGreaterThan(360);
  await page.getByRole('button', { name: 'Fit to window' }).click();
  await expect.poll(widthOf).toBeLessThanOrEqual(360);
});
