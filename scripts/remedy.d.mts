/** Says that a disk is full that commands write to. */
export function fullDisk(folders?: readonly string[]): string | undefined;
/** Says that a folder has less room than is needed, in megabytes. */
export function tooSmall(folder: string, neededMb: number, room?: number): string | undefined;
/** What to do about a failure, by the output of the command. */
export function remedy(text: string): string | undefined;
/** Says that the network is down where npm ended without a reason. */
export function lostNetwork(text: string, registry?: string): Promise<string | undefined>;
