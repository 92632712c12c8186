import path from 'node:path';
import type { CreateRequest } from '../../engine.js';
import type { RawImage, RawMounted } from '../response-schemas.js';

/** Names that engines give to anonymous volumes. */
const PICKED_NAME = /^[0-9a-f]{64}$/;

/** Rule: moby cleans the paths of mounts and of an image's volumes before it compares them. */
const clean = (target: string): string => path.posix.resolve('/', target);

/**
 * The volumes that the engine has made for a container because its image has them, as the mounts of its replacement. As
 * with Docker Compose a target goes on while the image has a volume there, and the definition mounts nothing itself.
 */
export function imageVolumes(
  replaced: RawMounted,
  image: RawImage,
  declared: CreateRequest['volumes'],
): CreateRequest['volumes'] {
  const targets = new Set(Object.keys(image.Config?.Volumes ?? {}).map(clean));
  for (const { target } of declared) targets.delete(clean(target));
  return (replaced.Mounts ?? []).flatMap(({ Type: type, Name: volume = '', Destination: target }) =>
    type === 'volume' && PICKED_NAME.test(volume) && targets.has(clean(target))
      ? [{ volume, target, readOnly: false }]
      : [],
  );
}
