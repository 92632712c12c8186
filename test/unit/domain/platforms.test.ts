import { expect, it } from 'vitest';
import { isOfPlatform, platformName } from '../../../src/domain/docker/platforms.js';

it.each([
  ['linux/amd64', 'linux/amd64'],
  ['Linux/x86_64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/v2', 'linux/amd64/v2'],
  ['arm64', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm64/8', 'linux/arm64'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/arm/6', 'linux/arm/v6'],
  ['linux/armel', 'linux/arm/v6'],
  ['linux/armv7l', 'linux/arm/v7'],
  ['i386', 'linux/386'],
  ['linux', 'linux'],
  ['windows/amd64', 'windows/amd64'],
  ['constructor', 'constructor'],
  ['__proto__/tostring', '__proto__/tostring'],
])('the platform %s has the name %s', (written, name) => {
  expect(platformName(written)).toBe(name);
  expect(platformName(name)).toBe(name);
});

it.each([
  ['linux/amd64', 'linux/amd64', true],
  ['linux/amd64', 'linux', true],
  ['linux/amd64', 'linux/arm64', false],
  ['linux/arm/v6', 'linux/arm/v7', false],
  ['linux2/amd64', 'linux', false],
])('an image of %s is one of %s: %s', (image, wanted, expected) => {
  expect(isOfPlatform(image, wanted)).toBe(expected);
});
