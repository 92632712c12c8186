import type { Definition } from '../../domain/definition/definition.js';
import type { FieldFault } from '../../domain/problems/result.js';

/** What a transaction comes to for one definition. */
export interface Change {
  readonly kind: 'created' | 'updated' | 'unchanged';
  /** As it was; undefined where there was none. */
  readonly before: Definition | undefined;
  /** As it is then. */
  readonly definition: Definition;
  /** A fault of its spec as one of the body that it comes from; absent where the body is the definition. */
  readonly placeOf?: (fault: FieldFault) => FieldFault;
}
