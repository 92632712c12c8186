import { Type } from 'typebox';
import { EVENT_TYPES, type EventType } from '../../domain/event.js';
import { EVENT } from '../containers/examples.js';
import { operation } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { eventText } from '../protocol/sse.js';
import { EventRecord } from './schemas.js';

const EventsQuery = Type.Object(
  {
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only events with a higher id.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Maximum number of events in a page.' }),
    ),
    container: Type.Optional(Type.String({ description: 'Only events of this container.' })),
    type: Type.Optional(
      Type.Unsafe<EventType>({ type: 'string', enum: [...EVENT_TYPES], description: 'Only events of this type.' }),
    ),
  },
  { additionalProperties: false },
);

const EventsHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,15}$',
      description: 'Id of the last event that the client has seen; the stream resumes after it.',
    }),
  ),
});

export const listEvents = operation('GET', '/events', {
  id: 'listEvents',
  tags: ['events'],
  summary: 'List events',
  description:
    'Oldest first; Berth keeps the newest 10,000. As text/event-stream the response continues with new events, and resumes after Last-Event-ID (or ?after). If events were dropped in between, it sends `reset` and resumes at the oldest one that is kept: reload the definitions then.',
  query: EventsQuery,
  headers: EventsHeaders,
  replies: {
    200: {
      description: 'One page. Get the next with ?after=next.',
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
