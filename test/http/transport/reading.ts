/** How the tests of the transport read answers that go on. */

import { get, type IncomingMessage } from 'node:http';

/** Events as a browser's EventSource reads them: HTML standard, section 9.2.6. */
export function readEvents(text: string): readonly (readonly [event: string, data: string])[] {
  const events: (readonly [string, string])[] = [];
  for (const block of text.split('\n\n')) {
    const fields = block.split(/\r\n|\r|\n/).map((line) => /^([a-z]*):? ?(.*)$/s.exec(line));
    const data = fields.filter((field) => field?.[1] === 'data').map((field) => field?.[2] ?? '');
    const event = fields.findLast((field) => field?.[1] === 'event')?.[2] ?? 'message';
    if (data.length > 0) events.push([event, data.join('\n')]);
  }
  return events;
}

/** For supertest: the body as text, whatever its type. */
export function asText(response: unknown, done: (error: Error | null, text: string) => void): void {
  let text = '';
  const stream = response as IncomingMessage;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  stream.on('end', () => done(null, text));
}

/** An answer of which nothing is read yet. */
export const open = (url: string, accept: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { accept }, agent: false }, resolve).on('error', reject);
  });
