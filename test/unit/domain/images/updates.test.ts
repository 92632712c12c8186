import { describe, expect, it } from 'vitest';
import { rememberedHash } from '../../../../src/domain/definition/hash.js';
import { declare } from '../../../../src/domain/definition/normalize.js';
import type { ImageResolution } from '../../../../src/domain/images/image-resolution.js';
import {
  atDigest,
  carriedResolution,
  digestsIn,
  digestToUse,
  provenResolution,
  resolutionBefore,
  undoneUpdate,
  updatedResolution,
} from '../../../../src/domain/images/resolution.js';
import { findUpdate } from '../../../../src/domain/images/update-check.js';
import { isInWindow } from '../../../../src/domain/images/update-window.js';
import { definition } from '../../../support/definition.js';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const [A, B, C] = [digest('a'), digest('b'), digest('c')];
const NOON = new Date('2026-07-01T12:00:00Z');
const shop = (over: object = {}, resolution: ImageResolution | undefined = { image: 'shop:1', digest: A }) => ({
  ...definition({ spec: { image: 'shop:1', updatePolicy: 'automatic', ...over } }),
  resolution,
});
const found = (value: string) => ({ kind: 'found', digest: value }) as const;

describe('the digest of a tag', () => {
  it.each([
    ['shop:1', A, `shop@${A}`],
    ['shop', A, `shop@${A}`],
    ['localhost:5000/team/shop:1.2', A, `localhost:5000/team/shop@${A}`],
  ])('replaces the tag of %s', (image, value, reference) => expect(atDigest(image, value)).toBe(reference));

  it('is found among the names of an image in its own repository', () => {
    const names = [`shop@${A}`, `docker.io/library/shop@${B}`, `reg.example.com/shop@${C}`, 'shop:1'];
    expect(digestsIn('shop:1', names)).toEqual([A, B]);
    expect(digestsIn('reg.example.com/shop', names)).toEqual([C]);
  });

  it('is used for new containers, except with pullPolicy always before any update', () => {
    expect(digestToUse(shop())).toBe(A);
    expect(digestToUse(shop({ pullPolicy: 'always' }))).toBeUndefined();
    expect(digestToUse(shop({ pullPolicy: 'always' }, { image: 'shop:1', digest: B, update: B }))).toBe(B);
    expect(digestToUse(shop({ image: 'shop:2' }))).toBeUndefined();
  });

  it('is found out again with another spec, unless an update has chosen the digest of this image', () => {
    const { spec } = shop();
    const updated = { ...shop(), resolution: updatedResolution(shop(), B) };
    expect(carriedResolution(shop(), { ...spec, env: { A: '1' } })).toBeUndefined();
    expect(carriedResolution(updated, { ...spec, env: { A: '1' } })?.digest).toBe(B);
    expect(carriedResolution(updated, { ...spec, image: 'shop:2' })).toBeUndefined();
  });
});

describe('an update', () => {
  const begun = { ...shop({}, updatedResolution(shop(), B)), generation: 2 };

  it('changes the hash of the container, and its roll-back restores the hash', () => {
    const hash = (one: Parameters<typeof rememberedHash>[0]) => rememberedHash(one, [], []);
    const before = hash(shop());
    expect(hash(begun)).not.toBe(before);
    expect(hash({ ...begun, resolution: resolutionBefore(begun, 'it exited with code 1') })).toBe(before);
  });

  it('that fails is remembered, and is not tried again', () => {
    const back = { ...begun, resolution: resolutionBefore(begun, 'it exited with code 1') };
    expect(back.resolution).toMatchObject({ digest: A, rolledBack: [{ digest: B, message: 'it exited with code 1' }] });
    expect(undoneUpdate(back)?.digest).toBe(B);
    const finding = findUpdate(back, found(B), NOON);
    expect(finding).toMatchObject({ status: 'True', reason: 'RolledBack' });
    expect(finding).not.toHaveProperty('updateTo');
    expect(findUpdate(back, found(C), NOON)?.updateTo).toBe(C);
    const changed = { ...back, generation: 3 };
    expect([undoneUpdate(changed), findUpdate(changed, found(B), NOON)?.reason]).toEqual([undefined, 'RolledBack']);
  });

  it('that follows an unproven one goes back to what has proved itself', () => {
    const again = { ...begun, resolution: updatedResolution(begun, C), generation: 3 };
    expect(resolutionBefore(again, 'no')).toMatchObject({ digest: A, rolledBack: [{ digest: C }] });
  });

  it('is not undone once it has proved itself, or by the failure of a later change', () => {
    const proven = provenResolution(begun);
    expect(proven).toEqual({ image: 'shop:1', digest: B, update: B });
    expect(resolutionBefore({ ...begun, resolution: proven }, 'no')).toBeUndefined();
    expect(resolutionBefore({ ...begun, generation: 3 }, 'no')).toBeUndefined();
  });
});

