/** How it stands after a restore, as the API says it. */

import { type TSchema, Type } from 'typebox';
import { Plan } from '../containers/plan.js';
import { Binding } from '../containers/status.js';
import { closed, literals, nullable, ref, time } from '../openapi/schema-helpers.js';

export const Restored = Type.Object(
  {
    takenAt: nullable(time('Of when the backup is; null where it does not say so.')),
    instance: Type.String({
      description: 'The owner label of what is made on the engine, which is the one of the backup.',
    }),
    restored: Type.Integer({ description: 'How many definitions the backup holds.' }),
    replaced: Type.Integer({ description: 'In the place of how many they come.' }),
    dryRun: Type.Boolean({ description: 'Whether nothing was changed.' }),
  },
  { $id: 'Restored', description: 'What a backup holds, in the place of what.' },
);

const Unverified = Type.Object({
  definition: Type.String({ description: 'The restored definition that says it adopted the container.' }),
  id: Type.String(),
  name: Type.String(),
  state: Type.String({ description: 'As the engine says it.', examples: ['running'] }),
});

const Stray = Type.Object({
  id: Type.String(),
  name: Type.String(),
  uid: Type.String({ description: 'The definition that it was made for.' }),
  generation: Type.Integer(),
  state: Type.String({ description: 'As the engine says it.', examples: ['running'] }),
  ports: Type.Array(ref(Binding)),
});

export const Held = Type.Object(
  {
    held: Type.Boolean({ description: 'Whether anything waits for a person.' }),
    reason: nullable(
      Type.Unsafe<'restored' | 'replaced' | 'older'>({
        ...literals('restored', 'replaced', 'older'),
        description:
          'restored: by POST /v1/restore. replaced: the database file was replaced by a copy. older: containers were made from later generations than the database has; only the definitions under `later` are held then.',
      }),
    ),
    since: nullable(time('Since when.')),
    takenAt: nullable(time('Of when the backup is; null where it does not say so.')),
    plan: nullable(ref(Plan)),
    strays: Type.Array(Stray, { description: 'Containers of this instance that no definition knows.' }),
    later: Type.Array(
      Type.Object({
        container: Type.String(),
        generation: Type.Integer(),
        containerGeneration: Type.Integer({ description: 'The one that its container was made from.' }),
      }),
      { description: 'Definitions whose container was made from a later generation than they have.' },
    ),
    unverified: Type.Array(Unverified, {
      description:
        'Containers that a restored database calls adopted, and that this server never adopted. They are left alone, also after a release, until POST /v1/adopt adopts them again.',
    }),
  },
  {
    $id: 'Held',
    description:
      'What is held after a restore. `plan` is what would be done; null where nothing is held, or the engine can not be seen.',
  },
);

export const ReleaseBody = Type.Object(
  {
    strays: Type.Optional(
      Type.Unsafe<'keep' | 'remove'>({
        ...literals('keep', 'remove'),
        default: 'keep',
        description: 'What becomes of the containers of this instance that no definition knows.',
      }),
    ),
  },
  { $id: 'Release', ...closed },
);

export const Released = Type.Object(
  {
    held: Type.Literal(false),
    strays: Type.Array(Stray, { description: 'Those that are removed now.' }),
  },
  { $id: 'Released' },
);

/** The schemas that the document names. */
export const restoreComponents: readonly TSchema[] = [Restored, Held, ReleaseBody, Released];
