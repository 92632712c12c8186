/** The request that each format sends for an event. */

import { createHmac } from 'node:crypto';
import type { EventRecord } from '../event.js';
import { signingKey, type WebhookFormat, type WebhookInput } from './webhook.js';

export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An event to send, with the owner of the containers that it is about. */
export interface Notice {
  readonly instance: string;
  readonly event: EventRecord;
  /** True for a test delivery. */
  readonly isTest: boolean;
}

/** Limit of a message, in characters. Rule: Discord, `content`; the others take more. */
const MOST_TEXT = 1900;

/** Returns the id of a delivery, which stays the same however often it is sent, and fits into a header. */
const noticeId = ({ instance, event, isTest }: Notice): string =>
  `${isTest ? 'test' : 'evt'}_${encodeURIComponent(instance)}_${event.id}`;

/** @param at the time of sending, which the signature includes */
export function messageFor(webhook: WebhookInput, notice: Notice, at: Date): Message {
  return MESSAGES[webhook.format](notice, webhook.secret, at);
}

const JSON_TYPE = { 'content-type': 'application/json' };

const MESSAGES: Readonly<Record<WebhookFormat, (notice: Notice, secret: string | undefined, at: Date) => Message>> = {
  cloudevents(notice, secret = '', at) {
    const id = noticeId(notice);
    const body = JSON.stringify(cloudEvent(notice));
    const seconds = Math.floor(at.getTime() / 1000);
    return {
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': id,
        'webhook-timestamp': `${seconds}`,
        'webhook-signature': sign(secret, id, seconds, body),
      },
      body,
    };
  },
  slack: (notice) => ({ headers: JSON_TYPE, body: JSON.stringify({ text: slackText(textOf(notice)) }) }),
  discord: (notice) => ({
    headers: JSON_TYPE,
    // Nobody is notified by a name in a message.
    body: JSON.stringify({ content: textOf(notice), allowed_mentions: { parse: [] } }),
  }),
  ntfy: (notice, secret) => ({
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      title: titleOf(notice).replace(/[^\x20-\x7e]/g, '?'),
      ...(isFailure(notice) && { priority: 'high', tags: 'warning' }),
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
    body: textOf(notice),
  }),
};

/** An event as a CloudEvent 1.0 in the structured JSON form. */
function cloudEvent(notice: Notice): object {
  const { instance, event, isTest } = notice;
  const { at, ...rest } = event;
  const time = at.toISOString();
  return {
    specversion: '1.0',
    id: noticeId(notice),
    source: `/berth/${encodeURIComponent(instance)}`,
    type: isTest ? 'io.berth.test' : `io.berth.event.${event.type}`,
    ...(event.container !== '' && { subject: event.container }),
    time,
    datacontenttype: 'application/json',
    data: { ...rest, at: time },
  };
}

/** Signs a message. Rule: Standard Webhooks 1.0, "Symmetric": HMAC-SHA256 of id, timestamp and body. */
export function sign(secret: string, id: string, seconds: number, body: string): string {
  const key = signingKey(secret) ?? Buffer.alloc(0);
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

const isFailure = ({ event: { type, after } }: Notice): boolean =>
  type === 'StepFailed' || type === 'RolledBack' || (type === 'ConditionChanged' && after?.['status'] === 'False');

const titleOf = ({ instance, event, isTest }: Notice): string =>
  isTest ? `Berth ${instance}: test` : `${event.container || `Berth ${instance}`}: ${event.type}, ${event.reason}`;

function textOf(notice: Notice): string {
  const { message } = notice.event;
  const text = message === '' ? titleOf(notice) : `${titleOf(notice)}: ${message}`;
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}

/** Rule: Slack, "Formatting text": these three characters begin links and mentions. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
