/** A definition in the making that knows where in the file each of its parts is from. */

import type { DefinitionInput } from '../../definition/definition.js';
import { pointer } from '../../problems/result.js';
import { placeOf } from './yaml/reading.js';
import type { Place, Tree } from './yaml/tree.js';

type Fields = { -readonly [K in keyof DefinitionInput]?: DefinitionInput[K] };

/** Places in the file that the parts of a definition are from. */
export interface Places {
  /** Places by JSON pointers into the definition. */
  readonly origins: ReadonlyMap<string, Place>;
  /** The service. */
  readonly at: Place;
}

export interface Draft extends Places {
  readonly fields: Fields;
  readonly origins: Map<string, Place>;
}

export const createDraft = (tree: Tree): Draft => ({ fields: {}, origins: new Map(), at: tree.at });

/** Sets a field, where there is a value for it. */
export function put<K extends keyof Fields>(draft: Draft, field: K, value: Fields[K], tree: Tree | undefined): void {
  if (value === undefined) return;
  draft.fields[field] = value;
  if (tree !== undefined) draft.origins.set(pointer(field), placeOf(tree));
}

/** @param at a JSON pointer into the definition */
export function setOrigin({ origins }: Draft, at: string, tree: Tree): void {
  origins.set(at, placeOf(tree));
}

/** Returns the place of a part of a definition, or that of the nearest part around it. */
export function originOf({ origins, at: service }: Places, at: string): Place {
  for (let part = at; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const place = origins.get(part);
    if (place !== undefined) return place;
  }
  return service;
}
