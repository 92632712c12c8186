import type { Definition } from '../../domain/definition/definition.js';
import { Lru } from '../../lib/lru.js';
import type { Status } from '../../reconcile/status/status-board.js';
import { containerResource } from './present.js';
import type { ContainerView } from './views.js';

/** Limit of cached views, the last used ones: as many as the longest page of a list has. */
const KEPT = 500;

interface Kept {
  readonly definition: Definition;
  readonly status: Status;
  readonly recipients: readonly Definition[];
  readonly view: ContainerView;
}

/** Makes the view of a definition, or gives the one that was made of the same before: what it is made of never changes. */
export function createViewCache(): typeof containerResource {
  const kept = new Lru<string, Kept>(KEPT);
  return (definition, status, recipients) => {
    const { uid } = definition;
    const known = kept.get(uid);
    const isSame =
      known !== undefined &&
      known.definition === definition &&
      known.status === status &&
      known.recipients.length === recipients.length &&
      known.recipients.every((recipient, index) => recipient === recipients[index]);
    const now = isSame
      ? known
      : { definition, status, recipients, view: containerResource(definition, status, recipients) };
    kept.set(uid, now);
    return now.view;
  };
}
