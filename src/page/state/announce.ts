/** Announcements for users who don't see the page change. */

import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Container } from '../../../openapi/client.js';
import { changesIn } from '../logic/changes.js';

export const announcement = signal('');

/** Announces a text once, politely. */
export const announce = (text: string): void => {
  // The same text twice is not a change, and would not be read again.
  announcement.value = announcement.value === text ? `${text}\u00a0` : text;
};

/** Announces changes of containers, from the first list on. */
export function announceChanges(
  containers: ReadonlySignal<ReadonlyMap<string, Container>>,
  loaded: ReadonlySignal<boolean>,
): void {
  let before: ReadonlyMap<string, Container> | undefined;
  effect(() => {
    const after = containers.value;
    if (!loaded.value) return;
    const text = before === undefined ? '' : changesIn(before, after);
    before = after;
    if (text !== '') announce(text);
  });
}
