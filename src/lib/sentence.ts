/** Sentences for a person. */

/** `a`, `a and b`, `a, b and c`; of more than ten the first ten and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 10 ? [...names.slice(0, 10), `${names.length - 10} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** Subjects with their verb: `a links`, `a and b link`. @param verb in the plural, of those that add an s for one */
export const doing = (subjects: readonly string[], verb: string): string =>
  `${listed(subjects)} ${verb}${subjects.length === 1 ? 's' : ''}`;
