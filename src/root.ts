import { fileURLToPath } from 'node:url';

/** The path of a file of this program, given from the folder of package.json, which lies above `src` and `dist` alike. */
export const ownFile = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
