/** Schemas of the observed state of a container. */

import { Type } from 'typebox';
import { Protocol } from '../../domain/definition/fields/network.js';
import { literals, nullable, ref, time } from '../openapi/schema-helpers.js';

export const Condition = Type.Object(
  {
    type: literals(
      ...([
        'Ready',
        'ImageAvailable',
        'PortsBound',
        'LinksResolved',
        'LinksDeprecated',
        'NamesUnique',
        'VolumesKept',
        'AddressesStable',
        'DefaultRoute',
        'NetworksKept',
        'FieldsApplied',
        'ImageUpdateAvailable',
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
    description: "The source's own name, then its alias.",
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
    address: nullable(Type.String({ description: "The source's address; null while it is not running." })),
    envPrefix: Type.String(),
  },
  { $id: 'ResolvedLink' },
);

export const LinkedBy = Type.Object({ container: Type.String(), alias: Type.String() }, { $id: 'LinkedBy' });

export const Status = Type.Object(
  {
    observedGeneration: Type.Integer({
      description: 'Generation that the current container was made from; 0 without a container.',
    }),
    ready: Type.Boolean(),
    runsOn: Type.Optional(
      Type.String({
        description:
          'The network that the container runs on, if it is another than `network`: `berth-links` in place of the default bridge, where links have moved there.',
        examples: ['berth-links'],
      }),
    ),
    conditions: Type.Array(ref(Condition)),
    container: nullable(ContainerStatus),
    ports: Type.Array(ref(Binding)),
    reserved: Type.Array(ref(Binding), {
      description: 'Host ports reserved for this definition, bound or not. An empty hostIp means all addresses.',
    }),
    addresses: Type.Array(
      Type.Object({ network: Type.String(), address: Type.String(), origin: literals('fixed', 'assigned') }),
      { description: 'Addresses reserved for this definition on its networks, in use or not.' },
    ),
    links: Type.Array(ref(ResolvedLink)),
    linkedBy: Type.Array(ref(LinkedBy)),
  },
  { $id: 'Status', description: 'The observed status.' },
);
