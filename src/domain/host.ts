/** Hosts: each has one container engine, with ledgers of its own for what its definitions claim there. */

import type { Definition } from './definition/definition.js';

/** Name of the host whose engine Berth was started with. */
export const LOCAL_HOST = 'local';

/** Returns the name of the host that a definition is for. There is one host, so definitions don't name it. */
export const hostOf = (_definition: Pick<Definition, 'uid'>): string => LOCAL_HOST;
