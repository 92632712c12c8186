/** Note on a part that an import could not take over as written: no part is dropped in silence. */
export interface ImportNote {
  /** Place of the part: a flag (`--gpus`), or a JSON pointer into the file (`/services/web/deploy`). */
  readonly at: string;
  /** JSON pointer to the text in the request body that has the part, unless it is the only one. */
  readonly file?: string;
  /** Value as written; empty for a flag without a value. */
  readonly value: string;
  /**
   * `ignored`: makes no difference to what is kept running, or was read as Docker reads it, and the reason says what to
   * check. `unsupported`: without it the container is another one.
   */
  readonly effect: 'ignored' | 'unsupported';
  /** One sentence for a person, with what to do instead where there is something. */
  readonly reason: string;
}
