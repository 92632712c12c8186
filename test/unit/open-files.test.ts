import { describe, expect, it } from 'vitest';
import { CONNECTION_LIMITS, limitsFor } from '../../src/http/pipeline/connections.js';
import { openFiles } from '../../src/open-files.js';

const limits = (soft: string) =>
  ['Limit  Soft Limit  Hard Limit  Units', `Max open files            ${soft}     4096    files`, ''].join('\n');

describe('the number of file descriptors', () => {
  it.each([
    [limits('1024'), 1024],
    [limits('unlimited'), Number.POSITIVE_INFINITY],
    ['', Number.POSITIVE_INFINITY],
    [null, Number.POSITIVE_INFINITY],
  ])('is read from %j as %s', (text, count) => {
    expect(openFiles(() => text)).toBe(count);
  });
});

describe('connection limits', () => {
  it('leave descriptors for the server itself, and one for each client to the engine', () => {
    const { all, perAddress } = limitsFor(1024);
    expect(all * 2).toBeLessThanOrEqual(1024 - 96);
    expect(all).toBeGreaterThan(400);
    expect(perAddress).toBe(all);
  });

  it('are the usual ones where descriptors abound', () => {
    expect(limitsFor(1_048_576)).toEqual(CONNECTION_LIMITS);
    expect(limitsFor(Number.POSITIVE_INFINITY)).toEqual(CONNECTION_LIMITS);
  });

  it('leave a few connections however low the limit is', () => {
    expect(limitsFor(64).all).toBe(8);
  });
});
