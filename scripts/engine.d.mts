/** Asks an engine at a DOCKER_HOST over its HTTP API. */
export function ask(
  host: string,
  method: string,
  url: string,
): Promise<{ readonly status: number; readonly text: string }>;
/** The engine that the scripts settled on. */
export function engineHost(): string;
