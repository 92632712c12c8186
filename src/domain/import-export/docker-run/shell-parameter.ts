/** Takes `${…}` apart. */

/**
 * Finds the end of a `${…}` whose brace is at `open`, or -1: braces in quotes, in backticks and of variables within it don't
 * count.
 * @param quotes what quotes there: within double quotes a single one is none
 */
export function closingBrace(line: string, open: number, quotes: '"' | '"\''): number {
  let depth = 0;
  for (let at = open; at < line.length; at += 1) {
    const char = line[at];
    if (char === '\\') {
      at += 1;
    } else if (char === '"' || char === '`' || (char === "'" && quotes.includes(char))) {
      const end = line.indexOf(char, at + 1);
      if (end === -1) return -1;
      at = end;
    } else if (char === '{' && (at === open || line[at - 1] === '$')) {
      depth += 1;
    } else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

interface Parameter {
  readonly name: string;
  /** `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, or empty. */
  readonly operator: string;
  /** Offset in the text of the part after the operator. */
  readonly wordAt: number;
}

/** Reads what is between the braces; undefined for a form that only a shell knows, such as `${#NAME}` and `${NAME%.*}`. */
export function splitParameter(text: string): Parameter | undefined {
  const [, name, operator = ''] = /^([A-Za-z_]\w*)(?:(:?[-=?+])|$)/.exec(text) ?? [];
  return name === undefined ? undefined : { name, operator, wordAt: name.length + operator.length };
}
