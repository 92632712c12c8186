import type { Definition } from '../../domain/definition/definition.js';
import type { FieldFault } from '../../domain/problems/result.js';

/** Result of a transaction for one definition. */
export interface Change {
  readonly kind: 'created' | 'updated' | 'unchanged';
  /** The previous definition; undefined if there was none. */
  readonly before: Definition | undefined;
  /** The new definition. */
  readonly definition: Definition;
  /** Places a fault of its spec in the body that it comes from; absent if the body is the definition. */
  readonly placeOf?: (fault: FieldFault) => FieldFault;
}
