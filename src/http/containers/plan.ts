/** Planned actions and their consequences. */

import { Type } from 'typebox';
import { literals, ref } from '../openapi/schema-helpers.js';

export const PlannedAction = Type.Object(
  { container: Type.String(), action: Type.String(), target: Type.String(), reason: Type.String() },
  { $id: 'PlannedAction', description: 'One engine call and its reason.' },
);

export const Plan = Type.Object(
  {
    actions: Type.Array(ref(PlannedAction), { description: 'In their order.' }),
    interrupted: Type.Array(Type.Object({ container: Type.String(), reason: Type.String() }), {
      description: 'Running containers that would be stopped, restarted or replaced, and why.',
    }),
    obstacles: Type.Array(
      Type.Object({
        container: Type.String(),
        condition: literals('Ready', 'ImageAvailable', 'PortsBound', 'LinksResolved'),
        reason: Type.String(),
        message: Type.String(),
      }),
      { description: 'Problems that would remain afterwards.' },
    ),
    changes: Type.Array(
      Type.Object({
        container: Type.String(),
        field: Type.String(),
        costs: Type.Unsafe<'replace' | 'stop' | 'start' | 'reconnect' | 'none'>({
          ...literals('replace', 'stop', 'start', 'reconnect', 'none'),
          description:
            'replace: a new container replaces the current one. reconnect: the running container is connected to networks or disconnected. none: the container keeps running.',
        }),
      }),
      { description: 'The changed fields, and the cost of each for a running container.' },
    ),
  },
  { $id: 'Plan', description: 'The plan: the engine calls that would be made.' },
);
