import { describe, expect, it } from 'vitest';
import { cronFault, latestTime, nextTime, shortestInterval, timeZoneFault } from '../../../src/domain/jobs/cron.js';

const nextTimes = (cron: string, timeZone: string, after: string, count = 3): readonly string[] => {
  const times: string[] = [];
  let at = new Date(after);
  for (let index = 0; index < count; index += 1) {
    at = nextTime({ cron, timeZone }, at);
    times.push(at.toISOString().slice(0, 16));
  }
  return times;
};

describe('the times of a cron expression', () => {
  it.each([
    ['every minute', '* * * * *', 'UTC', '2026-01-01T00:00:30Z', ['2026-01-01T00:01', '2026-01-01T00:02']],
    [
      'in another zone',
      '0 9 * * 1-5',
      'America/New_York',
      '2026-01-02T20:00Z',
      ['2026-01-05T14:00', '2026-01-06T14:00'],
    ],
    ['on a leap day', '0 0 29 2 *', 'UTC', '2026-01-01T00:00Z', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['by either day, as cron does', '0 0 13 * 5', 'UTC', '2026-01-01T00:00Z', ['2026-01-02T00:00', '2026-01-09T00:00']],
    [
      'an hour later where it is skipped',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:30', '2026-03-30T00:30'],
    ],
    [
      'once where it comes twice',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'every half hour through a doubled hour',
      '*/30 * * * *',
      'Europe/Berlin',
      '2026-10-25T00:00Z',
      ['2026-10-25T00:30', '2026-10-25T01:00'],
    ],
    [
      'at a midnight that is skipped',
      '0 0 * * *',
      'America/Havana',
      '2026-03-07T12:00Z',
      ['2026-03-08T05:00', '2026-03-09T04:00'],
    ],
    [
      'in a zone with half hours',
      '0 0 * * *',
      'Asia/Kolkata',
      '2026-01-01T00:00Z',
      ['2026-01-01T18:30', '2026-01-02T18:30'],
    ],
  ] as const)('come %s', (_, cron, zone, after, expected) => {
    expect(nextTimes(cron, zone, after, 2)).toEqual(expected);
  });

  it.each([
    ['just before it', '2026-10-25T00:29:59Z', null],
    ['at it', '2026-10-25T00:30:00Z', '2026-10-25T00:30:00.000Z'],
    ['at its second coming', '2026-10-25T01:30:00Z', '2026-10-25T00:30:00.000Z'],
    ['days later', '2026-10-28T12:00:00Z', '2026-10-28T01:30:00.000Z'],
  ])('have a latest one %s', (_, now, expected) => {
    const found = latestTime(
      { cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
      new Date('2026-10-24T12:00:00Z'),
      new Date(now),
    );
    expect(found?.toISOString() ?? null).toBe(expected);
  });

  it('have a latest one after a midnight that is skipped, and after years', () => {
    const havana = { cron: '0 0 * * *', timeZone: 'America/Havana' };
    expect(latestTime(havana, new Date('2026-03-01T00:00Z'), new Date('2026-03-08T10:00Z'))).toEqual(
      new Date('2026-03-08T05:00Z'),
    );
    const rare = { cron: '0 0 29 2 *', timeZone: 'UTC' };
    expect(latestTime(rare, new Date('2024-03-01T00:00Z'), new Date('2030-01-01T00:00Z'))).toEqual(
      new Date('2028-02-29T00:00Z'),
    );
  });
});

describe('a cron expression', () => {
  it.each(['* * * * *', '*/7 0-6,22 1 jan-mar MON-FRI', '0 12 * * 7'])('may be %s', (cron) => {
    expect(cronFault(cron)).toBeUndefined();
  });
  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '@daily',
    'H * * * *',
    '0 0 L * *',
    '0 0 * * 1#2',
    '0 0 * * 5L',
    '0 0 ? * *',
    '61 * * * *',
    '0 0 30 2 *',
    '0 0 31 2,4 *',
    '*/0 * * * *',
    '5-1 * * * *',
    '1,,2 * * * *',
    'a * * * *',
  ])('may not be %j', (cron) => {
    expect(cronFault(cron)).toBeTypeOf('string');
  });
  it('has a shortest interval, also where the hours are uneven', () => {
    expect(shortestInterval({ cron: '0,50 * * * *', timeZone: 'UTC' })).toBe(600);
    expect(shortestInterval({ cron: '0 0 * * *', timeZone: 'UTC' })).toBe(86_400);
  });
});

it('a time zone is an IANA name', () => {
  expect(timeZoneFault('Europe/Berlin')).toBeUndefined();
  expect(timeZoneFault('Europe/Atlantis')).toMatch(/is not a time zone/);
  expect(timeZoneFault('')).toMatch(/is not a time zone/);
});
