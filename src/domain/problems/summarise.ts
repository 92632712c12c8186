/** The end of a detail that names the first of several errors. @param others the number of errors that it doesn't name */
export const andMore = (others: number): string => (others > 0 ? ` (and ${others} more, see errors)` : '');
