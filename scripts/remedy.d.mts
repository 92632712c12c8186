/** What to do about a failure, by the output of the command. */
export function remedy(text: string): string | undefined;
