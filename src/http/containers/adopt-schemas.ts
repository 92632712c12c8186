/** Body and reply of an adoption. */

import { Type } from 'typebox';
import { closed, ref } from '../openapi/schema-helpers.js';
import { Container } from './container.js';

export const AdoptBody = Type.Object(
  {
    container: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The name or id of a container on the engine.',
    }),
    force: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Also when something of it would be lost at its first replacement.',
      }),
    ),
  },
  { $id: 'Adopt', ...closed },
);

export const Adopted = Type.Object(
  {
    container: ref(Container),
    lost: Type.Array(
      Type.Object({
        field: Type.String({ description: 'As the engine calls it.', examples: ['HostConfig.Privileged'] }),
        value: Type.Unknown(),
        reason: Type.String(),
      }),
      { description: 'What its first replacement would be without.' },
    ),
    changed: Type.Array(
      Type.Object({
        field: Type.String({ description: 'As the engine calls it.', examples: ['HostConfig.PidsLimit'] }),
        value: Type.Unknown(),
        becomes: Type.Unknown(),
        reason: Type.String({ description: 'From when on, and what comes of it.' }),
      }),
      { description: 'What is otherwise on every container that Berth makes. Nothing of it is changed at once.' },
    ),
  },
  { $id: 'Adopted' },
);
