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
        description: 'The name of the set that they belong to.',
      }),
    ),
    prune: Type.Optional(
      Type.Boolean({ default: false, description: 'Remove what belongs to the set and is not among them.' }),
    ),
    containers: Type.Array(ref(DefinitionInput), { maxItems: 500 }),
  },
  { $id: 'Apply', ...closed, description: 'Definitions that are declared together. Each needs a name.' },
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
      { description: 'In the order of the body; then what was pruned.' },
    ),
    plan: Type.Optional(ref(Plan)),
  },
  { $id: 'Applied' },
);
