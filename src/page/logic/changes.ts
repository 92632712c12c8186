import type { Container } from '../../../openapi/client.js';
import { standingOf } from './status.js';

/**
 * Limit of changes that are announced one by one; more are only counted, since nobody listens to a hundred sentences.
 */
const MOST = 3;

/** Returns the changes of containers as a sentence for a screen reader; empty if there is nothing to announce. */
export function changesIn(before: ReadonlyMap<string, Container>, after: ReadonlyMap<string, Container>): string {
  const changed = [...after.values()].flatMap((one) => {
    const known = before.get(one.name);
    if (known === one) return [];
    const { tone, word } = standingOf(one);
    return known === undefined || standingOf(known).tone !== tone ? [`${one.name}: ${word}`] : [];
  });
  const gone = [...before.keys()].filter((name) => !after.has(name)).map((name) => `${name}: gone`);
  const all = [...changed, ...gone];
  return all.length > MOST ? `${all.length} containers have changed` : all.join(', ');
}
