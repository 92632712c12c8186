/** Makes the resource of the HTTP contract from what is stored and observed. */

import type { Definition } from '../../domain/definition/definition.js';
import { linkEnvPrefix } from '../../domain/links/link-env.js';
import { inOneForm } from '../../domain/networks/attachments.js';
import { hasProcesses } from '../../engine/container-state.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import type { Status } from '../../reconcile/status/status-board.js';
import type { ContainerStatusView, ContainerView, LinkedBy, LinksView, ResolvedLink, StatusView } from './views.js';

function containerView(container: OwnContainer, network: string): ContainerStatusView {
  const neverEnded = hasProcesses(container) || container.finishedAt === null;
  return {
    id: container.id,
    names: [container.name, ...container.linkNames],
    state: container.state,
    image: container.image,
    imageId: container.imageId,
    ipAddress: container.networks[network]?.ipAddress || null,
    startedAt: container.startedAt,
    finishedAt: hasProcesses(container) ? null : container.finishedAt,
    exitCode: neverEnded ? null : container.exitCode,
    restartCount: container.restartCount,
  };
}

function resolvedLinks(status: Status): readonly ResolvedLink[] {
  return status.links.map(({ link, source }) => ({
    container: link.container,
    alias: link.alias,
    address: source.kind === 'running' ? source.address : null,
    envPrefix: linkEnvPrefix(link.alias),
  }));
}

/** Returns the recipients that link to a definition, with their aliases. */
function linkedBy(definition: Definition, recipients: readonly Definition[]): readonly LinkedBy[] {
  return recipients.flatMap((recipient) =>
    recipient.spec.links
      .filter((link) => link.container === definition.name)
      .map((link) => ({ container: recipient.name, alias: link.alias })),
  );
}

export function linksView(definition: Definition, status: Status, recipients: readonly Definition[]): LinksView {
  const envOf = (owner: Definition, alias: string) =>
    owner.spec.links.find((link) => link.alias === alias)?.env ?? 'all';
  return {
    outgoing: resolvedLinks(status).map((link) => ({ ...link, env: envOf(definition, link.alias) })),
    incoming: linkedBy(definition, recipients).map((link) => {
      const recipient = recipients.find((one) => one.name === link.container);
      return { ...link, env: recipient === undefined ? 'all' : envOf(recipient, link.alias) };
    }),
  };
}

function statusView(definition: Definition, status: Status, recipients: readonly Definition[]): StatusView {
  const { container } = status;
  return {
    observedGeneration: status.isCurrent ? definition.generation : (container?.owner?.generation ?? 0),
    ready: status.ready,
    ...(status.runsOn !== definition.spec.network && { runsOn: status.runsOn }),
    conditions: status.conditions,
    container: container === undefined ? null : containerView(container, status.runsOn),
    ports: container?.bindings ?? [],
    reserved: status.reserved.map(({ hostIp = '', hostPort, containerPort, protocol }) => ({
      hostIp,
      hostPort,
      containerPort,
      protocol,
    })),
    addresses: status.addresses.map(({ network, address, origin }) => ({ network, address, origin })),
    links: resolvedLinks(status),
    linkedBy: linkedBy(definition, recipients),
  };
}

export function containerResource(
  definition: Definition,
  status: Status,
  recipients: readonly Definition[],
): ContainerView {
  return {
    name: definition.name,
    ...inOneForm(definition.spec),
    uid: definition.uid,
    generation: definition.generation,
    createdAt: definition.createdAt.toISOString(),
    updatedAt: definition.updatedAt.toISOString(),
    deletionRequestedAt: definition.deletionRequestedAt?.toISOString() ?? null,
    set: definition.set,
    status: statusView(definition, status, recipients),
  };
}
