import { describe, expect, it } from 'vitest';
import { logBound } from '../../../src/domain/definition/logs/log-bound.js';

const MB = 1024 * 1024;

describe('the most bytes that a log takes', () => {
  it.each([
    ["Berth's own bound", {}, 30 * MB],
    ['one file of a size', { logOptions: { 'max-size': '5m' } }, 5 * MB],
    ['several files of a size', { logOptions: { 'max-size': '5m', 'max-file': '4' } }, 20 * MB],
    ['no bound', { logOptions: { 'max-size': '-1' } }, null],
    ['the usual bound of local', { logDriver: 'local' }, 100 * MB],
    ['nothing without a log', { logDriver: 'none' }, 0],
    ['unknown for a log elsewhere', { logDriver: 'syslog' }, null],
  ])('is %s', (_, spec, expected) => expect(logBound(spec)).toBe(expected));
});
