import { parseImageRef } from '../images/image-ref.js';
import { registryHost } from '../images/registry-host.js';
import { failure, type Result, success } from '../problems/result.js';

/** Docker Hub, as image references name it. */
export const DOCKER_HUB = 'docker.io';

/** Other names of Docker Hub: of its index, which the docker CLI logs in to, and of its registry. */
const HUB_NAMES: ReadonlySet<string> = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io']);

const RULE = 'write the host as image references name it, for example registry.example.com:5000 or docker.io';

/** Returns the one text for all names of the same registry. @param registry as an image reference names it */
export function registryKey(registry: string): string {
  const { key } = registryHost(registry);
  return HUB_NAMES.has(key) ? DOCKER_HUB : key;
}

/** Reads the name of a registry as a client sends it. */
export function readRegistry(text: string): Result<string> {
  const shown = JSON.stringify(text.slice(0, 255));
  if (text.length > 255 || /[/@\s]/.test(text)) {
    return failure(`${shown} is not a registry's host: leave out the scheme and the path, and ${RULE}`);
  }
  const image = parseImageRef(`${text}/team/image`);
  if (!image.ok) return failure(`${shown} is not a registry's host: ${RULE}`);
  if (image.value.repository !== 'team/image') {
    return failure(
      `no image reference can name ${shown} as its registry, since it has neither a dot nor a port: ${RULE}`,
    );
  }
  return success(registryKey(image.value.registry));
}

/** Returns the registry that an image comes from; undefined for an image id. */
export function registryOf(reference: string): string | undefined {
  const image = parseImageRef(reference);
  return image.ok && image.value.id === undefined ? registryKey(image.value.registry) : undefined;
}
