/** Times of a cron expression in a time zone. Pure: the caller passes the time. */

import { CronExpressionParser } from 'cron-parser';
import { Lru } from '../../lib/lru.js';

/** A cron expression with the time zone that it is read in. */
export interface CronTimes {
  readonly cron: string;
  readonly timeZone: string;
}

/** Times that were found, by expression, zone and start: each takes a fifth of a millisecond. */
const found = new Lru<string, Date>(1000);

/** Spans, in milliseconds, that are searched for the latest time, each if the one before had none. */
const SPANS_MS = [3_600_000, 86_400_000, 32 * 86_400_000, 400 * 86_400_000, 9 * 366 * 86_400_000] as const;

/** A fixed moment, from which expressions are checked. */
const CHECKED_FROM = new Date('2026-01-01T00:00:00Z');

/** Number of times that the shortest interval is measured over. */
const MEASURED = 100;

/** One field: numbers, names, ranges, lists and steps. The library also takes `L`, `#` and a random `H`. */
const FIELD = /^(?:\*|[0-9a-z]+(?:-[0-9a-z]+)?)(?:\/\d+)?(?:,(?:\*|[0-9a-z]+(?:-[0-9a-z]+)?)(?:\/\d+)?)*$/i;
const NAMES = /[a-z]+/gi;
const KNOWN_NAMES = new Set('jan feb mar apr may jun jul aug sep oct nov dec sun mon tue wed thu fri sat'.split(' '));

/** Returns why an expression can't be used; undefined if it can. */
export function cronFault(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  const form = 'write five fields: minute, hour, day of month, month, day of week; for example "30 2 * * *"';
  if (fields.length !== 5) return `has ${fields.length} fields; ${form}`;
  const isWrong = (field: string): boolean =>
    !FIELD.test(field) || (field.match(NAMES) ?? []).some((name) => !KNOWN_NAMES.has(name.toLowerCase()));
  const wrong = fields.find(isWrong);
  if (wrong !== undefined) return `${JSON.stringify(wrong)} is not a field of a cron expression; ${form}`;
  try {
    CronExpressionParser.parse(cron, { currentDate: CHECKED_FROM, tz: 'UTC' }).next();
    return undefined;
  } catch (error) {
    return `never comes true: ${(error as Error).message}`;
  }
}

/** Returns why a time zone can't be used; undefined if it can. */
export function timeZoneFault(timeZone: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return undefined;
  } catch {
    return `${JSON.stringify(timeZone)} is not a time zone; write an IANA name, for example Europe/Berlin`;
  }
}

/**
 * Returns the first time after a moment. A time that daylight saving skips counts an hour later; one that comes twice
 * counts once, the first time.
 */
export function nextTime({ cron, timeZone }: CronTimes, after: Date): Date {
  const key = `${cron}\n${timeZone}\n${after.getTime()}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const next = CronExpressionParser.parse(cron, { currentDate: after, tz: timeZone }).next().toDate();
  found.set(key, next);
  return next;
}

/**
 * Returns the latest time after `after` and not after `now`; null if there is none. It searches forwards alone: the
 * library's `prev` counts a time that comes twice twice, and fails where midnight is skipped.
 */
export function latestTime(times: CronTimes, after: Date, now: Date): Date | null {
  if (nextTime(times, after) > now) return null;
  for (const span of SPANS_MS) {
    const from = Math.max(after.getTime(), now.getTime() - span);
    const latest = lastBetween(times, new Date(from), now);
    if (latest !== null) return latest;
  }
  return null;
}

function lastBetween({ cron, timeZone }: CronTimes, from: Date, now: Date): Date | null {
  const times = CronExpressionParser.parse(cron, { currentDate: from, tz: timeZone });
  let last: Date | null = null;
  for (let next = times.next().toDate(); next <= now; next = times.next().toDate()) last = next;
  return last;
}

/** Returns the shortest time between two of the first hundred times, in seconds. */
export function shortestInterval({ cron, timeZone }: CronTimes): number {
  const times = CronExpressionParser.parse(cron, { currentDate: CHECKED_FROM, tz: timeZone });
  let before = times.next().getTime();
  let shortest = Number.POSITIVE_INFINITY;
  for (let count = 1; count < MEASURED; count += 1) {
    const time = times.next().getTime();
    shortest = Math.min(shortest, time - before);
    before = time;
  }
  return shortest / 1000;
}
