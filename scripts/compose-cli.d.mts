export function composeMissing(): string | undefined;
export function composeCli(): string;
