import type { DefinitionInput } from '../../domain/definition/definition.js';
import type { ImportNote } from '../../domain/import-export/import-note.js';
import type { NetworkSpec } from '../../domain/networks/network-spec.js';
import type { ApplyView } from '../apply.js';
import type { WriteOptions } from '../core/options.js';
import type { PlanView } from '../core/plan-view.js';

/** Result of reading a `docker run` line or a Compose file. */
export interface ImportView {
  /** The set that the definitions belong to, or null. */
  readonly set: string | null;
  /** Networks that are declared with the definitions. */
  readonly networks?: readonly ({ readonly name: string } & NetworkSpec)[];
  /** Definitions as an apply accepts them. */
  readonly containers: readonly DefinitionInput[];
  /** Unsupported options, which are missing from the definitions. */
  readonly left: readonly ImportNote[];
  /** Result of the apply, if there was one; of a dry run with its plan. */
  readonly applied?: ApplyView & { readonly plan?: PlanView };
}

export interface ImportOptions extends WriteOptions<ImportOutcome> {
  /** True if what was read is stored as well. */
  readonly apply: boolean;
  /** Stores it even if some of its options are unsupported. */
  readonly force: boolean;
}

export interface ImportOutcome {
  /** `read`: nothing was to be stored, or it was a dry run. `accepted`: stored, but not ready when the wait ended. */
  readonly kind: 'read' | 'applied' | 'accepted';
  readonly imported: ImportView;
}
