/** What an import could not take over as it was written: nothing that was given is dropped in silence. */
export interface ImportNote {
  /** Where it was: a flag (`--gpus`), or a JSON pointer into the file (`/services/web/deploy`). */
  readonly at: string;
  /** As it was written; empty for a flag without a value. */
  readonly value: string;
  /**
   * `ignored`: makes no difference to what is kept running, or was read as Docker reads it, and the reason says what to
   * check. `unsupported`: without it the container is another one.
   */
  readonly effect: 'ignored' | 'unsupported';
  /** One sentence for a person, with what to do instead where there is something. */
  readonly reason: string;
}
