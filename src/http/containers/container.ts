/** A container definition and its status, as replies have it. */

import { Type } from 'typebox';
import type { ContainerView } from '../../service/containers/views.js';
import { nullable, ref, time } from '../openapi/schema-helpers.js';
import { shownFields } from './definition-input.js';
import { Plan } from './plan.js';
import { Status } from './status.js';

export const Container = Type.Unsafe<ContainerView>(
  Type.Object(
    {
      name: Type.String(),
      ...shownFields,
      uid: Type.String({ description: 'Never used again, also after a deletion.' }),
      generation: Type.Integer({ description: 'Rises by one with every change of the definition.' }),
      createdAt: time('When it was declared.'),
      updatedAt: time('When it was last changed.'),
      deletionRequestedAt: nullable(time('Since when it is being deleted.')),
      status: ref(Status),
      set: nullable(Type.String({ description: 'The set that apply declared it in.' })),
      plan: Type.Optional(ref(Plan)),
    },
    {
      $id: 'Container',
      description: 'A container definition and its status. What GET returns can be edited and PUT back.',
    },
  ),
);
