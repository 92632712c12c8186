import { Type } from 'typebox';
import { EVENT_TYPES, type EventType } from '../../domain/event.js';
import type { EventView } from '../../service/core/views.js';
import type { EventSignal, Service } from '../../service/service.js';
import { EVENT } from '../containers/examples.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { preferred } from '../protocol/content-negotiation.js';
import { goneSignal } from '../protocol/request-helpers.js';
import { eventText, HEARTBEAT, placeText, RETRY } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';
import { EventRecord } from './schemas.js';

const EventsQuery = Type.Object(
  {
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only events with a greater id.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Most events in a page.' }),
    ),
    container: Type.Optional(Type.String({ description: 'Only those of this container.' })),
    type: Type.Optional(Type.Unsafe<EventType>({ type: 'string', enum: [...EVENT_TYPES], description: 'Only these.' })),
  },
  { additionalProperties: false },
);

const EventsHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: 'Where a watcher was: it goes on after that.' }),
  ),
});

/** The record of what changed. */
export function eventRoutes(app: App, service: Service, streams: Streams): void {
  app.get(
    '/events',
    {
      schema: {
        operationId: 'listEvents',
        tags: ['events'],
        summary: 'What changed, when, why and by whom',
        description:
          'Oldest first; the newest 10,000 are kept. As text/event-stream it goes on with what comes, resumes after Last-Event-ID (or ?after), and says `reset` where events between were dropped: then it goes on from the oldest that is kept, and what it did not see has to be read from the definitions.',
        querystring: EventsQuery,
        headers: EventsHeaders,
        response: {
          200: {
            description: 'A page. Ask for the next one with ?after=next.',
            content: {
              'application/json': {
                schema: Type.Object({ items: Type.Array(ref(EventRecord)), next: Type.Integer() }),
                examples: { night: { value: { items: [EVENT], next: EVENT.id } } },
              },
              'text/event-stream': {
                schema: Type.String(),
                example: eventText({ id: String(EVENT.id), event: EVENT.type, data: JSON.stringify(EVENT) }),
              },
            },
          },
          ...problemResponses('invalid-body', 'not-acceptable', 'cursor-expired', 'storage-unavailable'),
        },
      },
    },
    async (request, reply) => {
      const { after, limit = 100, container, type } = request.query;
      if (preferred(request, ['application/json', 'text/event-stream']) === 'application/json') {
        const filters = { ...(container !== undefined && { container }), ...(type !== undefined && { type }) };
        const page = await service.events({ limit, ...filters, ...(after !== undefined && { after }) });
        return reply.send(page as never);
      }
      const lastId = request.headers['last-event-id'];
      const from = lastId === undefined ? after : Number(lastId);
      const signals = service.followEvents(from, goneSignal(reply, streams));
      const wanted = (signal: EventSignal): boolean =>
        signal.kind !== 'event' ||
        ((container === undefined || signal.event.container === container) &&
          (type === undefined || signal.event.type === type));
      return streams.send(reply, 'text/event-stream', eventTexts(signals, wanted));
    },
  );
}

async function* eventTexts(
  signals: AsyncIterable<EventSignal>,
  wanted: (signal: EventSignal) => boolean,
): AsyncGenerator<string> {
  yield RETRY;
  for await (const signal of signals) {
    // Passed over: a client that comes back has not missed it, and the connection is not dead.
    if (signal.kind === 'event' && !wanted(signal)) yield placeText(String(signal.event.id));
    else yield textOf(signal);
  }
}

const texts = new WeakMap<EventView, string>();

/** A longer text is not kept, in characters: a thousand events are. */
const KEPT_LENGTH = 16_384;

/** Written once for all who watch. */
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
