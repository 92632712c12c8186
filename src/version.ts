import { readFileSync } from 'node:fs';
import { ownFile } from './root.js';

/** Version from package.json. */
export const VERSION: string = (JSON.parse(readFileSync(ownFile('package.json'), 'utf8')) as { version: string })
  .version;
