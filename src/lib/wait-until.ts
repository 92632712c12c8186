import { type Clock, systemClock } from './clock.js';

/**
 * Waits for a condition.
 *
 * @param isSo tested at once and after each notification
 * @param options.watch subscribes to notifications; the returned function unsubscribes
 * @param options.ms the longest wait in milliseconds; 0 does not wait
 * @returns true when the condition holds; false after the longest wait, or when the signal is aborted
 */
export async function waitUntil(
  isSo: () => boolean,
  options: {
    readonly watch: (notified: () => void) => () => void;
    readonly ms: number;
    readonly signal?: AbortSignal | undefined;
    readonly clock?: Pick<Clock, 'after'>;
  },
): Promise<boolean> {
  const { watch, ms, signal, clock = systemClock } = options;
  if (isSo()) return true;
  if (ms === 0 || signal?.aborted) return false;
  return new Promise((resolve) => {
    const end = (answer: boolean): void => {
      cancel();
      unwatch();
      signal?.removeEventListener('abort', abandon);
      resolve(answer);
    };
    const abandon = (): void => end(false);
    const cancel = clock.after(ms, abandon);
    const unwatch = watch(() => {
      if (isSo()) end(true);
    });
    signal?.addEventListener('abort', abandon, { once: true });
  });
}
