/**
 * Focuses an element after the change that shows it is drawn: Preact draws in a microtask that the change has queued.
 * It happens before the next key is handled, so that a user who types on at once loses none.
 */
export const focusSoon = (id: string): void => {
  queueMicrotask(() => document.getElementById(id)?.focus());
};
