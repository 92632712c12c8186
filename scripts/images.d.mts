export function ensureImages(host: string, log?: (line: string) => void): Promise<void>;
