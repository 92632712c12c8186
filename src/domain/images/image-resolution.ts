/** Image that a definition's tag stands for. */
export interface ImageResolution {
  /** The reference that was resolved, as the spec had it. */
  readonly image: string;
  readonly digest: string;
  /** The digest that the last update brought, which counts in the container's hash; absent before the first update. */
  readonly update?: string;
  /** The resolution before an update that has yet to prove itself. */
  readonly previous?: Pick<ImageResolution, 'digest' | 'update'> & {
    /** The generation that the update began. */
    readonly generation: number;
  };
  /** Updates that were rolled back, newest last: they aren't tried again. */
  readonly rolledBack?: readonly RolledBackUpdate[];
}

export interface RolledBackUpdate {
  readonly digest: string;
  readonly message: string;
  /** The generation that the update began. */
  readonly generation: number;
}
