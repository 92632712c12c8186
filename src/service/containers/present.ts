/** From what is stored and observed to the resource of the HTTP contract. */

import type { Definition, Spec } from '../../domain/definition/definition.js';
import { type FieldChange, specChanges } from '../../domain/definition/diff.js';
import { linkEnvPrefix } from '../../domain/links/link-env.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import type { DryRun } from '../../reconcile/plan/dry-run.js';
import type { Action, Target } from '../../reconcile/plan/types.js';
import type { Status } from '../../reconcile/status/status-board.js';
import type {
  ContainerStatusView,
  ContainerView,
  LinkedBy,
  LinksView,
  PlanView,
  ResolvedLink,
  StatusView,
} from '../core/views.js';

const isLive = (container: OwnContainer): boolean => container.state === 'running' || container.state === 'paused';

function containerView(container: OwnContainer, network: string): ContainerStatusView {
  const neverEnded = isLive(container) || container.finishedAt === null;
  return {
    id: container.id,
    names: [container.name, ...container.linkNames],
    state: container.state,
    image: container.image,
    imageId: container.imageId,
    ipAddress: container.networks[network]?.ipAddress || null,
    startedAt: container.startedAt,
    finishedAt: isLive(container) ? null : container.finishedAt,
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

/** Who links to a definition, and under which names. */
export function linkedBy(definition: Definition, recipients: readonly Definition[]): readonly LinkedBy[] {
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
    conditions: status.conditions,
    container: container === undefined ? null : containerView(container, definition.spec.network),
    ports: container?.bindings ?? [],
    reserved: status.reserved.map(({ hostIp = '', hostPort, containerPort, protocol }) => ({
      ...{ hostIp, hostPort, containerPort, protocol },
    })),
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
    ...definition.spec,
    uid: definition.uid,
    generation: definition.generation,
    createdAt: definition.createdAt.toISOString(),
    updatedAt: definition.updatedAt.toISOString(),
    deletionRequestedAt: definition.deletionRequestedAt?.toISOString() ?? null,
    set: definition.set,
    status: statusView(definition, status, recipients),
  };
}

const targetText = (target: Target, name: string): string =>
  target.kind === 'new' ? `${name} (new)` : `${target.name} (${target.id.slice(0, 12)})`;

function actionTarget(action: Action, name: string): string {
  switch (action.kind) {
    case 'pull-image':
      return action.image;
    case 'create-network':
    case 'remove-network':
      return action.network;
    case 'reserve-ports':
      return action.ports.map((port) => `${port.containerPort}/${port.protocol}`).join(', ');
    case 'rename':
      return `${targetText(action.target, name)} → ${action.to}`;
    case 'create':
    case 'forget':
      return name;
    default:
      return targetText(action.target, name);
  }
}

/** A forecast as a person reads it. @param before the definitions as they are, by uid */
export function planView(
  { steps, obstacles }: DryRun,
  changes: readonly { readonly before: Definition | undefined; readonly definition: Definition }[],
  isRunning: (containerId: string) => boolean,
): PlanView {
  const interrupted = new Map<string, string>();
  for (const { definition, action } of steps) {
    if (action.kind !== 'stop' && action.kind !== 'restart') continue;
    const stops = action.target.kind === 'existing' && isRunning(action.target.id);
    if (stops && !interrupted.has(definition.name)) interrupted.set(definition.name, action.reason);
  }
  // What the engine is told may be the same, although it is written in another way.
  const isAsItWas = ({ uid }: Definition): boolean =>
    !steps.some(({ definition, action }) => definition.uid === uid && action.kind === 'create') &&
    !obstacles.some(({ definition }) => definition.uid === uid);
  const costs = (before: Spec, definition: Definition): readonly FieldChange[] =>
    specChanges(before, definition.spec).map((change) =>
      change.costs === 'replace' && isAsItWas(definition) ? { ...change, costs: 'none' } : change,
    );
  return {
    actions: steps.map(({ definition: { name }, action }) => ({
      container: name,
      action: action.kind,
      target: actionTarget(action, name),
      reason: action.reason,
    })),
    interrupted: [...interrupted].map(([container, reason]) => ({ container, reason })),
    obstacles: obstacles.map(({ definition, obstacle: { condition, reason, message } }) => ({
      ...{ container: definition.name, condition, reason, message },
    })),
    changes: changes.flatMap(({ before, definition }) =>
      before === undefined
        ? []
        : costs(before.spec, definition).map((change) => ({ container: definition.name, ...change })),
    ),
  };
}
