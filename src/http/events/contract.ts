import { Type } from 'typebox';
import { EVENT_TYPES, type EventType } from '../../domain/event.js';
import { EVENT } from '../containers/examples.js';
import { operation } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { eventText } from '../protocol/sse.js';
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

export const listEvents = operation('GET', '/events', {
  id: 'listEvents',
  tags: ['events'],
  summary: 'What changed, when, why and by whom',
  description:
    'Oldest first; the newest 10,000 are kept. As text/event-stream it goes on with what comes, resumes after Last-Event-ID (or ?after), and says `reset` where events between were dropped: then it goes on from the oldest that is kept, and what it did not see has to be read from the definitions.',
  query: EventsQuery,
  headers: EventsHeaders,
  replies: {
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
  },
  problems: ['invalid-body', 'not-acceptable', 'cursor-expired', 'storage-unavailable'],
});
