const UNITS = [
  { seconds: 86_400, short: 'd' },
  { seconds: 3_600, short: 'h' },
  { seconds: 60, short: 'min' },
] as const;

/** Formats the time since a moment in the largest unit that fits: `now`, `4 min`, `3 h`, `12 d`. */
export function ago(time: string, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - Date.parse(time)) / 1_000);
  const unit = UNITS.find((one) => seconds >= one.seconds);
  return unit === undefined ? 'now' : `${Math.floor(seconds / unit.seconds)} ${unit.short}`;
}
