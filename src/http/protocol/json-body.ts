import type { FastifyRequest } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import { pointer } from '../../domain/problems/result.js';

/** Limit of nesting: deeper than any definition or reply. */
const MAX_DEPTH = 64;

const malformed = (detail: string, at?: string, message = ''): Problem =>
  new Problem('invalid-body', detail, at === undefined ? {} : { faults: [{ in: 'body', pointer: at, message }] });

/**
 * A body as JSON; undefined where it is empty. Stricter than `JSON.parse`: what two readers could understand
 * differently is refused, as I-JSON asks (RFC 7493, sections 2.1 and 2.3): bytes that are no UTF-8, a name twice in one
 * object, the name `__proto__`, nesting without end.
 *
 * @throws Problem `invalid-body`
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (text.trim() === '') return undefined;
  const value = parse(text);
  refuseAmbiguous(text);
  return value;
}

/** {@link parseJson} as a content type parser. */
export const jsonBody = async (_: FastifyRequest, body: Buffer): Promise<unknown> => parseJson(body);

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('The body is not valid UTF-8, which JSON requires.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = / at position (\d+)/.exec((error as Error).message)?.[1];
    const where = position === undefined ? '' : ` at character ${Number(position) + 1}`;
    throw malformed(`The body is not valid JSON${where}. Check its quotation marks, commas and braces.`);
  }
}

/** An object or an array that is open, and the member that is being read. */
interface Level {
  readonly names: Set<string> | undefined;
  at: string | number;
}

/** @param text JSON that can be parsed: a text before a colon is a name, and nothing has to be checked twice */
function refuseAmbiguous(text: string): void {
  const open: Level[] = [];
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const level = open.at(-1);
    switch (text[at]) {
      case '{':
      case '[':
        if (open.length === MAX_DEPTH)
          throw malformed(`The body is nested more than ${MAX_DEPTH} levels deep. Make it flatter.`);
        open.push(text[at] === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (typeof level?.at === 'number') level.at += 1;
        break;
      case ':':
        if (level !== undefined) enter(level, unquote(last), open);
        break;
      case '"': {
        const end = endOfString(text, at);
        last = text.slice(at, end + 1);
        at = end;
      }
    }
  }
}

/** Returns the position of the quotation mark that closes the string that begins here. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    // An even number of backslashes escape one another.
    if (slashes % 2 === 0) return end;
  }
}

/** Reads a JSON string; most have nothing escaped. */
const unquote = (quoted: string): string =>
  quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);

function enter(level: Level, name: string, open: readonly Level[]): void {
  const isTwice = level.names?.has(name) === true;
  level.names?.add(name);
  level.at = name;
  if (!isTwice && name !== '__proto__') return;
  const at = pointer(...open.map((one) => one.at));
  const message = isTwice ? 'occurs twice' : 'is not an allowed name';
  throw malformed(`body ${at} ${message}. Remove it.`, at, message);
}
