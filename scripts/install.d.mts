/** Says what keeps the packages of a folder from being complete. */
export function missingPackage(folder: string): string | undefined;
/** Installs the packages of a folder beside their place and moves them there in one step. */
export function installPackages(folder: string, npmCi: (folder: string) => Promise<void> | void): Promise<void>;
