import { signal } from '@preact/signals';

/** The time that ages are told by: the smallest unit that is shown is a minute. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 15_000);
