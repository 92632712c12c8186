import type { Container } from '../../../openapi/client.js';
import { standingOf } from './status.js';

/** More than that many changes at once are only counted: nobody listens to a hundred sentences. */
const MOST = 3;

/** What has become of containers, as a sentence to be read aloud; empty where nothing has that one would say. */
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
