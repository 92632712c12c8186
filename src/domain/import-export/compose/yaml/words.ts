/** A command that a Compose file gives as one text, as the words that Docker Compose makes of it. */

import { failure, type Result, success } from '../../../problems/result.js';

const BLANK = /[ \t\r\n]/;
const ESCAPED: Readonly<Record<string, string>> = { t: '\t', n: '\n' };
const AS_LIST = 'write it as a list, as in ["sh", "-c", "…"]';

/**
 * Splits at white space; quotes hold words together, and a backslash takes what follows as it is, except in single quotes.
 * There is no shell: `$HOME`, `*` and `~` are texts, and so are `\`date\`` and `$(date)`, which stay one word with their
 * white space. Rule: mattn/go-shellwords as Docker Compose uses it. Stricter in one point: at `;`, `&`, `|`, `<` and `>`
 * that one ends the command and drops the rest in silence, here that is a fault.
 */
export function splitWords(text: string): Result<readonly string[]> {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quote === '' && (char === '`' || (char === '(' && word?.endsWith('$')))) {
      const end = endOfSubstitution(text, at);
      if (end === undefined) return failure(`has an unclosed ${char}; close it, or ${AS_LIST}`);
      word = (word ?? '') + text.slice(at, end).replaceAll(/\\(.)/gs, (_, char) => ESCAPED[char] ?? char);
      at = end - 1;
    } else if (char === '\\' && quote !== "'") {
      at += 1;
      const next = text[at];
      if (next === undefined) return failure(`ends in a backslash, so it is incomplete; ${AS_LIST}`);
      word = (word ?? '') + (ESCAPED[next] ?? next);
    } else if (char === quote) {
      quote = '';
    } else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (quote === '' && BLANK.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && ';&|<>()'.includes(char)) {
      return failure(`has ${char}, which only a shell understands, and no shell runs it; ${AS_LIST}`);
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== '') return failure(`has an unclosed quotation mark ${quote}; close it, or ${AS_LIST}`);
  if (word !== undefined) words.push(word);
  return success(words);
}

/**
 * Finds the end of a command substitution, which begins at a backtick or at the bracket of `$(`. Quotes have no meaning in
 * it, and a backslash keeps what follows from ending it.
 */
function endOfSubstitution(text: string, start: number): number | undefined {
  const close = text[start] === '`' ? '`' : ')';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === close) return at + 1;
    else if (close === ')' && char === '(') return undefined;
  }
  return undefined;
}
