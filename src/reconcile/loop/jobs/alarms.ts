import type { Clock } from '../../../lib/clock.js';

/** Longest wait for an alarm, in milliseconds: the wall clock may be set meanwhile. */
const LONGEST_MS = 30_000;

/** Alarms of definitions by the wall clock. */
export interface Alarms {
  /** Sets the alarm of a definition in place of an earlier one; undefined clears it. */
  set(uid: string, at: Date | undefined): void;
  clear(): void;
}

/** @param ring looks at a definition again; it may be early */
export function createAlarms({ clock, ring }: { readonly clock: Clock; readonly ring: (uid: string) => void }): Alarms {
  const cancels = new Map<string, () => void>();

  function clearOf(uid: string): void {
    cancels.get(uid)?.();
    cancels.delete(uid);
  }

  return {
    set(uid, at) {
      clearOf(uid);
      if (at === undefined) return;
      const ms = Math.max(1, Math.min(LONGEST_MS, at.getTime() - clock.now().getTime()));
      cancels.set(
        uid,
        clock.after(ms, () => {
          cancels.delete(uid);
          ring(uid);
        }),
      );
    },
    clear() {
      for (const uid of [...cancels.keys()]) clearOf(uid);
    },
  };
}
