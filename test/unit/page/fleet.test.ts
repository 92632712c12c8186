import { describe, expect, it } from 'vitest';
import { BerthProblem, type Client, type Container, type EventSignal } from '../../../openapi/client.js';
import { createFleet, type Fleet } from '../../../src/page/state/fleet.js';
import { container } from './builders.js';

/** A server that holds containers, and remembers what was read of it. */
function server(...initial: readonly Container[]) {
  const all = new Map(initial.map((one) => [one.name, one]));
  const read: string[] = [];
  let failures = 0;
  async function GET(path: string, { params }: { params: { path?: { name: string }; query?: { cursor?: string } } }) {
    const name = params.path?.name;
    read.push(name ?? `list${params.query?.cursor ?? ''}`);
    if (failures > 0) {
      failures--;
      throw new TypeError('fetch failed');
    }
    if (path === '/v1/containers') {
      const from = Number(params.query?.cursor ?? 0);
      const items = [...all.values()].slice(from, from + 500);
      return { data: { items, nextCursor: from + 500 < all.size ? String(from + 500) : null } };
    }
    const one = all.get(name ?? '');
    if (one === undefined)
      throw new BerthProblem(new Response(null, { status: 404 }), { code: 'not-found', detail: 'none' });
    return { data: one };
  }
  return {
    ...{ all, read, client: { GET } as unknown as Client },
    failNext: (count: number) => {
      failures = count;
    },
  };
}

const event = (name: string, more: object = {}): EventSignal =>
  ({ kind: 'event', event: { id: 1, type: 'Updated', container: name, before: null, after: null, ...more } }) as never;

/** All that is read after this is what the test is about. */
async function begun(at: ReturnType<typeof server>): Promise<Fleet> {
  const fleet = createFleet(at.client);
  fleet.readAll();
  await fleet.settled();
  at.read.length = 0;
  return fleet;
}

describe('the containers that the page knows', () => {
  it('are all read at first, page by page', async () => {
    const at = server(...Array.from({ length: 1_200 }, (_, n) => container(`c-${n}`)));
    const fleet = createFleet(at.client);
    expect(fleet.loaded.value).toBe(false);
    fleet.readAll();
    await fleet.settled();
    expect([fleet.loaded.value, fleet.containers.value.size]).toEqual([true, 1_200]);
    expect(at.read).toEqual(['list', 'list500', 'list1000']);
  });

  it('are read anew by an event alone: the one that it names, its sources and its recipients', async () => {
    const links = [{ container: 'db', alias: 'db', env: 'all' as const }];
    const web = container('web', { links, status: { linkedBy: [{ container: 'proxy', alias: 'web' }] } });
    const at = server(web, container('db'), container('proxy'), container('other'));
    const fleet = await begun(at);
    at.all.set('web', container('web', { links, generation: 2 }));
    fleet.hear(event('web'));
    await fleet.settled();
    expect(at.read.toSorted()).toEqual(['db', 'proxy', 'web']);
    expect(fleet.containers.value.get('web')?.generation).toBe(2);
  });

  it('have the source of a new recipient read too: it is linked now', async () => {
    const at = server(container('db'));
    const fleet = await begun(at);
    at.all.set('web', container('web'));
    fleet.hear(event('web', { after: { links: [{ container: 'db' }] } }));
    await fleet.settled();
    expect(at.read.toSorted()).toEqual(['db', 'web']);
  });

  it('are each read once, however much is heard of them at once', async () => {
    const at = server(container('web'), container('db'));
    const fleet = await begun(at);
    for (let n = 0; n < 50; n++) fleet.hear(event(n % 2 === 0 ? 'web' : 'db'));
    await fleet.settled();
    expect(at.read.toSorted()).toEqual(['db', 'web']);
  });

  it('are read as a list when much has changed', async () => {
    const at = server(...Array.from({ length: 100 }, (_, n) => container(`c-${n}`)));
    const fleet = await begun(at);
    for (let n = 0; n < 100; n++) fleet.hear(event(`c-${n}`));
    await fleet.settled();
    expect(at.read).toEqual(['list']);
  });

  it('are all read again after a reset', async () => {
    const at = server(container('web'));
    const fleet = await begun(at);
    at.all.delete('web');
    at.all.set('new', container('new'));
    fleet.hear({ kind: 'reset', oldest: 7 });
    await fleet.settled();
    expect([...fleet.containers.value.keys()]).toEqual(['new']);
  });

  it('are without the one that is gone', async () => {
    const at = server(container('web'), container('db'));
    const fleet = await begun(at);
    at.all.delete('web');
    fleet.hear(event('web', { type: 'Removed' }));
    await fleet.settled();
    expect([...fleet.containers.value.keys()]).toEqual(['db']);
    expect(fleet.trouble.value).toBeUndefined();
  });

  it('say so when they could not be read, and are read again', async () => {
    const at = server(container('web'));
    const fleet = await begun(at);
    at.all.set('web', container('web', { generation: 2 }));
    at.failNext(1);
    const troubles: (string | undefined)[] = [];
    fleet.trouble.subscribe((trouble) => void troubles.push(trouble?.message));
    fleet.hear(event('web'));
    await fleet.settled();
    expect(troubles).toEqual([undefined, 'fetch failed', undefined]);
    expect(fleet.containers.value.get('web')?.generation).toBe(2);
  });

  it('have what was written by the page at once', async () => {
    const fleet = await begun(server(container('web')));
    fleet.put(container('new'));
    expect(fleet.containers.value.has('new')).toBe(true);
  });
});
