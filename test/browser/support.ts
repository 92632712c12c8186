/** What the tests of the page share: a real browser, a real server, a real engine. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Client, createClient } from '../../openapi/client.js';
import { type Server, Servers, type StartOptions } from '../engine/servers.js';
import { launch } from './chromium.js';

export interface Browsing {
  readonly servers: Servers;
  readonly server: Server;
  readonly client: Client;
  /**
   * Opens the page in a window of its own. Whatever goes wrong in it fails the test.
   * @param options.token that the person has given already; by default the admin's, null for none
   */
  open(hash?: string, options?: BrowserContextOptions & { readonly token?: string | null }): Promise<Page>;
}

/** Limit in milliseconds for the page to show an expected element. Only a page that never shows it takes as long. */
const PATIENCE_MS = 120_000;

/** A browser and a server for a file of tests. */
export function browsing(options: () => StartOptions | Promise<StartOptions> = () => ({})): Browsing {
  const servers = new Servers();
  const faults: string[] = [];
  let browser: Browser;
  let server: Server;
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      Promise.resolve(options()).then((one) => servers.start({ auth: 'on', ...one })),
      launch(),
    ]);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await servers.end();
  });
  return {
    servers,
    get server() {
      return server;
    },
    get client() {
      return createClient({ baseUrl: server.url, token: () => servers.token() });
    },
    async open(hash = '', { token = servers.token(), ...contextOptions } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
      if (token !== null) {
        await context.addInitScript((given) => sessionStorage.setItem('berth.token', given), token);
      }
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(`an error in the page: ${error.message}`));
      page.on('console', (message) => {
        // That a request was refused is what some tests are about: the browser tells it by itself.
        const isRefusal = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isRefusal) faults.push(`on the console: ${message.text()}`);
      });
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== server.url) faults.push(`asked elsewhere: ${request.url()}`);
      });
      await page.goto(`${server.url}/${hash}`);
      return page;
    },
  };
}

/** Keeps what is to be seen, for people to look at: data/screenshots. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `data/screenshots/${name}.png` });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every fault of accessibility that axe finds in the page as it is now. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

/** Whether anything is wider than the window. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** What has the focus, as a person would call it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: one } = document;
    return `${one?.tagName.toLowerCase()} ${one?.getAttribute('aria-label') ?? one?.textContent?.trim() ?? ''}`;
  });
