/** Server-sent events, as the HTML standard frames them. */

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, '');

/** One event as text. Whatever its data holds, it stays one event. */
export function eventText({ event, data }: ServerEvent): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `event: ${oneLine(event)}\n${lines.join('')}\n`;
}
