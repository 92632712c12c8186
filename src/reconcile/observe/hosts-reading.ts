import type { HostsEntry } from '../../domain/links/hosts-file.js';

/** One reading of a container's `/etc/hosts`, valid as long as the container and its sources run on. */
export interface HostsReading {
  /** The start of the container's run in which the file was read. */
  readonly startedAt: string | null;
  /** The runs of the sources at that time, from {@link sourceRuns}. */
  readonly sources: ReadonlyMap<string, string>;
  readonly entries: readonly HostsEntry[];
}
