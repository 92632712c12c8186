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
      uid: Type.String({ description: 'Unique id; never reused, even after a deletion.' }),
      generation: Type.Integer({ description: 'Rises by one with every change of the definition.' }),
      createdAt: time('When the definition was created.'),
      updatedAt: time('When the definition was last changed.'),
      deletionRequestedAt: nullable(time('When the deletion was requested.')),
      status: ref(Status),
      set: nullable(Type.String({ description: 'The set that apply declared the definition in.' })),
      plan: Type.Optional(ref(Plan)),
    },
    {
      $id: 'Container',
      description: 'A container definition and its status. You can edit what GET returns and PUT it back.',
    },
  ),
);
