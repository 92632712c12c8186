import { expect, it } from 'vitest';
import type { ContainerDetail, ContainerSummary, Engine } from '../../../src/engine/engine.js';
import { EngineError } from '../../../src/engine/errors.js';
import type { Clock } from '../../../src/lib/clock.js';
import { createObservedState } from '../../../src/reconcile/observe/observed-state.js';
import { createObserver } from '../../../src/reconcile/observe/observer.js';
import { container } from './builders.js';

const BEGIN = new Date('2026-11-24T00:00:00Z');

/** An observer whose engine refuses to be connected to, on a clock that passes each pause at once, for so many of them. */
async function pausesOf(error: Error, pauses: number) {
  const waited: number[] = [];
  const observed = createObservedState(BEGIN);
  let changes = 0;
  let done = (): void => undefined;
  const enough = new Promise<void>((resolve) => {
    done = resolve;
  });
  const clock: Clock = {
    monotonic: () => 0,
    now: () => BEGIN,
    after(ms, call) {
      waited.push(ms);
      if (waited.length < pauses) queueMicrotask(call);
      else done();
      return () => undefined;
    },
  };
  const connect = () => Promise.reject(error);
  const ignore = (): void => undefined;
  const warnings: string[] = [];
  const warn = (_fields: object, text: string) => void warnings.push(text);
  const log = { debug: ignore, info: ignore, warn, error: ignore };
  const observer = createObserver({
    ...{ engine: { address: 'unix:///x', connect } as unknown as Engine, observed, instance: () => 'i', clock },
    ...{ adopterOf: () => undefined, random: () => 0.999, log: log as never },
    events: {
      ...{
        ownChanged: ignore,
        foreignChanged: ignore,
        notSeen: ignore,
        networksChanged: () => undefined,
        imagesChanged: ignore,
        relisted: ignore,
      },
      reachabilityChanged: () => changes++,
    },
  });
  observer.start();
  await enough;
  await observer.stop();
  return { waited, changes, warnings, state: observed.engine };
}

it('an engine of no version that we speak is told from one that is not there, and asked ever more seldom', async () => {
  const { waited, changes, state } = await pausesOf(new EngineError('unsupported', 'upgrade the engine'), 8);
  expect(waited.slice(0, 4).every((ms, i) => i === 0 || ms > (waited[i - 1] ?? 0))).toBe(true);
  expect(waited.slice(4)).toEqual([5_000, 5_000, 5_000, 5_000].map((ms) => expect.closeTo(ms, -2)));
  expect(state).toMatchObject({ reachable: false, reason: 'EngineUnsupported', message: 'upgrade the engine' });
  expect(changes).toBe(1);
});

it('an engine that is not there is not called unsupported', async () => {
  const { state } = await pausesOf(new EngineError('unreachable', 'nobody answers'), 2);
  expect(state).toMatchObject({ reachable: false, reason: 'NotConnected', message: 'nobody answers' });
});

it('an engine that is not there is one warning at the start, with its address and what to do', async () => {
  const { warnings } = await pausesOf(new EngineError('unreachable', 'no engine answers at unix:///x'), 5);
  expect(warnings).toEqual([
    "the engine at unix:///x can't be reached: start it, or set DOCKER_HOST to another one. Definitions are stored and applied once it answers",
  ]);
});

