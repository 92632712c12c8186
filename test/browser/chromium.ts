import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where the browser is. @throws Error that says what to install */
export function chromiumPath(): string {
  const given = process.env['BERTH_TEST_CHROMIUM'];
  const found = (given === undefined ? PLACES : [given]).find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new Error('no Chromium was found: install it (Debian: apt-get install chromium), or set BERTH_TEST_CHROMIUM');
}

/** Nothing of it leaves the machine, and nothing of it needs a screen. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
