/** What a definition's status says of itself, one aspect each. */

export type ConditionType =
  | 'Ready'
  | 'ImageAvailable'
  | 'PortsBound'
  | 'LinksResolved'
  | 'NamesUnique'
  /** Only where it is False. */
  | 'VolumesKept'
  | 'Exposed'
  | 'EngineReachable';

/** What is not known is Unknown, never False. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

export interface Condition {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  /** One CamelCase word, for programs. */
  readonly reason: string;
  /** For a person: what, why, and what to do. May be empty. */
  readonly message: string;
  /** RFC 3339. */
  readonly lastTransitionTime: string;
}
