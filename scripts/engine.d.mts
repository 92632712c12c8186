/** Asks an engine at a DOCKER_HOST over its HTTP API. */
export function ask(
  host: string,
  method: string,
  url: string,
): Promise<{ readonly status: number; readonly text: string }>;
/** The engine that the scripts settled on. */
export function engineHost(): string;
/** What was found where no engine answers. */
export interface Found {
  readonly dockerHost?: string | undefined;
  readonly setup?: string | undefined;
  readonly socket: string;
  readonly state: 'up' | 'denied' | 'down' | 'absent' | 'silent';
  readonly isInstalled: boolean;
  /** Whether Berth installed it, for a private engine. */
  readonly isOurs: boolean;
  readonly canInstall: boolean;
  readonly user: string;
  readonly group?: string | undefined;
  readonly startCommand: string;
}
/** Says why no engine is set up and what to do; undefined if one may be. */
export function obstacleText(found: Found): string | undefined;
/** Tries an engine for three seconds. */
export function stateOf(host: string): Promise<Found['state']>;
