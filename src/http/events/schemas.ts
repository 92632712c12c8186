/** One event of the record. */

import { Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event.js';
import { literals, nullable, time } from '../openapi/schema-helpers.js';

const fields = nullable(Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true }));

export const EventRecord = Type.Object(
  {
    id: Type.Integer({ description: 'Rises with every event.' }),
    at: time('When it was recorded.'),
    type: literals(...EVENT_TYPES),
    container: Type.String({ description: 'The name of the definition; empty where it is about all of them.' }),
    uid: Type.String(),
    reason: Type.String({ description: 'One CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
    by: literals('client', 'berth'),
    actor: nullable(Type.String({ description: 'The name of the token of who asked for it.' })),
    requestId: nullable(Type.String({ description: 'The request that asked for it, or whose work this is.' })),
    before: fields,
    after: fields,
  },
  { $id: 'Event', description: 'One change: of what is declared, or on the engine. Values of variables are not told.' },
);
