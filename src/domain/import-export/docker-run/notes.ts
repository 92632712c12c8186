import type { ImportNote } from '../import-note.js';
import type { Flag, Left } from './flags/flag.js';
import type { Given, Span } from './line.js';

/** A note, and where in the line it is from. */
export interface PlacedNote {
  readonly note: ImportNote;
  readonly place: Span;
}

/** Notes that a flag was not imported. */
export const noteOf = (
  { written, text, at, end }: Given,
  effect: ImportNote['effect'],
  reason: string,
): PlacedNote => ({
  note: { at: written, value: text, effect, reason },
  place: { at, end },
});

/** Values that mean "not set". As a text 0 says something: --cpuset-cpus 0 is the first CPU. */
const unset = ({ isList, takes }: Flag): readonly string[] => {
  if (isList) return [];
  return takes === 'text' ? [''] : ['', '0', 'false'];
};

/** Returns the note on a flag that has no field; none if every container here has its value. */
export function leftOf(given: Given, { effect, reason, usual, harmless = [] }: Left): readonly PlacedNote[] {
  const { flag, value } = given;
  const isUsual = effect === 'unsupported' && (usual ?? unset(flag)).includes(value);
  return isUsual ? [] : [noteOf(given, harmless.includes(value) ? 'ignored' : effect, reason)];
}
