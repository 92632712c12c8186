/**
 * Gives the focus to an element once what was just changed is drawn: Preact draws in a microtask that the change has
 * queued. Before the next key is handled, so that whoever types on at once loses none.
 */
export const focusSoon = (id: string): void => {
  queueMicrotask(() => document.getElementById(id)?.focus());
};