describe('the comparison of a tag with its registry', () => {
  const window = { from: '02:00', to: '05:00' };
  const failed = { kind: 'failed', reason: 'RegistryRefused', message: 'refused' } as const;
  it.each([
    ['nothing for manual', shop({ updatePolicy: 'manual' }), found(B), undefined],
    ['unknown before the first check', shop(), undefined, { status: 'Unknown', reason: 'NotCheckedYet' }],
    ['the reason of a failed check', shop(), failed, { status: 'Unknown', reason: 'RegistryRefused' }],
    [
      'unknown without a digest',
      { ...shop(), resolution: undefined },
      found(B),
      { status: 'Unknown', reason: 'DigestUnknown' },
    ],
    ['no update', shop(), found(A), { status: 'False', reason: 'UpToDate' }],
    ['a moved tag, for notify', shop({ updatePolicy: 'notify' }), found(B), { status: 'True', reason: 'TagMoved' }],
    ['a wait for the window', shop({ updateWindow: window }), found(B), { status: 'True', reason: 'OutsideWindow' }],
    ['a stopped container', shop({ state: 'stopped' }), found(B), { status: 'True', reason: 'TagMoved' }],
  ])('reports %s', (_, one, check, expected) => {
    const finding = findUpdate(one, check, NOON);
    if (expected === undefined) expect(finding).toBeUndefined();
    else expect(finding).toMatchObject(expected);
    expect(finding?.updateTo).toBeUndefined();
  });

  it('updates automatically inside the window', () => {
    expect(findUpdate(shop(), found(B), NOON)?.updateTo).toBe(B);
    expect(findUpdate(shop({ updateWindow: { from: '11:00', to: '13:00' } }), found(B), NOON)?.updateTo).toBe(B);
  });
});

describe('the window of updates', () => {
  const at = (text: string) => new Date(`2026-07-01T${text}:00Z`);
  it.each([
    [{ from: '02:00', to: '05:00' }, '02:00', true],
    [{ from: '02:00', to: '05:00' }, '05:00', false],
    [{ from: '23:00', to: '01:00' }, '00:30', true],
    [{ from: '23:00', to: '01:00' }, '12:00', false],
    [{ from: '02:00', to: '05:00', timeZone: 'Europe/Berlin' }, '00:30', true],
    [{ from: '02:00', to: '05:00', timeZone: 'Europe/Berlin' }, '04:00', false],
  ])('%o at %s UTC: %s', (window, time, isIn) => expect(isInWindow(window, at(time))).toBe(isIn));
});

describe('the fields of updates', () => {
  const faults = (input: object) => {
    const declared = declare({ image: 'shop:1', updatePolicy: 'automatic', ...input } as never);
    return declared.ok ? [] : declared.faults.map(({ pointer }) => pointer);
  };
  const data = { volume: 'data', target: '/data' };
  it.each([
    ['accept an image by tag', {}, []],
    ['refuse a writable volume', { volumes: [data] }, ['/updatePolicy']],
    ['refuse a writable host path', { volumes: [{ volume: '/srv', target: '/srv' }] }, ['/updatePolicy']],
    ['accept a writable volume that is confirmed', { volumes: [data], stateful: true }, []],
    ['accept a read-only volume', { volumes: [{ ...data, readOnly: true }] }, []],
    ['accept a writable volume for notify', { volumes: [data], updatePolicy: 'notify' }, []],
    ['refuse an image by digest', { image: `shop@${A}` }, ['/updatePolicy']],
    ['refuse an image by id', { image: A, updatePolicy: 'notify' }, ['/updatePolicy']],
    ['refuse pullPolicy never', { pullPolicy: 'never' }, ['/updatePolicy']],
    ['refuse a short interval', { updateIntervalSeconds: 9 }, ['/updateIntervalSeconds']],
    ['refuse a window without length', { updateWindow: { from: '02:00', to: '02:00' } }, ['/updateWindow/to']],
    [
      'refuse what is no time',
      { updateWindow: { from: '25:00', to: '2' } },
      ['/updateWindow/from', '/updateWindow/to'],
    ],
    [
      'refuse an unknown time zone',
      { updateWindow: { from: '01:00', to: '02:00', timeZone: 'Mars/Base' } },
      ['/updateWindow/timeZone'],
    ],
  ])('%s', (_, input, pointers) => expect(faults(input)).toEqual(pointers));
});
