import type { Definition } from '../../domain/definition/definition.js';
import { EngineError } from '../../engine/errors.js';
import type { Log } from '../../observability/logger.js';
import type { Observer } from '../observe/observer.js';
import { assess } from '../plan/assess.js';
import type { PlanInputs } from '../plan/input/plan-input.js';
import { HOSTS_FILE, sourceRuns } from '../plan/link-hosts.js';
import type { PlanInput } from '../plan/types.js';
import type { Attempt } from '../status/conditions.js';

/** `nothing`: there was nothing to read. `unreadable`: to be tried again later. */
export type HostsCheck = 'read' | 'unreadable' | 'nothing';

/**
 * Reads `/etc/hosts` of the container that serves a definition, where it was not read since the container or a source was
 * started: once for each start, so that a look at the whole engine costs nothing.
 */
export function createHostsCheck(options: {
  readonly observer: Pick<Observer, 'readHosts'>;
  readonly planInputs: PlanInputs;
  readonly log: Log;
  readonly record: (worked: Definition, attempt: Attempt) => void;
}): (input: PlanInput) => Promise<HostsCheck> {
  const { observer, planInputs, log, record } = options;

  return async (input) => {
    const { definition, links } = input;
    const { serving, hosts } = assess(input);
    if (serving === undefined || !hosts.isUnread) return 'nothing';
    const read = () => observer.readHosts(serving, sourceRuns(links));
    try {
      await read();
      // The engine may have been writing the file: a fault counts once it is seen twice.
      if (assess(planInputs.planInput(definition)).hosts.fault !== null) await read();
      return 'read';
    } catch (error) {
      if (!(error instanceof EngineError) || error.leavesUnknown) throw error;
      // The container is gone, which the next look shows.
      if (error.kind === 'not-found') return 'read';
      log.warn({ container: definition.name, uid: definition.uid, err: error }, 'could not read /etc/hosts');
      const message = `${HOSTS_FILE} of the container could not be read: ${error.message}`;
      const reason = 'HostsUnreadable';
      record(definition, { kind: 'failed', condition: 'LinksResolved', reason, message, unknown: true });
      return 'unreadable';
    }
  };
}
