/** Log settings of a container in Docker's terms, and back. */

import type { DefinitionInput } from '../../../domain/definition/definition.js';
import { DEFAULT_LOG_DRIVER } from '../../../domain/definition/fields/health.js';
import type { RawDerivable } from '../derive-shapes.js';
import type { Dialect } from '../versions.js';

interface RawLogConfig {
  readonly Type?: string;
  readonly Config?: Readonly<Record<string, string>> | null;
}

const logOf = ({ HostConfig: host }: RawDerivable): RawLogConfig => (host['LogConfig'] ?? {}) as RawLogConfig;

/** Returns true for a log without a limit, as the engine keeps it if nobody asks for another. */
export function isUnboundedLog(raw: RawDerivable, { usualLogs }: Dialect): boolean {
  const { Type = '', Config } = logOf(raw);
  return usualLogs.has(Type) && Config?.['max-size'] === undefined;
}

/** Reads the log driver and its options; an engine's usual driver is none of the container's own. */
export function describeLog(
  raw: RawDerivable,
  { usualLogs }: Dialect,
): Pick<DefinitionInput, 'logDriver' | 'logOptions'> {
  const { Type = '', Config } = logOf(raw);
  const logOptions = Object.fromEntries(Object.entries(Config ?? {}));
  return {
    ...(!usualLogs.has(Type) && Type !== DEFAULT_LOG_DRIVER && { logDriver: Type }),
    ...(Object.keys(logOptions).length > 0 && { logOptions }),
  };
}
