import { Problem } from '../../domain/problems/problem.js';

const UNITS = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;
const SPAN = /^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/;

/**
 * A moment as `docker logs --since` takes it: Unix seconds, an RFC 3339 time, or a span back from now as Go writes it
 * (`10m`, `1h30m`).
 *
 * @returns Unix seconds
 * @throws Problem `invalid-parameter`
 */
export function moment(parameter: string, text: string, now: Date): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (SPAN.test(text)) {
    const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g);
    const seconds = [...parts].reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit as keyof typeof UNITS], 0);
    return now.getTime() / 1000 - seconds;
  }
  const parsed = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(parsed)) return parsed / 1000;
  const message = `must be Unix seconds, a time such as 2026-01-16T07:43:50Z, or a duration such as 10m, not ${JSON.stringify(text)}`;
  throw new Problem('invalid-parameter', `query /${parameter} ${message}.`, {
    faults: [{ in: 'query', pointer: `/${parameter}`, message }],
  });
}
