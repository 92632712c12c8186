/** Bodies and replies of an apply. */

import { Type } from 'typebox';
import { Container } from '../containers/container.js';
import { DefinitionInput } from '../containers/definition-input.js';
import { Plan } from '../containers/plan.js';
import { closed, literals, nullable, ref } from '../openapi/schema-helpers.js';

export const ApplyBody = Type.Object(
  {
    set: Type.Optional(
      Type.String({
        pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$',
        description: 'Name of the set that these definitions belong to.',
      }),
    ),
    prune: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Remove definitions that belong to the set but are missing from the request.',
      }),
    ),
    containers: Type.Array(ref(DefinitionInput), { maxItems: 500 }),
  },
  { $id: 'Apply', ...closed, description: 'The definitions to apply. Each needs a name.' },
);

export const Applied = Type.Object(
  {
    set: nullable(Type.String()),
    results: Type.Array(
      Type.Object({
        name: Type.String(),
        result: literals('created', 'updated', 'unchanged', 'deleted'),
        container: ref(Container),
      }),
      { description: 'In the order of the request, then the removed ones.' },
    ),
    plan: Type.Optional(ref(Plan)),
  },
  { $id: 'Applied' },
);
