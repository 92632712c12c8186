import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { createExecutor, createRequest } from '../../../src/reconcile/loop/executor.js';
import { definition } from '../../support/definition.js';
import { input } from './builders.js';

describe('the stop timeout of a definition', () => {
  const slow = input({ definition: definition({ spec: { stopTimeoutSeconds: 47 } }) });
  const target = { kind: 'existing', id: 'c0ffee', name: 'web' } as const;

  it.each(['stop', 'restart'] as const)('is what the engine gets with a %s', async (kind) => {
    const calls: unknown[] = [];
    const record = async (...call: readonly unknown[]) => void calls.push(call);
    const engine = { stop: record, restart: record } as Partial<Engine> as Engine;
    const execution = createExecutor(
      { engine, instance: 'i', store: {}, networks: {} } as never,
      slow,
      [],
      {} as never,
    );
    await execution.step({ kind, target, reason: '' });
    expect(calls).toEqual([['c0ffee', 47]]);
  });

  it('is written into the container, so that the engine waits as long when it stops by itself', () => {
    expect(createRequest(slow, [], 'i').stopTimeoutSeconds).toBe(47);
  });
});
