/** Webhooks: what clients declare, and which events they get. */

import { CONTAINER_NAME_RULE, isContainerName } from '../definition/names.js';
import type { EventRecord, EventType } from '../event.js';
import type { FieldFault } from '../problems/result.js';

export const WEBHOOK_FORMATS = ['cloudevents', 'slack', 'discord', 'ntfy'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** A webhook from a client. */
export interface WebhookInput {
  readonly url: string;
  readonly format: WebhookFormat;
  /** Signs CloudEvents, as `whsec_` and base64; the token of a topic for ntfy. */
  readonly secret?: string;
  /** Types of the events to send; by default all. */
  readonly events?: readonly EventType[];
  /** Names of the containers whose events to send; by default all, and events about none. */
  readonly containers?: readonly string[];
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;
export const WEBHOOK_NAME_RULE =
  'a webhook has 1 to 63 letters, digits, dots, dashes and underscores in its name, and begins with a letter or digit';

export const isWebhookName = (text: string): boolean => NAME.test(text);

/** Limit of webhooks: each keeps a page of the event log in memory. */
export const MOST_WEBHOOKS = 50;
export const MOST_URL = 2048;
export const MOST_SECRET = 1024;
export const MOST_CONTAINERS = 500;

/** Length of a signing secret, in bytes. Rule: Standard Webhooks, "Symmetric". */
const SECRET_BYTES = { from: 24, to: 64 } as const;

/** Finds every fault of a webhook; no message repeats its secret or its URL. */
export function webhookFaults(input: WebhookInput): readonly FieldFault[] {
  const { containers = [], events } = input;
  return [
    ...urlFaults(input.url),
    ...secretFaults(input),
    ...(events?.length === 0 ? [{ pointer: '/events', message: 'is empty: leave it out for all events' }] : []),
    ...containers.flatMap((name, index) =>
      isContainerName(name) ? [] : [{ pointer: `/containers/${index}`, message: CONTAINER_NAME_RULE }],
    ),
  ];
}

function urlFaults(text: string): readonly FieldFault[] {
  const at = (message: string): readonly FieldFault[] => [{ pointer: '/url', message }];
  if (!URL.canParse(text)) return at('is not a URL: write for example https://hooks.example.com/berth');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return at('must begin with https:// or http://');
  if (url.username !== '' || url.password !== '') return at('has a user name or password: use the secret instead');
  return [];
}

function secretFaults({ format, secret }: WebhookInput): readonly FieldFault[] {
  const at = (message: string): readonly FieldFault[] => [{ pointer: '/secret', message }];
  if (format === 'slack' || format === 'discord') {
    return secret === undefined ? [] : at(`is not used by the format ${format}, whose URL is the secret: leave it out`);
  }
  if (format === 'ntfy') {
    return secret === undefined || /^[\x21-\x7e]+$/.test(secret) ? [] : at('must be printable ASCII without spaces');
  }
  const rule = `write whsec_ and ${SECRET_BYTES.from} to ${SECRET_BYTES.to} random bytes in base64, for example from: echo whsec_$(openssl rand -base64 32)`;
  if (secret === undefined) return at(`is missing, and signs the events: ${rule}`);
  const key = signingKey(secret);
  return key !== undefined && key.length >= SECRET_BYTES.from && key.length <= SECRET_BYTES.to
    ? []
    : at(`is not a signing secret: ${rule}`);
}

/** Returns the key of a signing secret; undefined if it is none. */
export function signingKey(secret: string): Buffer | undefined {
  const [, text] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  return text === undefined ? undefined : Buffer.from(text, 'base64');
}

/** Reads what {@link storedWebhook} returned. */
export const readWebhook = (text: string): WebhookInput => JSON.parse(text) as WebhookInput;

/** Returns the text of a webhook that is sealed and stored: URLs of chats are secrets as well. */
export const storedWebhook = ({ url, format, secret, events, containers }: WebhookInput): string =>
  JSON.stringify({ url, format, secret, events, containers });

/** Returns true if a webhook gets an event. */
export function isWanted(
  { events, containers }: WebhookInput,
  event: Pick<EventRecord, 'type' | 'container'>,
): boolean {
  return (events?.includes(event.type) ?? true) && (containers?.includes(event.container) ?? true);
}

/** Returns the part of a URL that may be shown: scheme, host and port. */
export const originOf = (url: string): string => new URL(url).origin;
