/** Names of containers. */

import { ADJECTIVES, SURNAMES } from './name-words.js';

const CONTAINER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/;

/** Rule of {@link isContainerName}, for messages. */
export const CONTAINER_NAME_RULE =
  'a name has 2 to 255 letters, digits, underscores, dots and dashes, and begins with a letter or a digit';

/**
 * Returns true if a container may have this name. Rule: moby, `names.RestrictedNamePattern` (at least two characters).
 * Docker sets no upper limit; 255 is the longest name that a file or DNS can carry.
 */
export function isContainerName(text: string): boolean {
  return CONTAINER_NAME.test(text);
}

/** Rule: moby, `names.RestrictedNamePattern`. */
const NETWORK_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/;
/** Networks of the engine that are not a network of one's own, or can't carry links. */
const RESERVED_NETWORKS: ReadonlySet<string> = new Set(['host', 'none', 'default', 'nat', 'bridge']);

/** Rule of {@link isNetworkName}, for messages. */
export const NETWORK_NAME_RULE =
  "a network's name has 2 to 255 letters, digits, underscores, dots and dashes, begins with a letter or a digit, and is none of the engine's own: bridge, host, none, default, nat";

/** Returns true if a user-defined network may have this name. */
export const isNetworkName = (text: string): boolean => NETWORK_NAME.test(text) && !RESERVED_NETWORKS.has(text);

const INSTANCE = /^[\x21-\x7e]{1,200}$/;

/** Returns true if an id of an instance fits into a label: printable, without a space, and not too long. */
export function isInstance(text: string): boolean {
  return INSTANCE.test(text);
}

/**
 * A name nobody has: `elated_cohen`, after three collisions with a digit, later with a growing number.
 * @param random numbers from 0 up to, not including, 1
 */
export function generateName(random: () => number, taken: (name: string) => boolean): string {
  for (let attempt = 0; ; attempt += 1) {
    const name = `${pick(ADJECTIVES, random)}_${pick(SURNAMES, random)}${suffix(attempt, random)}`;
    if (!taken(name)) {
      return name;
    }
  }
}

/** The number rises with every attempt, so the search ends however many names are taken. */
function suffix(attempt: number, random: () => number): string {
  if (attempt < 3) {
    return '';
  }
  return attempt < 20 ? `${Math.floor(random() * 10)}` : `${attempt}`;
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? '';
}
