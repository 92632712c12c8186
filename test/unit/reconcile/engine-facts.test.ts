import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.js';
import { createEngineFacts } from '../../../src/reconcile/loop/engine-facts.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { FurtherNetwork } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input } from './builders.js';

const BACK: FurtherNetwork = { name: 'back', aliases: [], addresses: ['10.2.0.9'], state: 'not-needed' };
const onFront = definition({ spec: { network: 'front' } });

/** The facts about an engine whose look-up of a network ends as given. */
const factsOf = (inspectNetwork: (name: string) => Promise<unknown>) =>
  createEngineFacts({
    ...{ instance: () => 'i', networkNamed: () => undefined },
    engine: { inspectNetwork, inspectImage: async () => ({ id: 'sha256:a', env: [], exposed: [] }) },
    ...{ pulls: { stateOf: () => ({ kind: 'present', exposed: [] }) }, disk: {} },
  } as unknown as Parameters<typeof createEngineFacts>[0]);

describe('the facts of the engine', () => {
  it.each([
    ['the first network', ['front', 'back']],
    ['another network', ['back', 'front']],
  ])('fail once where both networks can’t be looked up, and %s fails first', async (_, order) => {
    const rejected: unknown[] = [];
    const note = (error: unknown): void => void rejected.push(error);
    process.on('unhandledRejection', note);
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const facts = factsOf(async (name) => {
      for (let turns = 0; turns <= order.indexOf(name); turns++) await turn();
      throw new EngineError('unreachable', name);
    });
    await expect(facts.ask(input({ definition: onFront, runsOn: 'front', further: [BACK] }))).rejects.toThrow(order[0]);
    await turn();
    await turn();
    process.off('unhandledRejection', note);
    expect(rejected).toEqual([]);
  });

  it('have the state of each network at its own name', async () => {
    const there = { id: 'n', instance: 'i', hash: null, subnets: [] };
    const facts = factsOf(async (name) => (name === 'lan' ? null : { ...there, name }));
    const further = [BACK, { ...BACK, name: 'lan' }];
    const found = await facts.ask(input({ definition: onFront, runsOn: 'front', further }));
    expect([found.network, ...found.further.map(({ name, state }) => `${name} ${state}`)]).toEqual([
      'present',
      'back present',
      'lan absent',
    ]);
  });
});

it('a container that is down leaves a network by its name, so that it can leave one that is gone', () => {
  const networkId = 'gone';
  const back = { networkId, ipAddress: '', fixedAddresses: ['10.2.0.9'], links: [], isOurs: true };
  const front = { networkId: 'n1', ipAddress: '', fixedAddresses: [], links: [] };
  const down = container({ state: 'exited', exitCode: 1, networks: { front, back } });
  const steps = (own: typeof down) => plan(input({ definition: onFront, runsOn: 'front', own: [own] })).actions;
  expect(steps(down)).toContainEqual(expect.objectContaining({ kind: 'disconnect', network: 'back', networkId: '' }));
  const up = container({
    networks: {
      front: { ...front, ipAddress: '10.1.0.2' },
      back: { ...back, ipAddress: '10.2.0.9' },
    },
  });
  expect(steps(up)).toContainEqual(expect.objectContaining({ kind: 'disconnect', network: 'back', networkId }));
});
