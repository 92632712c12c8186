/** True if the function of this name asks at this moment: nothing else tells one question from another. */
export const isAskedBy = (name: string): boolean => (new Error().stack ?? '').includes(name);
