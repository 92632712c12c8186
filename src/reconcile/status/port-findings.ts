import type { OwnContainer } from '../observe/observed-state.js';

/** What port checks found, in memory: of the run of a container that was checked, and of no later one. */
interface PortFindings {
  /** Why host ports of a container lead nowhere, for a person; null where nothing says so. */
  of(container: OwnContainer): string | null;
  /** Remembers what a check of a container found. */
  note(container: Pick<OwnContainer, 'id' | 'startedAt'>, unreachable: string | null): void;
  /** Forgets what was found of containers that are gone. */
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
