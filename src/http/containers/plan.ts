/** Planned actions and their consequences. */

import { Type } from 'typebox';
import { literals, ref } from '../openapi/schema-helpers.js';

export const PlannedAction = Type.Object(
  { container: Type.String(), action: Type.String(), target: Type.String(), reason: Type.String() },
  { $id: 'PlannedAction', description: 'One call to the engine, and why.' },
);

export const Plan = Type.Object(
  {
    actions: Type.Array(ref(PlannedAction), { description: 'In order.' }),
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
      { description: 'What would still stand in the way in the end.' },
    ),
    changes: Type.Array(
      Type.Object({
        container: Type.String(),
        field: Type.String(),
        costs: Type.Unsafe<'replace' | 'stop' | 'start' | 'none'>({
          ...literals('replace', 'stop', 'start', 'none'),
          description: 'replace: a new container in the place of the old one. none: it runs on.',
        }),
      }),
      { description: 'What each changed field means for a container that runs.' },
    ),
  },
  { $id: 'Plan', description: 'What would be done on the engine.' },
);
