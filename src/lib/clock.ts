/** Time as the reconciler knows it. Injected, so that a simulation can hold it. */
export interface Clock {
  /** Milliseconds that only ever rise, whatever happens to the wall clock. */
  monotonic(): number;
  /** The wall clock, for what people read. */
  now(): Date;
  /** Calls once after so many milliseconds; the answer cancels it. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  now: () => new Date(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
