/** Entity tags (RFC 9110, section 8.8.3): of what is sent, and in the headers of conditional requests. */

import { createHash } from 'node:crypto';

/** A strong tag of some bytes. */
export const hashTag = (body: string | Uint8Array): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 22);

const TAG = /\s*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?\s*(?:,|$)/y;

interface EntityTag {
  readonly isWeak: boolean;
  /** Value without its quotes. */
  readonly value: string;
}

/**
 * The tags of a header, `*`, or null where it is malformed or names none. Empty members of the list are passed over
 * (RFC 9110, section 5.6.1).
 */
export function readTags(header: string): readonly EntityTag[] | '*' | null {
  if (header.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  TAG.lastIndex = 0;
  while (TAG.lastIndex < header.length) {
    const found = TAG.exec(header);
    if (found === null) return null;
    if (found[2] !== undefined) tags.push({ isWeak: found[1] !== undefined, value: found[2] });
  }
  return tags.length === 0 ? null : tags;
}

/** Returns true if If-None-Match names this tag: compared weakly, as a 304 asks (RFC 9110, section 13.1.2). */
export function isNoneMatched(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = readTags(header);
  return tags === '*' || (tags?.some(({ value }) => `"${value}"` === etag) ?? false);
}
