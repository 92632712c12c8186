import type { FastifyInstance } from 'fastify';
import type { EventService, EventSignal, EventView } from '../../service/events.js';
import { route } from '../openapi/operation.js';
import { preferred } from '../protocol/content-negotiation.js';
import { goneSignal } from '../protocol/request-helpers.js';
import { eventText, HEARTBEAT, placeText, RETRY } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';
import { listEvents } from './contract.js';

/** Registers the routes of the event log. */
export function eventRoutes(app: FastifyInstance, events: EventService, streams: Streams): void {
  route(app, listEvents, async ({ query, headers, request, reply }) => {
    const { after, limit = 100, container, type } = query;
    if (preferred(request, ['application/json', 'text/event-stream']) === 'application/json') {
      const filters = { ...(container !== undefined && { container }), ...(type !== undefined && { type }) };
      return await events.readEvents({ limit, ...filters, ...(after !== undefined && { after }) });
    }
    const lastId = headers['last-event-id'];
    const from = lastId === undefined ? after : Number(lastId);
    const signals = events.followEvents(from, goneSignal(reply, streams));
    const wanted = (signal: EventSignal): boolean =>
      signal.kind !== 'event' ||
      ((container === undefined || signal.event.container === container) &&
        (type === undefined || signal.event.type === type));
    return streams.send(reply, 'text/event-stream', eventTexts(signals, wanted));
  });
}

async function* eventTexts(
  signals: AsyncIterable<EventSignal>,
  wanted: (signal: EventSignal) => boolean,
): AsyncGenerator<string> {
  yield RETRY;
  for await (const signal of signals) {
    // Sends only its id: a client that reconnects has not missed it, and the connection stays alive.
    if (signal.kind === 'event' && !wanted(signal)) yield placeText(String(signal.event.id));
    else yield textOf(signal);
  }
}

const texts = new WeakMap<EventView, string>();

/** Longest text that is cached, in characters: a thousand events fit. */
const KEPT_LENGTH = 16_384;

/** Renders an event once for all followers. */
function textOfEvent(event: EventView): string {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const text = eventText({ id: String(event.id), event: event.type, data: JSON.stringify(event) });
  if (text.length <= KEPT_LENGTH) texts.set(event, text);
  return text;
}

function textOf(signal: EventSignal): string {
  switch (signal.kind) {
    case 'event':
      return textOfEvent(signal.event);
    case 'reset':
      return eventText({ event: 'reset', data: JSON.stringify({ oldest: signal.oldest }) });
    case 'place':
      return placeText(String(signal.id));
    case 'silence':
      return HEARTBEAT;
  }
}
