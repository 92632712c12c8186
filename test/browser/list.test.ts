/** The list: what runs where, as it changes. */

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { unique } from '../engine/declaring.js';
import { browsing, isTooWide, shot } from './support.js';

const berth = browsing();
const [db, web, broken] = [unique('db'), unique('web'), unique('broken')];

beforeAll(async () => {
  const wait = { params: { query: { wait: 60 } } };
  await berth.client.POST('/v1/containers', { ...wait, body: { name: db, image: 'training/postgres' } });
  const body = { name: web, image: 'training/webapp', ports: ['5000', '5001/udp'], links: [`${db}:db`] };
  await berth.client.POST('/v1/containers', { ...wait, body });
  await berth.client.POST('/v1/containers', { body: { name: broken, image: 'training/nothing', pullPolicy: 'never' } });
});

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
const names = (page: Page) => page.locator('tbody th a').allTextContents();

describe('a row', () => {
  it('tells status, image, links and ports, and a TCP port is a link to what answers there', async () => {
    const page = await berth.open();
    const text = await row(page, web).innerText();
    expect(text).toMatch(/Ready/);
    expect(text).toMatch(/training\/webapp/);
    expect(text).toContain(db);
    expect(text).toMatch(/\d+\s+→ 5001\/udp/);
    await row(page, broken).getByText('Image absent', { exact: true }).waitFor();
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      row(page, web)
        .getByRole('link', { name: /→ 5000/ })
        .click(),
    ]);
    await opened.waitForLoadState();
    expect(await opened.locator('body').innerText()).toContain('Hello world!');
  });

  it('changes by itself, and the change is said', async () => {
    const page = await berth.open();
    await row(page, db).getByText('Ready').waitFor();
    await berth.client.POST('/v1/containers/{name}/stop', { params: { path: { name: db } } });
    await row(page, db).getByText('Stopped').waitFor();
    await expect.poll(() => page.locator('[aria-live]').innerText()).toContain(db);
    await berth.client.POST('/v1/containers/{name}/start', { params: { path: { name: db }, query: { wait: 60 } } });
    await row(page, db).getByText('Ready').waitFor();
  });

  it('comes and goes by itself', async () => {
    const page = await berth.open();
    const name = unique('guest');
    await row(page, db).waitFor();
    await berth.client.POST('/v1/containers', { body: { name, image: 'training/webapp', state: 'stopped' } });
    await row(page, name).waitFor();
    await berth.client.DELETE('/v1/containers/{name}', { params: { path: { name } } });
    await row(page, name).waitFor({ state: 'detached' });
  });
});

describe('the list', () => {
  it('is searched, filtered by kind, and sorted', async () => {
    const page = await berth.open();
    await row(page, web).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(`:`);
    await expect.poll(() => names(page)).toEqual([web]);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: /^Failing/ }).click();
    await expect.poll(() => names(page)).toEqual([broken]);
    await page.getByRole('button', { name: /^All/ }).click();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await expect.poll(() => names(page)).toEqual([web, db, broken].toSorted().reverse());
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('of a hundred is read at a glance: each on one line, its name whole', async () => {
    const containers = Array.from({ length: 100 }, (_, n) => ({
      ...{ name: `fleet-${String(n).padStart(3, '0')}`, image: 'training/webapp', state: 'stopped' as const },
      ...{ ports: [`${20_000 + n}:5000`], links: n > 0 ? [`fleet-${String(n - 1).padStart(3, '0')}:up`] : [] },
    }));
    await berth.client.POST('/v1/apply', { body: { set: 'fleet', containers } });
    const page = await berth.open();
    await page.getByRole('searchbox').fill('fleet-');
    await expect.poll(async () => (await names(page)).length).toBe(100);
    const measured = await page.evaluate(() =>
      [...document.querySelectorAll('tbody tr')].map((tr) => {
        const link = tr.querySelector('th a') as HTMLElement;
        const cell = link.parentElement as HTMLElement;
        return {
          height: tr.clientHeight,
          isWhole: link.offsetLeft + link.offsetWidth <= cell.offsetLeft + cell.offsetWidth,
        };
      }),
    );
    expect(Math.max(...measured.map(({ height }) => height))).toBeLessThanOrEqual(36);
    expect(measured.every(({ isWhole }) => isWhole)).toBe(true);
    await shot(page, 'hundred');
    // A change among a hundred is one row: what is read for it is that row, and those that it links.
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await berth.client.PATCH('/v1/containers/{name}', {
      params: { path: { name: 'fleet-050' } },
      body: { image: 'mysql' },
    });
    await row(page, 'fleet-050').getByTitle('mysql').waitFor();
    expect(asked.filter((path) => path === '/v1/containers')).toEqual([]);
    expect(asked.length).toBeLessThan(8);
    await berth.client.POST('/v1/apply', { body: { set: 'fleet', prune: true, containers: [] } });
  });

  it('shows the host port that a stopped container keeps', async () => {
    const name = unique('stopped');
    const body = { name, image: 'training/webapp', ports: ['5000', '127.0.0.1:5001:5001'], state: 'stopped' as const };
    const { data } = await berth.client.POST('/v1/containers', { body });
    const kept = data.status.reserved.find(({ containerPort }) => containerPort === 5000);
    const page = await berth.open();
    await row(page, name).getByText(`${kept?.hostPort} → 5000`).waitFor();
    await row(page, name).getByText('127.0.0.1:5001 → 5001').waitFor();
    expect(await row(page, name).getByRole('link', { name: /→/ }).count()).toBe(0);
    await shot(page, 'stopped');
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('complementary', { name }).getByText(`${kept?.hostPort} → 5000`).waitFor();
    await berth.client.DELETE('/v1/containers/{name}', { params: { path: { name } } });
  });

  it('is all there on a phone', async () => {
    const page = await berth.open('', { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await row(page, web).waitFor();
    expect(await isTooWide(page)).toBe(false);
    await shot(page, 'phone');
    await row(page, web).getByRole('link', { name: web }).tap();
    await page.getByRole('heading', { name: web }).waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await page.locator('main').isVisible()).toBe(false);
    await shot(page, 'phone-panel');
    await page.getByRole('link', { name: `Close ${web}` }).tap();
    await row(page, web).waitFor();
  });
});
