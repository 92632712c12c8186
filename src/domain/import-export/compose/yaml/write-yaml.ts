/** Plain data as YAML that every reader takes for the same. */

import { Document, isScalar, Scalar, type Tags, visit } from 'yaml';

/**
 * Texts that YAML 1.1, YAML 1.2 or go-yaml could read as something else: what begins like a number or a date, and the
 * key that merges maps.
 */
const AMBIGUOUS = /^(?:[-+.~=]?\d|[-+.~=]|<<$)/;
/** Characters that readers count as line breaks or refuse, beside the line feed. */
const AWKWARD = /(?!\n)[\p{Cc}\u2028\u2029\ufeff]/u;

/** A line of nothing but spaces, which a block of several lines can lose. */
const BLANK_LINE = /^[ \t]+$/m;

/** @param value plain data: texts, numbers, truth values, lists and maps */
export function toYaml(value: unknown): string {
  // The words of YAML 1.1 are put in quotes as well: `yes`, `off`, `0b1`.
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false, customTags: withoutMerge });
  visit(document, {
    Scalar(_, node) {
      if (isScalar<string>(node) && typeof node.value === 'string' && needsQuotes(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  const text = document.toString({ lineWidth: 0 });
  // Only where they are in double quotes are they in the text.
  return text.replace(new RegExp(AWKWARD, 'gu'), (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A key `<<` in the data is a key, and is written as one. */
const withoutMerge = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge');

const needsQuotes = (text: string): boolean => AMBIGUOUS.test(text) || AWKWARD.test(text) || BLANK_LINE.test(text);
