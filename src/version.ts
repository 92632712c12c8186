import { readFileSync } from 'node:fs';

/** As package.json says it, which lies above `src` and `dist` alike. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
