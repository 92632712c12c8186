import { signal } from '@preact/signals';

/** Present time for the ages, updated often enough for minutes, the smallest unit shown. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 15_000);
