import { expect, it } from 'vitest';
import type { EventRecord } from '../../../src/domain/event.js';
import { messageFor, sign } from '../../../src/domain/webhooks/message.js';
import { readTarget, targetRefusal } from '../../../src/domain/webhooks/target.js';
import type { WebhookFormat } from '../../../src/domain/webhooks/webhook.js';

const EVENT: EventRecord = {
  ...{ id: 7, at: new Date('2026-11-30T12:00:00Z'), type: 'StepFailed', container: 'web', uid: 'u', reason: 'Start' },
  ...{ message: 'no <!channel> & no @everyone', by: 'berth', actor: null, requestId: null, before: null, after: null },
};

const send = (format: WebhookFormat, event: Partial<EventRecord> = {}) =>
  messageFor(
    { url: 'https://h.example/', format },
    { instance: 'i', event: { ...EVENT, ...event }, isTest: false },
    EVENT.at,
  );

it('signs as the reference library of Standard Webhooks does', () => {
  // Made with standardwebhooks 1.0.0 for JavaScript.
  const signature = sign(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    '{"test": 2432232314}',
  );
  expect(signature).toBe('v1,q6KMVIJHk4Gs770FfR5f591Ftx7uVJSGl5wHV1ri978=');
});

it('sends no mention and no link that is in a message', () => {
  expect(JSON.parse(send('slack').body).text).toBe('web: StepFailed, Start: no &lt;!channel&gt; &amp; no @everyone');
  expect(JSON.parse(send('discord').body).allowed_mentions).toEqual({ parse: [] });
});

it('keeps messages within the limit of Discord, and headers of ntfy in ASCII', () => {
  expect(JSON.parse(send('discord', { message: 'x'.repeat(9000) }).body).content.length).toBeLessThanOrEqual(2000);
  const { headers } = send('ntfy', { reason: 'a\r\nx: ü' });
  expect(headers).toMatchObject({ title: 'web: StepFailed, a??x: ?', priority: 'high', tags: 'warning' });
});

it('sends only ASCII in headers, whatever the instance is called', () => {
  const webhook = { url: 'https://h.example/', format: 'cloudevents' } as const;
  const { headers, body } = messageFor(webhook, { instance: 'büro/1', event: EVENT, isTest: false }, EVENT.at);
  expect(headers['webhook-id']).toBe('evt_b%C3%BCro%2F1_7');
  expect(JSON.parse(body)).toMatchObject({ id: 'evt_b%C3%BCro%2F1_7', source: '/berth/b%C3%BCro%2F1' });
});

it('gives an event the same id however often it is sent, and a test another one', () => {
  const webhook = { url: 'https://h.example/', format: 'cloudevents' } as const;
  const id = (isTest: boolean, at: Date) =>
    messageFor(webhook, { instance: 'i', event: EVENT, isTest }, at).headers['webhook-id'];
  expect(id(false, new Date(0))).toBe(id(false, new Date(9_000)));
  expect(id(true, new Date(0))).not.toBe(id(false, new Date(0)));
});

it.each(['93.184.215.14', '10.0.0.5', '192.168.1.9', '172.16.0.1', '2606:2800:21f::1', 'fd12::1', '100.64.0.1'])(
  'allows the address %s',
  (address) => expect(targetRefusal(address, [])).toBeUndefined(),
);

it.each([
  ...['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::', '169.254.169.254', 'fe80::1', 'fec0::1'],
  ...['::ffff:169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192', '224.0.0.1'],
  ...[
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '::127.0.0.1',
    '2002:7f00:1::',
    '255.255.255.255',
    'ff02::1',
    'fd00:0ec2:0::0254',
    'no address',
  ],
])('refuses the address %s', (address) => expect(targetRefusal(address, [])).toBeTypeOf('string'));

it('allows what the policy lists, and nothing beside it', () => {
  const allowed = ['127.0.0.1', '169.254.0.0/16', '::1'].map((text) => readTarget(text) ?? '');
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '::1']) {
    expect(targetRefusal(address, allowed)).toBeUndefined();
  }
  for (const address of ['127.0.0.2', 'fe80::1', '::']) expect(targetRefusal(address, allowed)).toBeTypeOf('string');
  for (const text of ['', 'localhost', '127.1', '10.0.0.0/99', '1.2.3.4/-1']) expect(readTarget(text)).toBeUndefined();
});
