/** Aspects of a definition that its status reports, one condition each. */

export type ConditionType =
  | 'Ready'
  | 'ImageAvailable'
  | 'PortsBound'
  | 'LinksResolved'
  | 'NamesUnique'
  /** Only where it is True. */
  | 'LinksDeprecated'
  /** Only where it is False. */
  | 'VolumesKept'
  /** Only where it is False. */
  | 'AddressesStable'
  /** Only for a definition that names several networks. */
  | 'DefaultRoute'
  /** Only for a container that was connected to networks outside Berth. */
  | 'NetworksKept'
  /** Only where it is False. */
  | 'FieldsApplied'
  /** Only for a definition whose tag is checked. */
  | 'ImageUpdateAvailable'
  | 'Exposed'
  | 'EngineReachable';

/** Aspects that the last attempt on a definition may have failed at. */
export type AttemptCondition = Extract<ConditionType, 'Ready' | 'ImageAvailable' | 'PortsBound' | 'LinksResolved'>;

/** Status of a condition: Unknown, never False, if it is not known. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

export interface Condition {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  /** One CamelCase word, for programs. */
  readonly reason: string;
  /** Explanation for a person: the problem, its cause and the remedy. May be empty. */
  readonly message: string;
  /** RFC 3339. */
  readonly lastTransitionTime: string;
}
