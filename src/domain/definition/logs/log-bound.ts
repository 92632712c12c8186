import { parseBytes } from '../../docker/values.js';
import type { Spec } from '../definition.js';
import { DEFAULT_LOG_DRIVER, LOG_BOUND } from '../fields/health.js';

/** Limits of drivers that keep the log on the engine. Rule: moby, `daemon/logger/local`; LOG_BOUND is Berth's own. */
const USUAL: Readonly<Record<string, { readonly size: string; readonly files: string }>> = {
  'json-file': { size: LOG_BOUND['max-size'], files: LOG_BOUND['max-file'] },
  local: { size: '20m', files: '5' },
};

/**
 * Returns the most bytes that the log of a container takes on the engine, uncompressed: 0 without a log there; null
 * where nothing bounds it, or the driver is not known.
 */
export function logBound({ logDriver = DEFAULT_LOG_DRIVER, logOptions = {} }: Pick<Spec, 'logDriver' | 'logOptions'>) {
  if (logDriver === 'none') return 0;
  const usual = USUAL[logDriver];
  if (usual === undefined) return null;
  const size = parseBytes(logOptions['max-size'] ?? usual.size);
  // With a size of its own, json-file keeps one file unless it says otherwise.
  const isOwn = logDriver === 'json-file' && logOptions['max-size'] !== undefined;
  const files = Number(logOptions['max-file'] ?? (isOwn ? '1' : usual.files));
  return size.ok && size.value > 0 ? size.value * files : null;
}
