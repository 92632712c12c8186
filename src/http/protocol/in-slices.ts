/** Long texts, put together in slices. */

import { slices } from '../../observability/slices.js';

/** Pieces between two looks at the time. */
const AT_ONCE = 64;

/** Joins the pieces of a text that is too long for one turn of the event loop. */
export async function inSlices(pieces: Iterable<string>): Promise<string> {
  const breathe = slices();
  const all: string[] = [];
  for (const piece of pieces) {
    if (all.length % AT_ONCE === 0) await breathe();
    all.push(piece);
  }
  return all.join('');
}
