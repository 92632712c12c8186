/** Where a statically linked one is: the host's, or one unpacked under data/. */
export function busybox(): string;
export function ensureImages(host: string, log?: (line: string) => void): Promise<void>;
