import { expect, it } from 'vitest';
import { imageVolumes } from '../../../src/engine/docker/containers/image-volumes.js';

const PICKED = 'ab'.repeat(32);
const MOUNT = { Type: 'volume', Name: PICKED, Destination: '/data' };
const KEPT = { volume: PICKED, target: '/data', readOnly: false };
const declared = (target: string) => [{ volume: 'named', target, readOnly: false }];

it.each<[string, object[] | null, object | null, ReturnType<typeof declared>, object[]]>([
  ['goes on where the image has it still', [MOUNT], { '/data': {} }, [], [KEPT]],
  ['goes on however its path is written', [MOUNT], { '/data/': {} }, declared('/other'), [KEPT]],
  ['gives way to what the definition mounts there', [MOUNT], { '/data': {} }, declared('/data/'), []],
  ['ends with the volume of the image', [MOUNT], { '/other': {} }, [], []],
  ['ends where the image has none', [MOUNT], null, [], []],
  ['is none that a definition has named', [{ ...MOUNT, Name: 'named' }], { '/data': {} }, [], []],
  ['is no path of the host', [{ Type: 'bind', Destination: '/data' }], { '/data': {} }, [], []],
  ['may not be there', null, { '/data': {} }, [], []],
])("the engine's volume for an image %s", (_, mounts, volumes, own, kept) => {
  expect(imageVolumes({ Mounts: mounts as never }, { Id: 'i', Config: { Volumes: volumes as never } }, own)).toEqual(
    kept,
  );
});
