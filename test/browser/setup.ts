import { existsSync } from 'node:fs';
import { setup as makeImages } from '../engine/setup.js';
import { chromiumPath } from './chromium.js';

/** Before all tests in the browser: what they need is there, or they say so. */
export async function setup(): ReturnType<typeof makeImages> {
  if (!existsSync('dist/page/index.html')) throw new Error('the page is not built: run npm run build');
  chromiumPath();
  return makeImages();
}
