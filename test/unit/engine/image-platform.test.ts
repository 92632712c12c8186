import { expect, it } from 'vitest';
import { foreignPlatform } from '../../../src/engine/docker/from-docker.js';

const AMD64 = { OSType: 'linux', Architecture: 'x86_64' };

it.each([
  ["the engine's own", { Os: 'linux', Architecture: 'amd64' }, AMD64, undefined],
  [
    "the engine's own, with a variant",
    { Os: 'linux', Architecture: 'arm64', Variant: 'v8' },
    { OSType: 'linux', Architecture: 'aarch64' },
    undefined,
  ],
  ['another', { Os: 'linux', Architecture: 'arm', Variant: 'v7' }, AMD64, 'linux/arm/v7'],
  ['not known', { Os: '', Architecture: '' }, AMD64, undefined],
  ['that of an engine that does not name its own', { Os: 'linux', Architecture: 'arm64' }, {}, undefined],
  ['that of an image that is gone', null, AMD64, undefined],
])('an adoption takes over a platform that is %s', (_, image, info, expected) => {
  expect(foreignPlatform(image, info)).toBe(expected);
});
