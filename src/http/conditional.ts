/** Conditional requests (RFC 9110, section 13): an ETag is the generation in quotes. */

import { Type } from 'typebox';
import { Problem } from '../domain/problem.js';
import type { WriteOptions } from '../service/service.js';
import { idempotencyHeader } from './idempotency.js';

export const etagOf = (generation: number): string => `"${generation}"`;

/** The headers of a write that guard it. */
export const WriteHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'Only if the definition is at this generation: an ETag, as "3", or *.' }),
  ),
  'if-none-match': Type.Optional(
    Type.String({ description: 'With *: only if there is no definition of that name yet.' }),
  ),
});

export const PostHeaders = Type.Object({ ...WriteHeaders.properties, ...idempotencyHeader });

const malformed = (header: string, message: string): Problem =>
  new Problem('invalid-body', `The header ${header} ${message}.`, {
    faults: [{ in: 'header', pointer: `/${header}`, message }],
  });

/** @throws Problem `invalid-body` for what is no precondition that a write can have */
export function preconditions(headers: {
  readonly 'if-match'?: string;
  readonly 'if-none-match'?: string;
}): Pick<WriteOptions, 'ifMatch' | 'ifNoneMatch'> {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined && noneMatch.trim() !== '*') throw malformed('if-none-match', 'must be * on a write');
  return {
    ...(match !== undefined && { ifMatch: generations(match) }),
    ...(noneMatch !== undefined && { ifNoneMatch: true }),
  };
}

const TAG = /\s*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?\s*(?:,|$)/y;

/**
 * `"3"`, `"2", "3"` or `*`. A weak tag is well-formed and matches nothing, as If-Match compares strongly; so does a tag
 * that is none of ours. Empty members of the list are passed over (RFC 9110, section 5.6.1).
 */
function generations(header: string): readonly number[] | 'any' {
  if (header.trim() === '*') return 'any';
  const tags: (readonly [weak: string | undefined, tag: string])[] = [];
  TAG.lastIndex = 0;
  while (TAG.lastIndex < header.length) {
    const found = TAG.exec(header);
    if (found === null) throw malformed('if-match', 'must be * or generations in quotes, as "3"');
    if (found[2] !== undefined) tags.push([found[1], found[2]]);
  }
  if (tags.length === 0) throw malformed('if-match', 'must be * or generations in quotes, as "3"');
  return tags.flatMap(([weak, tag]) => (weak === undefined && /^\d+$/.test(tag) ? [Number(tag)] : []));
}
