/** Invariants of links: the source's container, its address in the recipient's `/etc/hosts` and variables. */

import type { Definition } from '../../../src/domain/definition/definition.js';
import { isUp, type SimContainer } from '../engine.js';
import { canRun, currentOf, definitionsOf } from './facts.js';
import { invariant, type SimWorld, Violated } from './invariant.js';

export const readyHasAliases = invariant({
  name: 'ready recipients resolve their aliases',
  when: ['step'],
  meaning:
    "a recipient is ready only with a line for each alias in its `/etc/hosts`, and a link is resolved only with the source's current address there",
  check({ server, engine }) {
    if (server === undefined) return;
    for (const definition of server.store.all()) {
      if (definition.spec.links.length === 0 || definition.spec.network !== 'bridge') continue;
      const { ready, container: seen, links, conditions } = server.reconciler.status.of(definition);
      const container = engine.containers.get(seen?.id ?? '');
      const isSeenRun = container?.startedAt === seen?.startedAt && container?.starting === null && isUp(container);
      if (!isSeenRun) continue;
      const isResolved = conditions.some(({ type, status }) => type === 'LinksResolved' && status === 'True');
      for (const { link, source } of links) {
        const address = container.hosts?.get(link.alias);
        if (ready && address === undefined && container.links.has(link.alias)) {
          throw new Violated(`${definition.name} is ready, and has no line for ${link.alias}`);
        }
        if (!isResolved || source.kind !== 'running') continue;
        const present = engine.containers.get(source.container.id);
        const isSeen = present?.startedAt === source.container.startedAt && present.starting === null;
        if (isSeen && present.address !== '' && present.address !== address) {
          const message = `${definition.name} resolves ${link.alias} as ${address}, and it is at ${present.address}`;
          throw new Violated(message);
        }
      }
    }
  },
});

/** Recipients whose links must be right at the end, with their containers. */
const recipients = (world: SimWorld): readonly (readonly [Definition, SimContainer])[] =>
  definitionsOf(world).flatMap((definition) => {
    const container = currentOf(world, definition);
    const isChecked = canRun(world, definition) && definition.spec.onLinkChange !== 'ignore';
    return isChecked && container !== undefined ? [[definition, container] as const] : [];
  });

export const linksAreCurrent = invariant({
  name: 'links lead to current containers',
  when: ['end'],
  meaning: "a recipient is linked to its source's current container, and its variables have the current address",
  check(world) {
    for (const [{ name, spec }, container] of recipients(world)) {
      const addresses = spec.links.map(({ container: sourceName, alias }) => {
        const source = world.engine.outside.find(sourceName);
        if (spec.network === 'bridge' && container.links.get(alias) !== source?.id) {
          throw new Violated(`${name} is not linked to the current container of ${sourceName}`);
        }
        return source?.address;
      });
      for (const entry of container.request.env) {
        const address = /^[A-Z]+_PORT_\d+_TCP_ADDR=(.*)$/.exec(entry)?.[1];
        if (address !== undefined && !addresses.includes(address)) {
          throw new Violated(`${name} has ${entry}, and its sources are at ${addresses.join(', ')}`);
        }
      }
    }
  },
});

export const aliasesAreCurrent = invariant({
  name: 'aliases have current addresses',
  when: ['end'],
  meaning: "every recipient that can run resolves each alias to its source's current address",
  check(world) {
    const { engine } = world;
    for (const [{ name, spec }, container] of recipients(world)) {
      for (const { container: sourceName, alias } of spec.links) {
        const source = engine.outside.find(sourceName);
        const address = engine.addressOf(container, alias);
        if (address !== source?.address) {
          throw new Violated(`${name} has ${address} for ${alias}, and ${sourceName} is at ${source?.address}`);
        }
      }
    }
  },
});
