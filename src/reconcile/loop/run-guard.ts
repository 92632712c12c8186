/**
 * Keeps steps apart that must not overlap: one that takes a definition's container up or down, and the start of a
 * container that is linked to it. The engine writes a recipient's `/etc/hosts` when it begins to start it, and looks whether
 * the sources run when it ends: a source that was down at the first moment and up at the second is left out for good.
 *
 * A step takes all that it needs at once, or waits for all of it in order: while it waits it holds nothing, so no two
 * steps can wait for each other.
 */
export interface RunGuard {
  /** A moment, for {@link hasChangedSince}. */
  mark(): number;
  /** True if a step has begun or ended since on one of these. */
  hasChangedSince(mark: number, uids: readonly string[]): boolean;
  /** True if {@link enter} would come back at once. */
  isFree(own: string, sources: readonly string[]): boolean;
  /**
   * Waits until no step is under way on this definition or on its sources, and none of a recipient of it.
   *
   * @param own the definition whose container is taken up or down
   * @param sources the definitions whose containers that one is linked to; none where it is only taken down
   * @returns ends the step
   */
  enter(own: string, sources: readonly string[]): Promise<() => void>;
  /** Forgets a definition that is gone. */
  forget(own: string): void;
  /** Number of definitions that are remembered. */
  readonly size: number;
}

interface Claim {
  readonly own: string;
  readonly sources: readonly string[];
}

export function createRunGuard(): RunGuard {
  const held = new Set<Claim>();
  const waiting: { readonly claim: Claim; readonly go: () => void }[] = [];
  const changedAt = new Map<string, number>();
  let moment = 0;

  const collides = (a: Claim, b: Claim): boolean =>
    a.own === b.own || a.sources.includes(b.own) || b.sources.includes(a.own);

  /** @param before those that came earlier, and go first */
  const isHindered = (claim: Claim, before: readonly Claim[]): boolean =>
    [...held, ...before].some((other) => collides(other, claim));

  function hold(claim: Claim): () => void {
    held.add(claim);
    changedAt.set(claim.own, ++moment);
    return () => {
      if (!held.delete(claim)) return;
      changedAt.set(claim.own, ++moment);
      release();
    };
  }

  function release(): void {
    const before: Claim[] = [];
    for (const one of [...waiting]) {
      if (isHindered(one.claim, before)) before.push(one.claim);
      else {
        waiting.splice(waiting.indexOf(one), 1);
        one.go();
      }
    }
  }

  const hasToWait = (claim: Claim): boolean =>
    isHindered(
      claim,
      waiting.map((one) => one.claim),
    );

  return {
    get size() {
      return changedAt.size;
    },
    forget: (own) => void changedAt.delete(own),
    mark: () => moment,
    hasChangedSince: (mark, uids) => uids.some((uid) => (changedAt.get(uid) ?? 0) > mark),
    isFree: (own, sources) => !hasToWait({ own, sources }),
    async enter(own, sources) {
      const claim = { own, sources };
      if (!hasToWait(claim)) return hold(claim);
      return new Promise((resolve) => {
        waiting.push({ claim, go: () => resolve(hold(claim)) });
      });
    },
  };
}
