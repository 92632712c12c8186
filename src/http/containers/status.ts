/** What is observed of a container. */

import { Type } from 'typebox';
import { Protocol } from '../../domain/definition/spec.js';
import { literals, nullable, ref, time } from '../openapi/schema-helpers.js';

export const Condition = Type.Object(
  {
    type: literals(
      ...([
        'Ready',
        'ImageAvailable',
        'PortsBound',
        'LinksResolved',
        'NamesUnique',
        'VolumesKept',
        'Exposed',
        'EngineReachable',
      ] as const),
    ),
    status: literals('True', 'False', 'Unknown'),
    reason: Type.String({ description: 'One CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
    lastTransitionTime: time('When the status last changed.'),
  },
  { $id: 'Condition' },
);

export const Binding = Type.Object(
  { hostIp: Type.String(), hostPort: Type.Integer(), containerPort: Type.Integer(), protocol: Protocol },
  { $id: 'Binding', description: 'A host port that the engine has bound.' },
);

const ContainerStatus = Type.Object({
  id: Type.String(),
  names: Type.Array(Type.String(), {
    description: 'Its own name, then those that links give it.',
    examples: [['db', 'web/db']],
  }),
  state: Type.String(),
  image: Type.String(),
  imageId: Type.String(),
  ipAddress: nullable(Type.String()),
  startedAt: nullable(Type.String()),
  finishedAt: nullable(Type.String()),
  exitCode: nullable(Type.Integer()),
  restartCount: Type.Integer(),
});

export const ResolvedLink = Type.Object(
  {
    container: Type.String(),
    alias: Type.String(),
    address: nullable(Type.String({ description: "The source's address; null while it does not run." })),
    envPrefix: Type.String(),
  },
  { $id: 'ResolvedLink' },
);

export const LinkedBy = Type.Object({ container: Type.String(), alias: Type.String() }, { $id: 'LinkedBy' });

export const Status = Type.Object(
  {
    observedGeneration: Type.Integer({
      description: 'The generation that the container was made from; 0 without one.',
    }),
    ready: Type.Boolean(),
    conditions: Type.Array(ref(Condition)),
    container: nullable(ContainerStatus),
    ports: Type.Array(ref(Binding)),
    reserved: Type.Array(ref(Binding), {
      description: 'The host ports that are kept for it, bound or not. An empty hostIp is every address.',
    }),
    links: Type.Array(ref(ResolvedLink)),
    linkedBy: Type.Array(ref(LinkedBy)),
  },
  { $id: 'Status', description: 'What is observed.' },
);
