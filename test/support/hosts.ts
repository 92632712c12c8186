/** Hosts for the tests of services: one host, of which a test gives the parts that it needs. */

import { LOCAL_HOST } from '../../src/domain/host.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Host, Hosts } from '../../src/reconcile/hosts.js';

type Parts = Partial<Omit<Host, 'engine'>> & { readonly engine?: Partial<Engine> };

export const aHost = (parts: Parts): Host => ({ name: LOCAL_HOST, ...parts }) as Host;

export function oneHost(parts: Parts): Hosts {
  const local = aHost(parts);
  return { local, of: () => local, all: () => [local] };
}
