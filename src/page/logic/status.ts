import type { Condition, Container } from '../../../openapi/client.js';

/** State of a container in one of six words: it decides the mark, the colour and the sort order. */
export type Tone = 'failing' | 'working' | 'unknown' | 'leaving' | 'stopped' | 'ready';

export interface Standing {
  readonly tone: Tone;
  /** Word to show, since colour alone is not enough. */
  readonly word: string;
  /** Reason for a person; empty if the word says it all. */
  readonly why: string;
}

/** Reasons of Ready for work under way, or for a state that passes automatically; all others need attention. */
const WORKING: ReadonlySet<string> = new Set([
  'Pending',
  'Progressing',
  'Updating',
  'HealthStarting',
  'Stopping',
  'Outdated',
  'Deleting',
  'SourceChanging',
  'SourceNotRunning',
  'HostPortChanging',
  'AddressChanging',
  'NameChanging',
  'WaitingForDependency',
]);

const conditionOf = (container: Container, type: Condition['type']): Condition | undefined =>
  container.status.conditions.find((one) => one.type === type);

/** Returns the state of a container from its conditions. */
export function standingOf(container: Container): Standing {
  const ready = conditionOf(container, 'Ready');
  const { reason = 'NotObservedYet', message: why = '' } = ready ?? {};
  if (container.deletionRequestedAt !== null && (reason === 'Deleting' || ready?.status === 'Unknown')) {
    return { tone: 'leaving', word: 'Deleting', why };
  }
  if (ready === undefined || ready.status === 'Unknown') return { tone: 'unknown', word: 'Unknown', why };
  if (ready.status === 'True') return { tone: 'ready', word: 'Ready', why };
  if (reason === 'Stopped') return { tone: 'stopped', word: 'Stopped', why: '' };
  const tone = WORKING.has(reason) ? 'working' : 'failing';
  return { tone, word: spaced(reason), why };
}

/** Returns a reason in plain words: `HostPortInUse` becomes `Host port in use`. */
export function spaced(reason: string): string {
  const words = reason.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Headings of the conditions' rows. */
export const CONDITION_WORDS: Readonly<Record<Condition['type'], string>> = {
  Ready: 'Ready',
  ImageAvailable: 'Image available',
  PortsBound: 'Ports bound',
  LinksResolved: 'Links resolved',
  LinksDeprecated: 'Links deprecated by the engine',
  NamesUnique: 'Names unique',
  AddressesStable: 'Stable addresses',
  DefaultRoute: 'Default route',
  ImageUpdateAvailable: 'Image update',
  NetworksKept: 'Networks kept',
  VolumesKept: 'Volumes kept',
  FieldsApplied: 'Fields applied',
  Exposed: 'Exposed to the network',
  EngineReachable: 'Engine reachable',
};
