import type { Condition, Container } from '../../../openapi/client.js';

/** How a container is, in one of six words: what decides its mark, its colour and where it is sorted to. */
export type Tone = 'failing' | 'working' | 'unknown' | 'leaving' | 'stopped' | 'ready';

export interface Standing {
  readonly tone: Tone;
  /** For the eye: never told by colour alone. */
  readonly word: string;
  /** Why, for a person; empty where the word says it all. */
  readonly why: string;
}

/** What is under way or passes by itself, by the reasons of Ready; every other reason is one to look at. */
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
  'NameChanging',
]);

export const conditionOf = (container: Container, type: Condition['type']): Condition | undefined =>
  container.status.conditions.find((one) => one.type === type);

/** How a container is, from its conditions. */
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

/** `HostPortInUse` as a person writes it: `Host port in use`. */
export function spaced(reason: string): string {
  const words = reason.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What each condition is about, as its row is headed. */
export const CONDITION_WORDS: Readonly<Record<Condition['type'], string>> = {
  Ready: 'Ready',
  ImageAvailable: 'Image available',
  PortsBound: 'Ports bound',
  LinksResolved: 'Links resolved',
  NamesUnique: 'Names unique',
  VolumesKept: 'Volumes kept',
  Exposed: 'Exposed to the network',
  EngineReachable: 'Engine reachable',
};
