export function enterRoot(root: string, binds: readonly (readonly [from: string, to: string])[]): string;
