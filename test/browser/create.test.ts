/** Declaring and changing: the plan is seen before anything is done. */

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BerthProblem } from '../../openapi/client.js';
import { unique } from '../engine/declaring.js';
import { eventually } from '../engine/support.js';
import { browsing, shot, violations } from './support.js';

const berth = browsing();
const db = unique('db');
beforeAll(async () => {
  const params = { query: { wait: 60 } };
  await berth.client.POST('/v1/containers', { params, body: { name: db, image: 'training/postgres' } });
});

const get = async (name: string) =>
  (await berth.client.GET('/v1/containers/{name}', { params: { path: { name } } })).data;
const isThere = (name: string): Promise<boolean> =>
  get(name).then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(BerthProblem);
      return false;
    },
  );
const plan = (page: Page) => page.getByRole('button', { name: 'Show plan' }).click();
const steps = (page: Page) => page.locator('.steps li').allInnerTexts();

describe('a new container', () => {
  it('is declared by the form, once its plan was seen', async () => {
    const name = unique('form');
    const page = await berth.open('#/new');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Image', { exact: true }).fill('training/webapp');
    await page.getByRole('button', { name: 'Add a port' }).click();
    await page.keyboard.type('5000');
    await page.getByRole('button', { name: 'Add a link' }).click();
    await page.keyboard.type(db);
    await page.getByRole('button', { name: 'Add a variable' }).click();
    await page.keyboard.type('PROVIDER');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a person');
    await plan(page);
    await page.getByText(`${name} would be declared`).waitFor();
    expect((await steps(page)).map((step) => step.split('\n')[0])).toEqual(['create', 'start']);
    expect(await isThere(name)).toBe(false);
    await page.getByRole('button', { name: 'Create container' }).click();
    await page.getByRole('complementary', { name }).getByText('Ready: Yes').waitFor();
    expect(await get(name)).toMatchObject({
      ...{ image: 'training/webapp', env: { PROVIDER: 'a person' }, ports: [{ containerPort: 5000 }] },
      links: [{ container: db, alias: db }],
    });
  });

  it('is declared from a docker run line, and what can not be taken over is told', async () => {
    const name = unique('pasted');
    const page = await berth.open('#/new');
    const line = `docker run -d -P --name ${name} --link ${db}:db -e 'A=b c' --cgroup-parent batch training/webapp python app.py`;
    await page.getByLabel(/Paste a docker run command/).fill(line);
    await page.getByRole('button', { name: 'Fill the form' }).click();
    await page.getByText('--cgroup-parent batch').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(name);
    expect(await page.getByLabel('Command', { exact: true }).inputValue()).toBe('python\napp.py');
    expect(await isThere(name)).toBe(false);
    await plan(page);
    await page.getByText(`${name} would be declared`).waitFor();
    await shot(page, 'create');
    await page.getByRole('button', { name: 'Create container' }).click();
    await page.getByRole('complementary', { name }).getByText('Ready: Yes').waitFor();
    expect(await get(name)).toMatchObject({
      publishAll: true,
      env: { A: 'b c' },
      links: [{ container: db, alias: 'db' }],
    });
  });

  it('is asked for the variables of a docker run line that are not set, and they are put in', async () => {
    const page = await berth.open('#/new');
    const line = page.getByLabel(/Paste a docker run command/);
    const variables = page.getByLabel('Variables (env)');
    const fill = page.getByRole('button', { name: 'Fill the form' });
    await line.fill('docker run --name $NAME -e TOKEN training/webapp');
    expect(await variables.count()).toBe(0);
    await fill.click();
    await page.getByText('NAME is not set: send it in env').waitFor();
    expect(await violations(page)).toEqual([]);
    await variables.fill('NAME');
    await fill.click();
    await page.getByText('the variable NAME has no value').waitFor();
    await variables.fill('NAME=given');
    await fill.click();
    await page.getByText('TOKEN is not set: send it in env').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('given');
    await variables.fill('NAME=given\nTOKEN=a b=c');
    await fill.click();
    await page.getByText('TOKEN is not set').waitFor({ state: 'detached' });
    const row = page.locator('.rows.env .row input');
    await row.first().waitFor();
    expect(await row.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).toEqual([
      'TOKEN',
      'a b=c',
    ]);
  });

  it('has a line that is no docker run line refused, with the place', async () => {
    const page = await berth.open('#/new');
    await page.getByLabel(/Paste a docker run command/).fill('docker run "nginx');
    await page.getByRole('button', { name: 'Fill the form' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/quot/i);
    expect(await page.getByLabel(/Paste a docker run command/).getAttribute('aria-invalid')).toBe('true');
  });

  it('has each fault shown at its field, and the first one has the focus', async () => {
    const page = await berth.open('#/new');
    await page.getByLabel('Name', { exact: true }).fill(db);
    await page.getByLabel('Image', { exact: true }).fill('training/webapp');
    for (const text of ['', '70000:80', '80']) {
      await page.getByRole('button', { name: 'Add a port' }).click();
      await page.keyboard.type(text);
    }
    await page.getByRole('button', { name: 'Add a link' }).click();
    await page.keyboard.type('nobody');
    await plan(page);
    await page.getByText('Nothing was changed.').waitFor();
    const port = page.getByLabel('Port 2', { exact: true });
    expect(await port.getAttribute('aria-invalid')).toBe('true');
    const told = await page.locator(`[id="${await port.getAttribute('aria-describedby')}"]`).innerText();
    expect(told).toContain('70000');
    expect(await page.getByLabel('Port 3', { exact: true }).getAttribute('aria-invalid')).toBe('false');
    expect(await page.getByLabel('Container of link 1', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Port 2');
    await shot(page, 'faults');
    await page.getByLabel('Port 2', { exact: true }).fill('7000:80');
    await page.getByRole('button', { name: 'Remove link 1' }).click();
    await plan(page);
    await page
      .getByText(/already exists/)
      .first()
      .waitFor();
  });
});

describe('a change', () => {
  it('says what would be interrupted, does nothing before it is agreed to, and is planned again once a field is another', async () => {
    const name = unique('changed');
    const client = berth.client;
    const params = { query: { wait: 60 } };
    await client.POST('/v1/containers', {
      params,
      body: { name, image: 'training/postgres', labels: { kept: 'yes' } },
    });
    const recipient = unique('recipient');
    await client.POST('/v1/containers', { params, body: { name: recipient, image: 'training/webapp', links: [name] } });
    const page = await berth.open(`#/containers/${name}/edit`);
    await page.getByRole('button', { name: 'Add a variable' }).click();
    await page.keyboard.type('COLOR');
    await plan(page);
    const interrupted = page.locator('.interrupted li');
    await interrupted.filter({ hasText: recipient }).waitFor();
    expect(await interrupted.count()).toBe(2);
    await shot(page, 'change');
    expect((await get(name)).generation).toBe(1);
    await page.getByLabel('Value of variable 1').fill('blue');
    expect(await page.getByRole('button', { name: 'Apply change' }).count()).toBe(0);
    await plan(page);
    await page.getByRole('button', { name: 'Apply change' }).click();
    await page.getByRole('complementary', { name }).waitFor();
    expect(await get(name)).toMatchObject({ generation: 2, env: { COLOR: 'blue' }, labels: { kept: 'yes' } });
    await eventually(async () => expect((await get(recipient)).status.ready).toBe(true), 60_000);
  });

  it('of what somebody else has changed meanwhile is refused', async () => {
    const page = await berth.open(`#/containers/${db}/edit`);
    await page.getByLabel('Image', { exact: true }).waitFor();
    await berth.client.PATCH('/v1/containers/{name}', { params: { path: { name: db } }, body: { labels: { a: 'b' } } });
    await page.getByRole('button', { name: 'Add a variable' }).click();
    await page.keyboard.type('COLOR');
    await plan(page);
    await page.getByRole('alert').getByText('Nothing was changed.').waitFor();
    expect(await get(db)).toMatchObject({ env: {}, labels: { a: 'b' } });
  });
});
