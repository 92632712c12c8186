/** What goes wrong between Berth and the engine delays it, and never makes it do wrong. */

import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { condition, declaring, namesLike, unique } from '../declaring.js';
import { docker, ENGINE_HOST, eventually, IS_PODMAN, RUN, sweep, TEST_LABEL, testBerth } from '../support.js';
import { ask, type Call, change, every, type Fault, FaultProxy } from './proxy.js';

const DEADLINES = { ask: 1_000, change: 2_000, pullSilence: 5_000 };

afterAll(() => sweep(`${TEST_LABEL}=${RUN}`));

/** A Berth of the test's own, with a way to the engine that can be broken. */
async function berth({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const proxy = await new FaultProxy(ENGINE_HOST).listen();
  const t = await testBerth({ engine: proxy.host, deadlines: DEADLINES });
  onTestFinished(async () => {
    await t.stop();
    await proxy.close();
  });
  // Podman answers with the first event.
  if (!IS_PODMAN) await eventually(() => expect(proxy.watching).toBe(1));
  return { proxy, t, ...declaring(() => t) };
}

const one = (name: string, more: object = {}) => ({ name, image: 'training/webapp', publishAll: true, ...more });
const creates = ({ method, path }: Call) => method === 'POST' && path.startsWith('/containers/create');
const starts = ({ method, path }: Call) => method === 'POST' && path.endsWith('/start');

/** After its answers are bad for whatever is asked: what ran runs on, the same containers, no more and no fewer. */
describe.concurrent.each<[string, Fault]>([
  ['answers 500', { kind: 'answer', status: 500, type: 'application/json', body: '{"message":"no space left"}' }],
  ['answers with HTML', { kind: 'answer', status: 502, type: 'text/html', body: '<html>Bad Gateway</html>' }],
  ['answers 200 with HTML', { kind: 'answer', status: 200, type: 'text/html', body: '<html>Hello</html>' }],
  ['answers 409', { kind: 'answer', status: 409, type: 'application/json', body: '{"message":"conflict"}' }],
  ['answers 404', { kind: 'answer', status: 404, type: 'text/plain', body: '404 page not found' }],
  ['answers {}', { kind: 'answer', status: 200, type: 'application/json', body: '{}' }],
  ['answers null', { kind: 'answer', status: 200, type: 'application/json', body: 'null' }],
  ['answers [{}]', { kind: 'answer', status: 200, type: 'application/json', body: '[{}]' }],
  ['answers with garbage', { kind: 'garbage' }],
  ['cuts every connection', { kind: 'cut' }],
  ['cuts every body', { kind: 'half-body', end: 'cut' }],
  ['stops in every body', { kind: 'half-body', end: 'hang' }],
  ['ends every body early', { kind: 'truncate' }],
  ['answers nothing', { kind: 'hang' }],
])('an engine that %s', (_, fault) => {
  it('is asked a bounded number of times, has nothing removed, and is believed again when it is well', async (context) => {
    const { proxy, get, declare, change: patch, ready } = await berth(context);
    const [kept, gone] = [unique('kept'), unique('gone')];
    await declare(one(kept));
    await declare(one(gone));
    const id = (await get(kept)).status.container?.id;
    proxy.break(every, fault);
    proxy.cutEvents();
    await eventually(async () => expect(condition(await get(kept), 'EngineReachable')?.status).toBe('False'));
    await docker.getContainer(gone).remove({ force: true });
    const begun = proxy.calls.length;
    const since = performance.now();
    await patch(kept, { labels: { changed: 'yes' } });
    const view = await eventually(async () => {
      const current = await get(kept);
      expect(current.status.ready, JSON.stringify(current.status)).toBe(false);
      return current;
    });
    expect(condition(view, 'Ready')?.status).not.toBe('True');
    await eventually(() => expect(performance.now() - since).toBeGreaterThan(3_000));
    expect(proxy.calls.length - begun).toBeLessThan(60);
    expect((await docker.getContainer(kept).inspect()).Id).toBe(id);
    expect(await namesLike(gone)).toEqual([]);

    proxy.heal();
    await ready(kept, ({ status }) => status.observedGeneration === 2);
    await ready(gone);
    await eventually(async () => expect([await namesLike(kept), await namesLike(gone)]).toEqual([[kept], [gone]]));
  });
});

describe.concurrent('a call', () => {
  it.for<[string, (call: Call) => boolean, Fault]>([
    ['creation', creates, { kind: 'lose-answer' }],
    ['creation', creates, { kind: 'keep-answer' }],
    ['creation', creates, { kind: 'half-body', end: 'hang' }],
    ['creation', creates, { kind: 'truncate' }],
    ['creation', creates, { kind: 'delay', ms: 4_000 }],
    ['start', starts, { kind: 'lose-answer' }],
    ['start', starts, { kind: 'keep-answer' }],
    ['change', change, { kind: 'lose-answer' }],
  ])('%s: whose answer is lost is not made twice (%#)', async ([, matches, fault], context) => {
    const { proxy, t, ready } = await berth(context);
    const name = unique('lost');
    proxy.break(matches, fault, 1);
    await t.http.post('/v1/containers').send(one(name)).expect(201);
    const view = await ready(name);
    expect(proxy.left).toBe(0);
    await eventually(async () => expect(await namesLike(name)).toEqual([name]));
    const own = await docker.listContainers({ all: true, filters: { label: [`io.berth.uid=${view.uid}`] } });
    expect(own).toHaveLength(1);
  });

  it.for<[string, Fault]>([
    ['hangs', { kind: 'hang' }],
    ['drips', { kind: 'drip', everyMs: 200 }],
  ])('that %s keeps nobody else waiting', async ([, fault], context) => {
    const { proxy, t, get, declare, ready } = await berth(context);
    const [slow, quick] = [unique('slow'), unique('quick')];
    const ofSlow = ({ method, path }: Call) => method === 'POST' && path.includes(`name=${slow}`);
    proxy.break(ofSlow, fault);
    await t.http.post('/v1/containers').send(one(slow)).expect(201);
    await eventually(() => expect(proxy.count(ofSlow)).toBeGreaterThan(0));
    await declare(one(quick));
    expect((await get(quick)).status.ready).toBe(true);
    proxy.heal();
    await ready(slow);
  });

  it('that is late by less than its deadline changes nothing', async (context) => {
    const { proxy, declare } = await berth(context);
    const name = unique('late');
    proxy.break(every, { kind: 'delay', ms: 200 });
    await declare(one(name));
  });
});

describe.concurrent('the event stream', () => {
  it('is opened again when it is cut, and what happened meanwhile is noticed at once', async (context) => {
    const { proxy, declare, ready } = await berth(context);
    const name = unique('cut');
    await declare(one(name));
    proxy.break(({ path }) => path.startsWith('/events'), { kind: 'cut' });
    proxy.cutEvents();
    await eventually(() => expect(proxy.watching).toBe(0));
    await docker.getContainer(name).remove({ force: true });
    proxy.heal();
    await ready(name);
    expect(proxy.watching).toBe(1);
  });

  it('is not trusted when nothing comes over it: a relist notices', async (context) => {
    const { proxy, get, declare, ready } = await berth(context);
    const name = unique('mute');
    await declare(one(name));
    const id = (await get(name)).status.container?.id;
    proxy.muteEvents();
    await docker.getContainer(name).remove({ force: true });
    const view = await ready(name, ({ status }) => status.container?.id !== id);
    expect(view.status.container?.state).toBe('running');
  });

  // Podman replays all of them.
  it.skipIf(IS_PODMAN)(
    'misses more than the engine replays: a relist after the connection notices',
    async (context) => {
      const { proxy, declare, ready } = await berth(context);
      const name = unique('churn');
      await declare(one(name));
      proxy.break((call) => every(call) || call.path.startsWith('/events'), { kind: 'cut' });
      proxy.cutEvents();
      const since = Math.floor(Date.now() / 1000);
      await docker.getContainer(name).remove({ force: true });
      for (let i = 0; i < 130; i++) {
        const churned = await docker.createContainer({ Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
        await churned.remove();
      }
      const until = Math.ceil(Date.now() / 1000);
      let replayed = '';
      for await (const chunk of await docker.getEvents({ since, until })) replayed += chunk.toString();
      expect(replayed).not.toContain(name);
      proxy.heal();
      await ready(name);
    },
  );
});

describe.concurrent('asking', () => {
  it('that fails now and then is asked again, and nothing is thought to be gone', async (context) => {
    const { proxy, t, get, declare, ready } = await berth(context);
    const name = unique('flaky');
    await declare(one(name));
    const id = (await get(name)).status.container?.id;
    let turn = 0;
    proxy.break((call) => ask(call) && turn++ % 10 === 9, { kind: 'truncate' });
    for (let i = 0; i < 5; i++) {
      await t.http.post(`/v1/containers/${name}/restart?wait=30`).expect(200);
      await ready(name);
    }
    expect((await docker.getContainer(name).inspect()).Id).toBe(id);
    proxy.heal();
  });
});
