import type { OwnContainer } from '../observe/observed-state.js';

/** Results of port checks, in memory: each is valid only for the run of the container that was checked. */
interface PortFindings {
  /** Returns why host ports of a container lead nowhere, for a person; null if no check says so. */
  of(container: OwnContainer): string | null;
  /** Remembers the result of a check of a container. */
  note(container: Pick<OwnContainer, 'id' | 'startedAt'>, unreachable: string | null): void;
  /** Forgets the results for containers that are gone. */
  retain(isThere: (id: string) => boolean): void;
}

export function createPortFindings(): PortFindings {
  const dead = new Map<string, { readonly startedAt: string | null; readonly why: string }>();
  return {
    of({ id, startedAt }) {
      const found = dead.get(id);
      return found?.startedAt === startedAt ? found.why : null;
    },
    note({ id, startedAt }, unreachable) {
      if (unreachable === null) dead.delete(id);
      else dead.set(id, { startedAt, why: unreachable });
    },
    retain(isThere) {
      for (const id of dead.keys()) if (!isThere(id)) dead.delete(id);
    },
  };
}
