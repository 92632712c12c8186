/** Removes every container, network, volume and image with one of some labels. @returns how many there were */
export function removeLabelled(host: string, labels: readonly string[]): Promise<number>;
/** Ends an engine, all that runs in its containers, and removes its folder. */
export function removeEngine(folder: string): Promise<void>;
