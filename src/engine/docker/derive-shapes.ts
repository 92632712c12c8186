/** Fields of an inspect that a derivation reads, beside those that {@link ./response-schemas.ts} has checked. */

import { type Static, type TSchema, Type } from 'typebox';
import { checker } from './response-schemas.js';

const absent = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const texts = absent(Type.Array(Type.String()));

const ImageConfig = Type.Object({
  Env: texts,
  Cmd: texts,
  Entrypoint: texts,
  WorkingDir: Type.Optional(Type.String()),
  User: Type.Optional(Type.String()),
  StopSignal: Type.Optional(Type.String()),
  ExposedPorts: absent(Type.Record(Type.String(), Type.Unknown())),
  Labels: absent(Type.Record(Type.String(), Type.String())),
  Healthcheck: absent(
    Type.Object({
      Test: texts,
      Interval: Type.Optional(Type.Integer()),
      Timeout: Type.Optional(Type.Integer()),
      StartPeriod: Type.Optional(Type.Integer()),
      StartInterval: Type.Optional(Type.Integer()),
      Retries: Type.Optional(Type.Integer()),
    }),
  ),
});

const Derivable = Type.Object({
  Id: Type.String(),
  Name: Type.String(),
  Config: Type.Intersect([
    ImageConfig,
    Type.Object({ Image: Type.String(), Hostname: Type.String(), StopTimeout: absent(Type.Integer()) }),
  ]),
  HostConfig: Type.Record(Type.String(), Type.Unknown()),
  Mounts: absent(
    Type.Array(
      Type.Object({
        Type: Type.String(),
        Name: Type.Optional(Type.String()),
        Source: Type.Optional(Type.String()),
        Destination: Type.String(),
        RW: Type.Boolean(),
        Propagation: Type.Optional(Type.String()),
      }),
    ),
  ),
  NetworkSettings: Type.Object({
    Ports: absent(
      Type.Record(
        Type.String(),
        Type.Union([Type.Array(Type.Object({ HostIp: Type.String(), HostPort: Type.String() })), Type.Null()]),
      ),
    ),
  }),
});

const DerivableImage = Type.Object({
  Config: absent(ImageConfig),
  Os: Type.Optional(Type.String()),
  Architecture: Type.Optional(Type.String()),
  Variant: absent(Type.String()),
});

/** Only what tells the engine's own defaults for the cgroup namespaces and the platform of containers. */
const Info = Type.Object({
  CgroupVersion: Type.Optional(Type.String()),
  OSType: Type.Optional(Type.String()),
  Architecture: Type.Optional(Type.String()),
});

export const asInfo = checker('info', Info);
export const asDerivable = checker('inspect container', Derivable);
export const asDerivableImage = checker('inspect image', DerivableImage);

export type RawDerivable = Static<typeof Derivable>;
export type RawImageConfig = Static<typeof ImageConfig>;
