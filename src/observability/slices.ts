/** Long work in slices, so that other requests are answered in between. */

/** Time that one slice may take before others have their turn, in milliseconds. */
const SLICE_MS = 5;

/** Waits for its turn if the current slice is used up, or if other work waits. */
export type Breathe = () => Promise<void>;

/**
 * Creates slices that take turns: in one turn of the event loop, one of all pieces of long work goes on. Without that, a
 * hundred requests in slices would block the loop for a hundred slices.
 *
 * @param nextTurn calls back in the next turn of the event loop
 */
export function createSlices(
  now: () => number = () => performance.now(),
  nextTurn: (call: () => void) => unknown = setImmediate,
): () => Breathe {
  const waiting: (() => void)[] = [];
  /** True from the turn in which some work begins or goes on until one in which none waits. */
  let isTaken = false;

  function take(): void {
    isTaken = true;
    nextTurn(handOver);
  }

  function handOver(): void {
    isTaken = false;
    const next = waiting.shift();
    if (next === undefined) return;
    take();
    next();
  }

  return () => {
    let begun: number | undefined;
    return async () => {
      if (begun !== undefined && now() - begun < SLICE_MS) return;
      const isFirst = begun === undefined && !isTaken;
      if (!isTaken) take();
      if (!isFirst) await new Promise<void>((resolve) => waiting.push(resolve));
      begun = now();
    };
  };
}

/** The slices of this process: one call for each piece of work. */
export const slices = createSlices();

/** Pieces between two looks at the time. */
const AT_ONCE = 64;

/** Joins the pieces of a text that is too long for one turn of the event loop. */
export async function inSlices(pieces: Iterable<string>, breathe = slices()): Promise<string> {
  const all: string[] = [];
  for (const piece of pieces) {
    if (all.length % AT_ONCE === 0) await breathe();
    all.push(piece);
  }
  return all.join('');
}
