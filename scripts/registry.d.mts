export function registryMissing(): string | undefined;
export function registryProgram(): string;
