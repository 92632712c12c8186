/** The page and Swagger UI ask for a token once; what a viewer may not do is not offered. */

import { describe, expect, it } from 'vitest';
import { unique } from '../engine/declaring.js';
import { browsing, shot, violations } from './support.js';

const berth = browsing();

describe('the page', () => {
  it('asks once for the token, says when it is refused, and keeps it as long as the tab is open', async () => {
    const name = unique('seen');
    await berth.client.POST('/v1/containers', { body: { name, image: 'training/webapp', state: 'stopped' } });
    const page = await berth.open('', { token: null });
    const dialog = page.getByRole('dialog', { name: 'Sign in with a token' });
    await dialog.waitFor();
    await shot(page, 'token');
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('Token').fill('berth_not-this-one');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('The token was rejected').waitFor();
    await dialog.getByLabel('Token').fill(berth.servers.token());
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name, exact: true }).waitFor();
    await page.getByText('Connection to Berth: Live').waitFor();
    await page.reload();
    await page.getByRole('link', { name, exact: true }).waitFor();
    expect(await dialog.isVisible()).toBe(false);
    expect(page.url()).not.toContain('token');
  });

  it('signs in with the link that npm start prints, and removes the token from the address', async () => {
    const name = unique('linked');
    await berth.client.POST('/v1/containers', { body: { name, image: 'training/webapp', state: 'stopped' } });
    const page = await berth.open(`#token=${berth.servers.token()}`, { token: null });
    await page.getByRole('link', { name, exact: true }).waitFor();
    expect(page.url()).toBe(`${berth.server.url}/`);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  it('takes the token of a link that is opened in a tab that shows the page already', async () => {
    const name = unique('linked');
    await berth.client.POST('/v1/containers', { body: { name, image: 'training/webapp', state: 'stopped' } });
    const page = await berth.open('', { token: null });
    await page.getByRole('dialog', { name: 'Sign in with a token' }).waitFor();
    await page.goto(`${berth.server.url}/#token=${berth.servers.token()}`);
    await page.getByRole('link', { name, exact: true }).waitFor();
    expect(page.url()).toBe(`${berth.server.url}/`);
  });

  it('offers a viewer nothing to change, and shows no value of a variable', async () => {
    const name = unique('shown');
    const env = { SECRET: 'for-operators-alone' };
    await berth.client.POST('/v1/containers', { body: { name, image: 'training/webapp', state: 'stopped', env } });
    const { data } = await berth.client.POST('/v1/tokens', { body: { name: unique('eyes'), role: 'viewer' } });
    const page = await berth.open(`#/containers/${name}`, { token: data.token });
    await page.getByRole('heading', { name }).waitFor();
    await page.getByText('SECRET').first().waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'New container' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Delete', exact: true }).count()).toBe(0);
    expect(await page.content()).not.toContain(env.SECRET);
    await shot(page, 'viewer');
  });
});

describe('Swagger UI', () => {
  it('works with its Authorize button, with files of this server alone', async () => {
    const page = await berth.open('docs', { token: null });
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.locator('.auth-container input').fill(berth.servers.token());
    await page.locator('.auth-btn-wrapper').getByRole('button', { name: 'Apply credentials' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    const operation = page.locator('#operations-access-getOwnToken');
    await operation.scrollIntoViewIfNeeded();
    await operation.getByRole('button').first().click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText('"admin"').first().waitFor();
    await shot(page, 'swagger-ui-authorized');
  });
});
