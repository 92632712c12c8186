/** Visibility of the page: in the background it closes its connections, of which a browser has few. */

import { type ReadonlySignal, signal } from '@preact/signals';

/** Time in the background after which the page closes its connections, in milliseconds. */
const GRACE_MS = 30_000;

const state = signal(true);
export const visible: ReadonlySignal<boolean> = state;

let hidden: ReturnType<typeof setTimeout> | undefined;
function look(): void {
  clearTimeout(hidden);
  if (document.visibilityState === 'visible') state.value = true;
  else
    hidden = setTimeout(() => {
      state.value = false;
    }, GRACE_MS);
}
document.addEventListener('visibilitychange', look);

/** Resolves once the page is visible. */
export async function untilVisible(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = visible.subscribe((isVisible) => {
      if (!isVisible) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** Returns a signal that aborts as soon as the page is in the background. */
export function whileVisible(): AbortSignal {
  const end = new AbortController();
  const stop = visible.subscribe((isVisible) => {
    if (isVisible) return;
    end.abort();
    queueMicrotask(() => stop());
  });
  return end.signal;
}
