import { expect, it } from 'vitest';
import { nearestName } from '../../../src/lib/text/nearest.js';

const FIELDS = ['name', 'image', 'command', 'env', 'ports', 'links', 'labels', 'restartPolicy', 'set'];

it.each([
  ['port', 'ports'],
  ['evn', 'env'],
  ['image_name', 'image'],
  ['restart_policy', 'restartPolicy'],
  ['Image', 'image'],
  ['environment', 'env'],
  ['enviroment', 'env'],
  ['restart', 'restartPolicy'],
  ['re', undefined],
  ['healthcheck', undefined],
  ['x', undefined],
  ['nope', undefined],
  ['constructor', undefined],
])('%s was meant to be %s', (name, meant) => {
  expect(nearestName(name, FIELDS)).toBe(meant);
});
