import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problems/problem.js';
import { moment } from '../../../src/http/protocol/since-until.js';

const NOW = new Date('2026-01-16T12:00:00Z');
const seconds = (text: string): number => Date.parse(text) / 1000;

describe('a moment of a log', () => {
  it.each<[text: string, unixSeconds: number]>([
    ['0', 0],
    ['1768549430', 1_768_549_430],
    ['1768549430.25', 1_768_549_430.25],
    ['2026-01-16T07:43:50Z', seconds('2026-01-16T07:43:50Z')],
    ['2026-01-16T07:43:50.112Z', seconds('2026-01-16T07:43:50Z') + 0.112],
    ['2026-01-16T07:43:50+02:00', seconds('2026-01-16T05:43:50Z')],
    ['2026-01-16', seconds('2026-01-16T00:00:00Z')],
    ['10m', seconds('2026-01-16T11:50:00Z')],
    ['1h30m', seconds('2026-01-16T10:30:00Z')],
    ['1.5h', seconds('2026-01-16T10:30:00Z')],
    ['90s', seconds('2026-01-16T11:58:30Z')],
    ['500ms', seconds('2026-01-16T12:00:00Z') - 0.5],
    ['1m500ms', seconds('2026-01-16T11:59:00Z') - 0.5],
  ])('%s is %d', (text, unixSeconds) => {
    expect(moment('since', text, NOW)).toBeCloseTo(unixSeconds, 6);
  });

  it.each(['', 'yesterday', '-1', '10 m', 'm', '1d', '2026-13-01', '2026-01-16T25:00:00Z', '1h-5m', '0x10', '1e9'])(
    'is not %j',
    (text) => {
      const read = () => moment('until', text, NOW);
      expect(read).toThrow(Problem);
      expect(read).toThrow(/query \/until must be/);
    },
  );
});
