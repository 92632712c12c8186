/** For everybody: by keyboard alone, with a screen reader, in light and dark, with little room and little motion. */

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { unique } from '../engine/declaring.js';
import { browsing, focused, shot, violations } from './support.js';

const berth = browsing();
const [db, web, broken] = [unique('db'), unique('web'), unique('broken')];
beforeAll(async () => {
  const wait = { params: { query: { wait: 60 } } };
  await berth.client.POST('/v1/containers', {
    ...wait,
    body: { name: db, image: 'training/postgres', env: { A: 'b' } },
  });
  const body = { name: web, image: 'training/webapp', ports: ['5000'], links: [`${db}:db`] };
  await berth.client.POST('/v1/containers', { ...wait, body });
  await berth.client.POST('/v1/containers', { body: { name: broken, image: 'training/nothing', pullPolicy: 'never' } });
});

/** Presses a key until what has the focus is this. @throws when it never gets there */
async function until(page: Page, key: string, what: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press(key);
    const one = await focused(page);
    if (what.test(one)) return;
    seen.push(one);
  }
  expect.fail(`${what} never had the focus, but: ${seen.join(' | ')}`);
}

interface View {
  readonly what: string;
  readonly hash: string;
  /** What has to be done in it before it shows all that it has. */
  readonly open?: (page: Page) => Promise<void>;
}

const VIEWS: readonly View[] = [
  { what: 'the list', hash: '' },
  { what: 'a panel', hash: `#/containers/${web}` },
  { what: 'a panel of what fails', hash: `#/containers/${broken}` },
  { what: 'the graph', hash: `#/graph/${web}`, open: (page) => page.locator('.drawing .tone-ready').first().waitFor() },
  {
    what: 'the form',
    hash: '#/new',
    async open(page) {
      for (const one of ['port', 'link', 'variable']) {
        await page.getByRole('button', { name: `Add a ${one}` }).click();
      }
      await page.getByRole('button', { name: 'Show plan' }).click();
      await page.getByText('Nothing was changed.').waitFor();
    },
  },
  {
    what: 'a plan',
    hash: `#/containers/${db}/edit`,
    async open(page) {
      await page.getByLabel('Name of variable 1').fill('ANOTHER');
      await page.getByRole('button', { name: 'Show plan' }).click();
      await page.locator('.interrupted').waitFor();
    },
  },
  {
    what: 'a dialog',
    hash: `#/containers/${db}`,
    async open(page) {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog').getByText('links to it').waitFor();
    },
  },
];

describe.each(['light', 'dark'] as const)('in %s, axe finds nothing wrong with', (colorScheme) => {
  it.each(VIEWS)('$what', async ({ what, hash, open }) => {
    const page = await berth.open(hash, { colorScheme });
    await page.getByText('Connection to Berth: Live').waitFor();
    await page.locator('tbody tr, form.definition, .graph').first().waitFor();
    await open?.(page);
    await shot(page, `${what.replaceAll(' ', '-')}-${colorScheme}`);
    expect(await violations(page)).toEqual([]);
  });
});

describe('axe finds nothing wrong', () => {
  it('with the dialog that asks before a container is deleted, and its steps', async () => {
    const page = await berth.open(`#/containers/${web}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Steps on the engine', level: 3 }).waitFor();
    await shot(page, 'delete-dialog');
    expect(await violations(page)).toEqual([]);
  });

  it('on a phone, where the panel is what the page is about', async () => {
    const page = await berth.open(`#/containers/${web}`, { viewport: { width: 360, height: 740 } });
    await page.getByRole('main', { name: web }).getByText('Ready: Yes').waitFor();
    expect(await page.getByRole('main').count()).toBe(1);
    await shot(page, 'panel-on-a-phone');
    expect(await violations(page)).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  it('one gets from the list to a container, stops and starts it, and is back where one was', async () => {
    const page = await berth.open();
    await page.getByRole('link', { name: web, exact: true }).waitFor();
    await until(page, 'Tab', new RegExp(`^a ${web}`));
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(`h2 ${web}`);
    await until(page, 'Tab', /^button Stop/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await until(page, 'Tab', /^button Stop/);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: web }).getByText('Stopped').first().waitFor();
    await until(page, 'Shift+Tab', /^h2|^button|^a /);
    await until(page, 'Tab', /^button Start/);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: web }).getByText('Ready: Yes').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe(`a ${web}`);
  });

  it('a dialog is left by Escape, and gives the focus back', async () => {
    const page = await berth.open(`#/containers/${db}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('button Delete');
    await page.getByRole('heading', { name: db }).waitFor();
  });

  it('one declares a container', async () => {
    const name = unique('typed');
    const page = await berth.open();
    await until(page, 'Tab', /^a .*New container/);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('h2 New container');
    await until(page, 'Tab', /^textarea/);
    await page.keyboard.type(`docker run -d --name ${name} training/webapp`);
    await until(page, 'Tab', /^button Fill the form/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe(name);
    await until(page, 'Tab', /^button Show plan/);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(`h3 ${name} would be declared`);
    await until(page, 'Tab', /^button Create container/);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name }).waitFor();
  });

  it('nothing holds the focus: with Tab one gets round the whole page', async () => {
    const page = await berth.open(`#/containers/${web}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    await until(page, 'Tab', /^body/);
    await until(page, 'Shift+Tab', /^button Skip/);
  });

  it('where the focus is can be seen', async () => {
    const page = await berth.open();
    await until(page, 'Tab', new RegExp(`^a ${web}`));
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).toBe('solid');
  });
});

it('who wants less motion gets none', async () => {
  const page = await berth.open('', { reducedMotion: 'reduce' });
  await page.locator('tbody tr').first().waitFor();
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});

it('the colours can be chosen, and stay chosen', async () => {
  const page = await berth.open('', { colorScheme: 'light' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Colours: system' }).click();
  await page.getByRole('button', { name: 'Colours: light' }).click();
  await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
  expect(await ground()).toBe(dark);
});

it('nothing moves as the page fills', async () => {
  const page = await berth.open();
  await page.addInitScript(() => {
    (globalThis as unknown as { shifts: number }).shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shifts: number }).shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await page.locator('tbody tr').first().waitFor();
  await page.getByText('Connection to Berth: Live').waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts)).toBeLessThan(0.02);
});
