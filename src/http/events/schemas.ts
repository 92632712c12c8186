/** One event of the record. */

import { Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event.js';
import { literals, nullable, time } from '../openapi/schema-helpers.js';

const fields = nullable(Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true }));

export const EventRecord = Type.Object(
  {
    id: Type.Integer({ description: 'Rises with every event.' }),
    at: time('When the event was recorded.'),
    type: literals(...EVENT_TYPES),
    container: Type.String({ description: 'Name of the definition; empty if the event concerns all of them.' }),
    uid: Type.String(),
    reason: Type.String({ description: 'One CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
    by: literals('client', 'berth'),
    actor: nullable(Type.String({ description: 'Name of the token that requested the change.' })),
    requestId: nullable(Type.String({ description: 'Id of the request that caused the change.' })),
    before: fields,
    after: fields,
  },
  { $id: 'Event', description: 'One change of a definition or on the engine. Values of variables are not included.' },
);
