import type { Container } from '../../../openapi/client.js';
import { standingOf, type Tone } from './status.js';

export type SortKey = 'name' | 'status' | 'image' | 'port' | 'created';
export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** Tone to filter the list by; `null` shows all. */
export type ToneFilter = Tone | null;

interface Shown {
  readonly items: readonly Container[];
  /** Number of containers of each tone among those that match the text. */
  readonly counts: ReadonlyMap<Tone, number>;
  /** Number of containers that match the text. */
  readonly matching: number;
}

/** Tones in order of importance, the most urgent first. */
export const TONES: readonly Tone[] = ['failing', 'unknown', 'working', 'leaving', 'stopped', 'ready'];

/** Selects and sorts the containers that the list shows. */
export function shownOf(all: Iterable<Container>, text: string, tone: ToneFilter, sort: Sort): Shown {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = [...all].filter((one) => {
    const haystack = searchable(one);
    return words.every((word) => haystack.includes(word));
  });
  const tones = new Map(matching.map((one) => [one.uid, standingOf(one).tone]));
  const counts = new Map<Tone, number>();
  for (const one of tones.values()) counts.set(one, (counts.get(one) ?? 0) + 1);
  const items = matching.filter((one) => tone === null || tones.get(one.uid) === tone).sort(comparing(sort, tones));
  return { items, counts, matching: matching.length };
}

/** Returns the text that a search looks in: name, image, ports, links, state, labels and set. */
function searchable(container: Container): string {
  const { name, image, status, links, labels, set } = container;
  const ports = [...container.ports, ...status.ports].flatMap((port) => [
    ...(port.hostPort === undefined ? [] : [`:${port.hostPort}`]),
    `${port.containerPort}/${port.protocol ?? 'tcp'}`,
  ]);
  const shown = [name, image, standingOf(container).word, status.container?.state ?? 'absent', set ?? '', ...ports];
  const named = [
    ...links.map((link) => link.container),
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
  ];
  return [...shown, ...named].join('\n').toLowerCase();
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function comparing({ by, descending }: Sort, tones: ReadonlyMap<string, Tone>) {
  const rank = (one: Container): number => TONES.indexOf(tones.get(one.uid) ?? 'unknown');
  const lowestPort = (one: Container): number =>
    Math.min(Number.POSITIVE_INFINITY, ...one.status.ports.map((port) => port.hostPort));
  const compare: Readonly<Record<SortKey, (a: Container, b: Container) => number>> = {
    name: () => 0,
    status: (a, b) => rank(a) - rank(b),
    image: (a, b) => natural.compare(a.image, b.image),
    port: (a, b) => {
      const [x, y] = [lowestPort(a), lowestPort(b)];
      return x === y ? 0 : x - y;
    },
    created: (a, b) => a.createdAt.localeCompare(b.createdAt),
  };
  const sign = descending ? -1 : 1;
  return (a: Container, b: Container): number =>
    sign * compare[by](a, b) || (by === 'name' ? sign : 1) * natural.compare(a.name, b.name);
}