it('an engine that is lost is a warning, and one that is back is told at once', async () => {
  const lines: string[] = [];
  const add = (level: string) => (_fields: object, text: string) => void lines.push(`${level}: ${text}`);
  const log = { debug: () => undefined, info: add('info'), warn: add('warn'), error: add('error') };
  const outcomes = ['lost', 'refused', 'back'];
  let isBack = (): void => undefined;
  const back = new Promise<void>((resolve) => {
    isBack = resolve;
  });
  const engine = {
    address: 'unix:///x',
    async connect() {
      if (outcomes[0] === 'refused' && outcomes.shift())
        throw new EngineError('unreachable', 'no engine answers at unix:///x');
      return {};
    },
    removeProbes: async () => undefined,
    list: async () => [],
    listNetworks: async () => [],
    async events(signal: AbortSignal) {
      return (async function* () {
        if (outcomes.shift() === 'lost') return;
        isBack();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      })();
    },
  };
  const ignore = (): void => undefined;
  const clock: Clock = {
    monotonic: () => 0,
    now: () => BEGIN,
    after(_ms, call) {
      // The pause until the next relist is not passed.
      if (outcomes.length > 0) queueMicrotask(call);
      return () => undefined;
    },
  };
  const observer = createObserver({
    ...{ engine: engine as unknown as Engine, observed: createObservedState(BEGIN), instance: () => 'i', clock },
    ...{ adopterOf: () => undefined, random: () => 0, log: log as never },
    events: {
      ...{
        ownChanged: ignore,
        foreignChanged: ignore,
        notSeen: ignore,
        networksChanged: () => undefined,
        imagesChanged: ignore,
        relisted: ignore,
      },
      reachabilityChanged: ignore,
    },
  });
  observer.start();
  await back;
  await expect.poll(() => lines.length).toBe(3);
  await observer.stop();
  expect(lines).toEqual([
    'info: the engine at unix:///x answers',
    "warn: the engine at unix:///x can't be reached: start it, or set DOCKER_HOST to another one. Definitions are stored and applied once it answers",
    'info: the engine at unix:///x answers',
  ]);
});

it('what has our labels from its image alone is not ours, however the engine lists it', async () => {
  const { linkNames, isAdopted: _, imageEnvNames: __, ...web } = container();
  const copy: ContainerDetail = { ...web, id: 'copy00000000', name: 'mine', owner: null };
  const details = [web, copy];
  const listed = details.map((one): ContainerSummary => ({ ...one, owner: web.owner, linkNames, addresses: {} }));
  const observed = createObservedState(BEGIN);
  const ignore = (): void => undefined;
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const engine = {
    list: async () => listed,
    listNetworks: async () => [],
    inspect: async (id: string) => details.find((one) => one.id === id) ?? null,
    inspectImage: async () => null,
  };
  const observer = createObserver({
    ...{ engine: engine as unknown as Engine, observed, instance: () => 'i', clock: {} as Clock },
    ...{ adopterOf: () => undefined, random: () => 0.999, log: log as never },
    events: {
      ...{
        ownChanged: ignore,
        foreignChanged: ignore,
        notSeen: ignore,
        networksChanged: () => undefined,
        imagesChanged: ignore,
        relisted: ignore,
      },
      reachabilityChanged: ignore,
    },
  });
  await observer.lookAtOwn('uid-web', undefined);
  expect(observed.ownOf('uid-web').map(({ name }) => name)).toEqual(['web']);
  expect(observed.foreign(copy.id)).toMatchObject({ name: 'mine', owner: null });
  expect(observed.holderOf('mine', 'uid-web')?.id).toBe(copy.id);
});

it('an older listing that is answered late does not lose a container that a newer one has found', async () => {
  const { linkNames, isAdopted: _, imageEnvNames: __, ...web } = container();
  const listed: ContainerSummary = { ...web, linkNames, addresses: {} };
  const observed = createObservedState(BEGIN);
  const ignore = (): void => undefined;
  let answerLate = (_: readonly ContainerSummary[]): void => undefined;
  const late = new Promise<readonly ContainerSummary[]>((resolve) => {
    answerLate = resolve;
  });
  const answers = [late, Promise.resolve([listed])];
  const engine = { list: () => answers.shift(), inspect: async () => web, inspectImage: async () => null };
  const observer = createObserver({
    ...{ engine: engine as unknown as Engine, observed, instance: () => 'i', clock: {} as Clock },
    ...{ adopterOf: () => undefined, random: () => 0, log: { warn: ignore } as never },
    events: {
      ...{
        ownChanged: ignore,
        foreignChanged: ignore,
        notSeen: ignore,
        networksChanged: () => undefined,
        imagesChanged: ignore,
        relisted: ignore,
      },
      reachabilityChanged: ignore,
    },
  });
  const older = observer.lookNow([web.id]);
  await observer.lookNow([web.id]);
  answerLate([]);
  await older;
  expect(observed.own(web.id)?.name).toBe('web');
});
