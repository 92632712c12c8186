/** A container definition and its status, as replies have it. */

import { type Static, Type } from 'typebox';
import type { DefinitionInput as DomainInput } from '../../domain/definition/definition.js';
import type { ContainerView } from '../../service/containers/views.js';
import { literals, nullable, ref, textMap, time } from '../openapi/schema-helpers.js';
import { type DefinitionInput, declared, Link, PortMapping, Resources, Volume } from './definition-input.js';
import { Plan } from './plan.js';
import { Status } from './status.js';

export const Container = Type.Object(
  {
    name: Type.String(),
    image: Type.String(),
    ...declared,
    env: textMap('-e'),
    expose: Type.Array(Type.String()),
    publishAll: Type.Boolean(),
    ports: Type.Array(ref(PortMapping)),
    links: Type.Array(ref(Link)),
    network: Type.String(),
    volumes: Type.Array(Volume),
    labels: textMap('--label'),
    restartPolicy: literals('always', 'on-failure', 'no'),
    resources: Resources,
    pullPolicy: literals('missing', 'always', 'never'),
    stopTimeoutSeconds: Type.Integer(),
    onLinkChange: literals('recreate', 'ignore'),
    state: literals('running', 'stopped'),
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
);

/** Compiles only if the domain accepts every valid body, and the schema covers every view of a container. */
export type Agreement = [
  Static<typeof DefinitionInput> extends Mutable<DomainInput> ? true : never,
  Mutable<ContainerView> extends Static<typeof Container> ? true : never,
];
type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
export const agreement: Agreement = [true, true];
