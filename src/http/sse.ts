/** Server-sent events, as the HTML standard frames them. */

export interface ServerEvent {
  /** What a client sends as Last-Event-ID when it comes back. */
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, '');

/** One event as text. Whatever its data holds, it stays one event. */
export function eventText({ id, event, data }: ServerEvent): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  const first = id === undefined ? '' : `id: ${oneLine(id)}\n`;
  return `${first}event: ${oneLine(event)}\n${lines.join('')}\n`;
}

/** Tells nothing but the place to go on from: `Last-Event-ID` moves, no event is dispatched. */
export const placeText = (id: string): string => `id: ${oneLine(id)}\n\n`;

/** Says nothing, and keeps a connection from looking dead. */
export const HEARTBEAT = ': \n\n';
