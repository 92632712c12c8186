/** Time of day in which automatic updates may begin. */
export interface UpdateWindow {
  /** `HH:MM`, the begin. */
  readonly from: string;
  /** `HH:MM`, the first minute after the window; before `from` where it spans midnight. */
  readonly to: string;
  /** IANA time zone; by default UTC. */
  readonly timeZone?: string;
}

/** Returns the minute of the day of a text as `02:30`; undefined if it isn't one. */
export function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** True if a time is in the window by the clocks of its time zone. Every time is in no window. */
export function isInWindow(window: UpdateWindow | undefined, now: Date): boolean {
  if (window === undefined) return true;
  const timeZone = window.timeZone ?? 'UTC';
  const local = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [at = 0, from = 0, to = 0] = [local.format(now), window.from, window.to].map(minuteOf);
  return from < to ? at >= from && at < to : at >= from || at < to;
}

/** Describes a window for a person. */
export const windowText = ({ from, to, timeZone = 'UTC' }: UpdateWindow): string => `${from} to ${to} (${timeZone})`;
