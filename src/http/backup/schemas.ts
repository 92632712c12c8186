/** Schemas of restores and of the hold after one. */

import { type TSchema, Type } from 'typebox';
import { SEALED_KINDS } from '../../domain/secrets/sealed-value.js';
import { Plan } from '../containers/plan.js';
import { Binding } from '../containers/status.js';
import { closed, literals, nullable, ref, time } from '../openapi/schema-helpers.js';

export const Restored = Type.Object(
  {
    takenAt: nullable(time('When the backup was taken; null if the file does not say.')),
    instance: Type.String({
      description: 'Instance id in the owner labels; after the restore it is that of the backup.',
    }),
    restored: Type.Integer({ description: 'Number of definitions in the backup.' }),
    replaced: Type.Integer({ description: 'Number of definitions replaced.' }),
    unreadable: Type.Array(Type.Object({ kind: literals(...SEALED_KINDS), name: Type.String() }), {
      description:
        'Secrets of the backup that none of the keys here opens. Store them again, or put back the key file that they were sealed with.',
    }),
    dryRun: Type.Boolean({ description: 'True if this was a dry run and nothing was changed.' }),
  },
  { $id: 'Restored', description: 'Result of a restore.' },
);

const Unverified = Type.Object({
  definition: Type.String({ description: 'The restored definition that claims to have adopted the container.' }),
  id: Type.String(),
  name: Type.String(),
  state: Type.String({ description: 'State reported by the engine.', examples: ['running'] }),
});

const Stray = Type.Object({
  id: Type.String(),
  name: Type.String(),
  uid: Type.String({ description: 'The definition that the container was made for.' }),
  generation: Type.Integer(),
  state: Type.String({ description: 'State reported by the engine.', examples: ['running'] }),
  ports: Type.Array(ref(Binding)),
});

export const Held = Type.Object(
  {
    held: Type.Boolean({ description: 'True while the reconciler waits for a release.' }),
    reason: nullable(
      Type.Unsafe<'restored' | 'replaced' | 'older'>({
        ...literals('restored', 'replaced', 'older'),
        description:
          'restored: by POST /v1/restore. replaced: the database file was replaced by a copy. older: some containers were made from later generations than the database has; only the definitions under `later` are paused.',
      }),
    ),
    since: nullable(time('Start of the pause.')),
    takenAt: nullable(time('When the backup was taken; null if the file does not say.')),
    plan: nullable(ref(Plan)),
    strays: Type.Array(Stray, {
      description: 'Orphaned containers: they belong to this instance, but no definition matches them.',
    }),
    later: Type.Array(
      Type.Object({
        container: Type.String(),
        generation: Type.Integer(),
        containerGeneration: Type.Integer({ description: 'Generation that the container was made from.' }),
      }),
      { description: 'Definitions whose container was made from a later generation than the definition has.' },
    ),
    unverified: Type.Array(Unverified, {
      description:
        'Containers that the restored database lists as adopted, but that this server never adopted. They stay untouched, even after a release, until POST /v1/adopt adopts them again.',
    }),
  },
  {
    $id: 'Held',
    description:
      'State of the pause after a restore. `plan` is what a release would do; null if the reconciler is not paused or the engine is not reachable.',
  },
);

export const ReleaseBody = Type.Object(
  {
    strays: Type.Optional(
      Type.Unsafe<'keep' | 'remove'>({
        ...literals('keep', 'remove'),
        default: 'keep',
        description: 'What to do with the orphaned containers of this instance.',
      }),
    ),
  },
  { $id: 'Release', ...closed },
);

export const Released = Type.Object(
  {
    held: Type.Literal(false),
    strays: Type.Array(Stray, { description: 'Orphaned containers that are being removed.' }),
  },
  { $id: 'Released' },
);

/** The schemas that the document names. */
export const restoreComponents: readonly TSchema[] = [Restored, Held, ReleaseBody, Released];
