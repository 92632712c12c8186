/** Values that are stored encrypted, and never returned. */

/** Kind of a sealed value: credentials of a registry, a secret that containers use, or a webhook with its secret. */
export const SEALED_KINDS = ['registry', 'secret', 'webhook'] as const;
export type SealedKind = (typeof SEALED_KINDS)[number];

export interface SealedValue {
  readonly kind: SealedKind;
  /** Name among those of its kind: the host of a registry, or the name of a secret or webhook. */
  readonly name: string;
  /** Unique id of this version; never reused. */
  readonly uid: string;
  /** Rises by one with every change. */
  readonly version: number;
  /** User that credentials belong to; null for an identity token, and for secrets. */
  readonly username: string | null;
  /** Encrypted by a key that is not in the database, for this kind and name only. */
  readonly sealed: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Limit of sealed values of one kind. */
export const MOST_SEALED = 1000;

/** Identifies a sealed value: its kind and its name. */
export const placeOf = ({ kind, name }: Pick<SealedValue, 'kind' | 'name'>): string => `${kind}/${name}`;

/** Splits what {@link placeOf} returns. */
export function readPlace(place: string): Pick<SealedValue, 'kind' | 'name'> {
  const slash = place.indexOf('/');
  return { kind: place.slice(0, slash) as SealedKind, name: place.slice(slash + 1) };
}
