/** Attempts at receivers on loopback: only listed addresses are connected to, whatever a name leads to. */

import { expect, it, onTestFinished } from 'vitest';
import { targetRefusal } from '../../../src/domain/webhooks/target.js';
import { createSender } from '../../../src/service/webhooks/sender.js';
import { startReceiver } from '../../http/receiver.js';

const MESSAGE = { headers: {}, body: '{}' };
const { signal } = new AbortController();

/** @param answers the addresses of the name, one list for each look-up */
function sender(allowed: readonly string[], answers: readonly (readonly string[])[] = [], attemptMs = 5_000) {
  const left = [...answers];
  const made = createSender({
    targetRefusal: (address) => targetRefusal(address, allowed),
    attemptMs,
    resolve(_host, _options, done) {
      const addresses = left.shift() ?? [];
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  });
  onTestFinished(() => made.close());
  return made;
}

async function receiver() {
  const made = await startReceiver();
  onTestFinished(() => made.close());
  return made;
}

it('refuses a name that leads to loopback, also when it led elsewhere before', async () => {
  const to = await receiver();
  const { send } = sender(['127.0.0.2/32'], [['127.0.0.1'], ['127.0.0.1', '169.254.169.254']]);
  for (let attempt = 0; attempt < 2; attempt++) {
    const sent = await send(`http://rebinding.example:${to.port}/`, MESSAGE, signal);
    expect(sent).toMatchObject({ kind: 'refused', error: expect.stringContaining('rebinding.example leads to') });
  }
  expect(to.received).toEqual([]);
});

it('looks the name up for every attempt, and connects only to its allowed addresses', async () => {
  const to = await receiver();
  const { send } = sender(['127.0.0.1/32'], [['169.254.169.254', '127.0.0.1'], ['127.0.0.2']]);
  const url = `http://mixed.example:${to.port}/`;
  expect(await send(url, MESSAGE, signal)).toEqual({ kind: 'delivered', status: 204 });
  expect(await send(url, MESSAGE, signal)).toMatchObject({ kind: 'refused' });
  expect(to.received).toHaveLength(1);
});

it('refuses an address in a URL, which is not looked up', async () => {
  const to = await receiver();
  for (const host of ['127.0.0.1', '2130706433', '[::ffff:127.0.0.1]']) {
    expect(await sender([]).send(`http://${host}:${to.port}/`, MESSAGE, signal)).toMatchObject({ kind: 'refused' });
  }
  expect(to.received).toEqual([]);
});

it('ends an attempt that is not answered, or that is aborted', async () => {
  const to = await receiver();
  to.answer(() => undefined);
  const hanging = await sender(['127.0.0.0/8'], [], 50).send(to.url, MESSAGE, signal);
  expect(hanging).toEqual({ kind: 'failed', status: null, error: 'no answer within 0.05 seconds' });
  const abort = new AbortController();
  to.answer(() => abort.abort());
  expect(await sender(['127.0.0.0/8']).send(to.url, MESSAGE, abort.signal)).toMatchObject({ kind: 'failed' });
});

it('waits for no end of an endless answer', async () => {
  const to = await receiver();
  to.answer((_, reply) => {
    reply.writeHead(200);
    const more = (): void => {
      while (!reply.destroyed && reply.write('x'.repeat(65_536)));
    };
    reply.on('drain', more);
    more();
  });
  expect(await sender(['127.0.0.0/8']).send(to.url, MESSAGE, signal)).toEqual({ kind: 'delivered', status: 200 });
});

it('names the failure and not the path of the URL', async () => {
  const to = await receiver();
  await to.close();
  const sent = await sender(['127.0.0.0/8']).send(`${to.url}/token-1234`, MESSAGE, signal);
  expect(sent).toEqual({ kind: 'failed', status: null, error: 'the connection failed (ECONNREFUSED)' });
});
