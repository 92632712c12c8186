/** Reads when a process started, in clock ticks since the boot. */
export function startOf(pid: number | string): string | undefined;
/** Makes the script that keeps services from being started while a process is alive. */
export function policyScript(pid: number): string;
/** Removes the script of an installation that was killed. */
export function removeStalePolicy(file?: string): void;
/** Returns true if apt's history says that Berth installed Docker. */
export function dockerIsFromBerth(folder?: string): boolean;
