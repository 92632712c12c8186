/** A container's panel: how it is and why, what happened, its log, and what can be done with it. */

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { unique } from '../engine/declaring.js';
import { eventually, inside } from '../engine/support.js';
import { browsing, shot } from './support.js';

const berth = browsing();
const [db, web, broken] = [unique('db'), unique('web'), unique('broken')];
/** Writes a line on each stream whenever it is asked to, by a file. */
const TALK =
  'echo begun; while :; do if [ -e /tmp/say ]; then cat /tmp/say; cat /tmp/say >&2; rm /tmp/say; fi; sleep 0.1; done';

beforeAll(async () => {
  const wait = { params: { query: { wait: 60 } } };
  const env = { SECRET_KEY: 'not-to-be-shown' };
  await berth.client.POST('/v1/containers', { ...wait, body: { name: db, image: 'training/postgres', env } });
  const command = ['sh', '-c', TALK];
  const body = { name: web, image: 'training/webapp', command, ports: ['5000'], links: [`${db}:db`] };
  await berth.client.POST('/v1/containers', { ...wait, body });
  await berth.client.POST('/v1/containers', { body: { name: broken, image: 'training/nothing', pullPolicy: 'never' } });
});

const panel = (page: Page, name: string) => page.getByRole('complementary', { name });
const part = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const stateOf = async (name: string) =>
  (await berth.client.GET('/v1/containers/{name}', { params: { path: { name } } })).data;

describe('the panel', () => {
  it('says of each condition how it is, why, and what to do', async () => {
    const page = await berth.open(`#/containers/${broken}`);
    const conditions = part(page, 'Conditions');
    await conditions.getByText('Image available: No').waitFor();
    const { status } = await stateOf(broken);
    const message = status.conditions.find((one) => one.type === 'ImageAvailable')?.message ?? '';
    expect(message).not.toBe('');
    expect(await conditions.innerText()).toContain(message);
  });

  it('shows ports as links, links both ways, and of variables only the names', async () => {
    const page = await berth.open(`#/containers/${web}`);
    await part(page, 'Ports')
      .getByRole('link', { name: /→ 5000/ })
      .waitFor();
    const { status } = await stateOf(web);
    expect(await part(page, 'Links').innerText()).toContain(status.links[0]?.address ?? 'an address');
    await part(page, 'Links').getByRole('link', { name: db }).click();
    await panel(page, db).waitFor();
    expect(await part(page, 'Links').innerText()).toMatch(new RegExp(`linked by\\s+${web}`));
    expect(await part(page, 'Variables').innerText()).toContain('SECRET_KEY');
    expect(await page.content()).not.toContain('not-to-be-shown');
  });

  it('shows what happens as it happens', async () => {
    const page = await berth.open(`#/containers/${db}`);
    const events = part(page, 'Recent events').getByRole('listitem');
    await events.filter({ hasText: 'definition created' }).waitFor();
    await berth.client.POST('/v1/containers/{name}/restart', { params: { path: { name: db } } });
    await events
      .filter({ hasText: /^Restart/ })
      .first()
      .waitFor();
    await eventually(async () => expect((await stateOf(db)).status.ready).toBe(true), 60_000);
  });

  it('says so of a container that is not there', async () => {
    const page = await berth.open('#/containers/nobody');
    await page.getByText('Container "nobody" not found').waitFor();
  });
});

describe('the log', () => {
  const say = (text: string) => inside(web, 'sh', '-c', `echo '${text}' > /tmp/say`);
  const log = (page: Page) => page.getByRole('region', { name: `Log of ${web}` });

  it('is followed, both streams told apart', async () => {
    const page = await berth.open(`#/containers/${web}`);
    await log(page).getByText('begun').waitFor();
    await say('first words');
    await log(page).locator('.stdout', { hasText: 'first words' }).waitFor();
    expect(await log(page).locator('.stderr', { hasText: 'first words' }).innerText()).toMatch(/^err/);
  });

  it('stands still while it is paused, and has missed nothing then', async () => {
    const page = await berth.open(`#/containers/${web}`);
    await log(page).getByText('begun').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await say('said meanwhile');
    await page.getByRole('button', { name: 'Resume (2 more)' }).waitFor();
    expect(await log(page).getByText('said meanwhile').count()).toBe(0);
    await page.getByRole('button', { name: /Resume/ }).click();
    await expect.poll(() => log(page).getByText('said meanwhile').count()).toBe(2);
  });

  it('goes on with the next run of the container', async () => {
    const page = await berth.open(`#/containers/${web}`);
    await log(page).getByText('begun').waitFor();
    await page.getByRole('button', { name: 'Restart', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restart', exact: true }).click();
    await expect.poll(() => log(page).getByText('begun').count()).toBe(2);
  });
});

describe('what can be done', () => {
  it('is asked about first where it interrupts, and says who else is', async () => {
    const page = await berth.open(`#/containers/${db}`);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Stop ${db}?` });
    expect(await dialog.innerText()).toContain(web);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await stateOf(db)).state).toBe('running');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await panel(page, db).getByRole('button', { name: 'Start', exact: true }).click();
    await eventually(async () => expect((await stateOf(db)).status.ready).toBe(true), 60_000);
    await panel(page, db).getByRole('button', { name: 'Stop', exact: true }).waitFor();
  });

  it('explains that others link to what is to be deleted, and deletes it only if one insists', async () => {
    const page = await berth.open(`#/containers/${db}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Delete ${db}?` });
    await dialog.getByText(`${web} links to it`).waitFor();
    await shot(page, 'delete-in-use');
    expect(await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.goto(`${berth.server.url}/#/containers/${web}`);
    await panel(page, web).getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByText('remove').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText(`Container "${web}" not found`).waitFor();
  });
});
