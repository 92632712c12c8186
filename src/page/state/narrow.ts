import { signal } from '@preact/signals';

/** The width below which the panel takes the place of the list; the same as in frame.css. */
const query = matchMedia('(max-width: 900px)');

/** True while there is room for one thing at a time. */
export const isNarrow = signal(query.matches);

query.addEventListener('change', ({ matches }) => {
  isNarrow.value = matches;
});
