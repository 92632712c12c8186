/** Use of the engine's disk by images, volumes, containers and logs, with the definitions behind it. */

import type { Definition } from '../domain/definition/definition.js';
import { logBound } from '../domain/definition/logs/log-bound.js';
import type { DiskUsage } from '../engine/streaming.js';
import { naturalOrder } from '../lib/natural-order.js';
import type { Host } from '../reconcile/hosts.js';
import { engineAnswer } from './core/engine-errors.js';
import type { Lookup } from './core/lookup.js';
import { imageUsers } from './images.js';

export interface DiskView {
  readonly images: readonly (DiskUsage['images'][number] & { readonly usedBy: readonly string[] })[];
  readonly volumes: readonly (DiskUsage['volumes'][number] & { readonly usedBy: readonly string[] })[];
  /** The containers of definitions. */
  readonly containers: readonly { readonly name: string; readonly writtenBytes: number }[];
  /** Their logs. */
  readonly logs: readonly {
    readonly name: string;
    /** The size at which the engine begins to delete the oldest part; null where nothing bounds it. */
    readonly maxBytes: number | null;
  }[];
}

export interface DiskService {
  /** @throws Problem `engine-unavailable` */
  diskUsage(): Promise<DiskView>;
}

export function createDisk(options: {
  readonly host: Pick<Host, 'engine' | 'observed'>;
  readonly needsEngine: Lookup['needsEngine'];
  readonly definitions: () => Iterable<Definition>;
  /** The image that a definition's container was made from. */
  readonly imageIdOf: (definition: Definition) => string | undefined;
}): DiskService {
  const { host, needsEngine, definitions, imageIdOf } = options;

  return {
    async diskUsage() {
      needsEngine(host);
      const { images, volumes, containers } = await engineAnswer(host.engine.diskUsage());
      const declared = [...definitions()].toSorted((a, b) => naturalOrder(a.name, b.name));
      const usersOf = imageUsers(declared, imageIdOf);
      const ownerOf = (id: string): string | undefined => host.observed.own(id)?.owner?.name;
      const volumeUsers = (name: string): readonly string[] => {
        const named = declared.filter(({ spec }) => spec.volumes.some(({ volume }) => volume === name));
        const mounting = containers.filter((one) => one.volumes.includes(name)).map(({ id }) => ownerOf(id));
        return [...new Set([...named.map((one) => one.name), ...mounting.filter((one) => one !== undefined)])].sort();
      };
      return {
        images: images.map((image) => ({ ...image, usedBy: usersOf(image) })).toSorted(bySize),
        volumes: volumes.map((volume) => ({ ...volume, usedBy: volumeUsers(volume.name) })).toSorted(bySize),
        containers: containers.flatMap(({ id, writtenBytes }) => {
          const name = ownerOf(id);
          return name === undefined ? [] : [{ name, writtenBytes }];
        }),
        logs: declared.map(({ name, spec }) => ({ name, maxBytes: logBound(spec) })),
      };
    },
  };
}

const bySize = (a: { readonly sizeBytes: number | null }, b: { readonly sizeBytes: number | null }): number =>
  (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0);
