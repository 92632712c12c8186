/** Which request is sent when: by the seed alone, whatever was answered. */

import fc from 'fast-check';
import type { Aim, FuzzRequest } from './requests.js';

/**
 * The request of that number, from 1 on. Each pass takes every aim once, in an order of its own, so that as many requests
 * as there are aims miss none.
 */
export function requestAt(aims: readonly Aim[], seed: number, number: number): FuzzRequest {
  const pass = Math.floor((number - 1) / aims.length);
  const place = (number - 1) % aims.length;
  const aim = orderOf(aims, mixed(seed, pass))[place] as Aim;
  return drawn(aim.requests, mixed(seed + 1, number));
}

const drawn = <T>(values: fc.Arbitrary<T>, seed: number): T => fc.sample(values, { seed, numRuns: 1 })[0] as T;

const orders = new WeakMap<readonly Aim[], Map<number, readonly Aim[]>>();

function orderOf(aims: readonly Aim[], seed: number): readonly Aim[] {
  const known = orders.get(aims) ?? new Map<number, readonly Aim[]>();
  orders.set(aims, known);
  const order = known.get(seed) ?? drawn(fc.shuffledSubarray([...aims], { minLength: aims.length }), seed);
  known.set(seed, order);
  return order;
}

/** A seed of its own for each number of each seed. */
const mixed = (seed: number, number: number): number =>
  (Math.imul(seed, 0x9e3779b1) + Math.imul(number, 0x85ebca6b)) | 0;
